"""PHI in text: found, and told why."""
