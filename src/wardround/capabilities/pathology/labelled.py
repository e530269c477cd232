"""Tiles of stained tissue with their nuclei marked by hand (2018 Data Science Bowl)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.kernel import InvalidInput

FOLDS = 5


@dataclass(frozen=True)
class Labelled:
    """A tile: uint8 (H, W, 3), and the number of the nucleus of each pixel (0 is none)."""

    name: str
    rgb: NDArray[np.uint8]
    labels: NDArray[Any]

    @property
    def look(self) -> str:
        """Return the look of its stain: ``pink`` is H&E, ``white`` and ``purple`` the ground."""
        red, _, blue = self.rgb.reshape(-1, 3).mean(0)
        if red > blue:
            return "pink"
        return "white" if np.percentile(self.rgb[..., 1], 90) >= 200 else "purple"


def read_labelled(data: Path) -> list[Labelled]:
    """Return the tiles below ``data``, by name; raise ``InvalidInput`` where there are none."""
    from PIL import Image

    tiles = []
    for path in sorted((data / "nuclei").glob("*_mask.png")):
        name = path.name.removesuffix("_mask.png")
        with Image.open(path) as mask, Image.open(path.with_name(f"{name}.png")) as image:
            tiles.append(Labelled(name, np.array(image.convert("RGB")), np.array(mask, np.int32)))
    if not tiles:
        raise InvalidInput(
            "There are no tiles with nuclei marked.",
            where=str(data / "nuclei"),
            mend="Each NAME.png stands beside NAME_mask.png, whose pixels number the nuclei.",
        )
    return tiles


def folded(tiles: list[Labelled]) -> list[int]:
    """Return the fold of each tile; each look is dealt out evenly."""
    seen: dict[str, int] = {}
    folds = []
    for tile in tiles:
        place = seen.get(tile.look, 0)
        folds.append(place % FOLDS)
        seen[tile.look] = place + 1
    return folds
