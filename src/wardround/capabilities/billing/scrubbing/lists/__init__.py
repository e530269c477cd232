"""Code lists and ranges, as data, and what reads them."""
