"""PHI in text: taken out, hidden, or replaced by what is invented."""
