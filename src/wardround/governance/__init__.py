"""What every model lives under: rooms for its card, its registry, its validation and its watch."""
