"""The checks on codes, by what they look at."""
