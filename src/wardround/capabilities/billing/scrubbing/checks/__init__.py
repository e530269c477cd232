"""The checks, a module for each theme; each yields the rules that a claim breaks, and where."""
