"""PHI: finding it, removing it, and keeping it from leaving."""
