"""What of a slide was looked at, and what was not: glass, pen, folds, blur, torn tiles."""

from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.quality import USABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wardround.capabilities.pathology.sweep.ledger import Swept
    from wardround.capabilities.pathology.sweep.plan import Plan


class Look(IntEnum):
    """What became of a part of a slide; a later one covers an earlier one."""

    EMPTY = 0
    """No tissue on the thumbnail: not looked at."""
    LOOKED = 1
    BLURRED = 2
    """Looked at, and out of focus: counts may be low."""
    FOLDED = 3
    """Looked at, and so dark that nuclei cannot be told apart."""
    TORN = 4
    """Could not be decoded: not looked at."""
    PEN = 5
    """Under ink: nuclei there do not count."""


STEP = 40
"""Shades of grey between two kinds of place in the picture of the map."""
UNSEEN = frozenset({Look.EMPTY, Look.TORN, Look.PEN})
"""Where nothing counts."""


@dataclass(frozen=True)
class Share:
    """A kind of place and how much of the slide it is, 0…1."""

    look: Look
    share: float


def looked_at(plan: "Plan", tiles: "Iterable[Swept]", size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a ``Look`` for each pixel of the thumbnail (H, W) of a slide of ``size``."""
    ground = plan.ground
    high, wide = ground.tissue.shape
    looked = np.zeros((high, wide), np.uint8)
    across, down = wide / size[0], high / size[1]
    places = {tile.number: tile for tile in plan.tiles}

    def put(look: Look, one: Any) -> None:
        left, top = round(one.x * across), round(one.y * down)
        right = max(left + 1, round((one.x + one.width) * across))
        low = max(top + 1, round((one.y + one.height) * down))
        looked[top:low, left:right] = look

    for swept in tiles:
        if swept.skipped:
            put(Look.TORN, places[swept.number])
        elif swept.checks["focus"] < USABLE:
            put(Look.BLURRED, places[swept.number])
        else:
            put(Look.LOOKED, places[swept.number])
    seen = (looked == Look.LOOKED) | (looked == Look.BLURRED)
    looked[ground.folds & seen] = Look.FOLDED
    looked[ground.ink] = Look.PEN
    return looked


def picture(looked: NDArray[np.uint8]) -> bytes:
    """Return the map as a grey PNG, each ``Look`` ``STEP`` apart: the page hatches it."""
    from PIL import Image

    out = BytesIO()
    Image.fromarray(looked * np.uint8(STEP)).save(out, "PNG")
    return out.getvalue()


def shares(looked: NDArray[np.uint8]) -> tuple[Share, ...]:
    """Return how much of the slide each kind of place is, those that are there, in order."""
    counts = np.bincount(looked.ravel(), minlength=len(Look))
    return tuple(Share(look, float(counts[look] / looked.size)) for look in Look if counts[look])
