"""Two studies of a patient side by side, and what may be said of the difference."""
