"""What Wardround does for people: one room each, none of which knows another."""
