"""How much is read: a file of a few bytes can tell of any number of pixels."""

from wardround.kernel import InvalidInput

MOST_PIXELS = 128 * 1024**2
"""Pixels of one frame: a mammogram has 27 million, the largest flat detector 70 million."""

MOST_BYTES = 4 * 1024**3
"""Bytes of a file."""


def require_pixels(rows: int, columns: int, where: str) -> None:
    """Raise ``InvalidInput`` where an image has no pixel, or more than are decoded at once."""
    if rows < 1 or columns < 1:
        raise InvalidInput(
            f"The image has {rows} rows and {columns} columns.",
            where=where,
            mend="Export it again from where it came from.",
        )
    if rows * columns > MOST_PIXELS:
        raise InvalidInput(
            f"The image has {rows:,} rows of {columns:,} pixels; up to {MOST_PIXELS:,} are decoded"
            " at once.",
            where=where,
            mend="Open it as a slide, or make a smaller copy.",
        )


def require_bytes(size: int, where: str) -> None:
    """Raise ``InvalidInput`` where a file is empty, or larger than is read."""
    if size == 0:
        raise InvalidInput("The file is empty.", where=where, mend="Send it again.")
    if size > MOST_BYTES:
        raise InvalidInput(
            f"The file has {size:,} bytes; up to {MOST_BYTES:,} are read.",
            where=where,
            mend="Send one image a file.",
        )
