"""The scrubber measured: clean claims, and claims broken in one known way."""
