"""How well PHI is found: planted notes, published queries, and the figures."""
