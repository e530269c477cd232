"""The egress gate: the only way out, for every call that this house makes."""
