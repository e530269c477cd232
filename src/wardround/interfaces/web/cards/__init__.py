"""The cards of the privacy officer's desk: one module each, found by itself."""
