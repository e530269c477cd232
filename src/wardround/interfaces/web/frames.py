"""A frame as 16-bit numbers: what a viewer needs to move the window without asking again."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from wardround.engines.images import Image

_MOST = 65535
_UNITS = {"CT": "HU"}


def stored(image: "Image") -> tuple[bytes, dict[str, Any]]:
    """Return a grey frame as little-endian numbers, and what they stand for.

    ``slope`` and ``intercept`` lead from a number to a value of the file; ``low`` and ``high`` are
    the numbers that the file wants black and white, found where its own window ends.
    """
    values, grey = image.values, image.grey()
    least, most = float(values.min()), float(values.max())
    slope = (most - least) / _MOST or 1.0
    numbers = np.rint((values - np.float32(least)) * np.float32(1 / slope)).astype("<u2")
    black, white = numbers[grey <= 0.0], numbers[grey >= 1.0]
    low = int(black.max()) if black.size else 0
    high = int(white.min()) if white.size else _MOST
    rows, columns = numbers.shape
    facts = {
        "columns": columns,
        "rows": rows,
        "frames": image.facts.frames,
        "low": min(low, high),
        "high": max(low, high),
        "slope": slope,
        "intercept": least,
        "unit": _UNITS.get(image.facts.modality, ""),
    }
    return numbers.tobytes(), facts
