"""Model files of plain arrays and text, read without the libraries that trained them."""

from wardround.engines.plain.reading import read_plain

__all__ = ["read_plain"]
