"""Nuclei: found by a network or without one, told apart, and compared with what is known."""
