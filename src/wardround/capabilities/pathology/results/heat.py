"""A heat map of nuclei as a pyramid of small pictures, to lie over the slide in a viewer."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.sweep.counting import Grid

STOPS = ((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37))
"""Few to many: evenly brighter, told apart by colour-blind eyes, too (viridis)."""
SEEN = 160
"""How much of the slide is covered, of 255."""
_LARGEST = 8192


def levels(grid: Grid) -> list[NDArray[np.float64]]:
    """Return densities, each level half as fine as the one before, down to one of one square."""
    found = [grid.density[:_LARGEST, :_LARGEST]]
    while max(found[-1].shape) > 1:
        last = found[-1]
        even = np.pad(last, ((0, last.shape[0] % 2), (0, last.shape[1] % 2)), mode="edge")
        found.append(even.reshape(even.shape[0] // 2, 2, even.shape[1] // 2, 2).mean((1, 3)))
    return found


def colours(density: NDArray[np.float64], most: float) -> NDArray[np.uint8]:
    """Return densities as uint8 (rows, columns, 4); where there is no nucleus it is clear."""
    share = np.clip(density / most, 0, 1) if most else np.zeros_like(density)
    at = np.linspace(0, 1, len(STOPS))
    shown = np.stack([np.interp(share, at, [one[c] for one in STOPS]) for c in range(3)], axis=2)
    clear = np.where(density > 0, SEEN, 0)[..., None]
    return np.concatenate([shown, clear], axis=2).astype(np.uint8)


def brightest(grid: Grid) -> float:
    """Return the density from which a square has the last colour: the 99th percentile of them."""
    density = grid.density
    seen = density[density > 0]
    return float(np.percentile(seen, 99)) if seen.size else 0.0


def picture(grid: Grid) -> bytes:
    """Return the map as one PNG, a pixel a square: of a slide of 8 cm it is 1,600 wide."""
    from PIL import Image

    out = BytesIO()
    Image.fromarray(colours(levels(grid)[0], brightest(grid))).save(out, "PNG")
    return out.getvalue()


def write_pyramid(grid: Grid, folder: Path) -> Path:
    """Write ``0.png`` (finest), ``1.png`` … and ``heat.json``, which says what they mean."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    found = levels(grid)
    most = brightest(grid)
    for number, density in enumerate(found):
        Image.fromarray(colours(density, most)).save(folder / f"{number}.png")
    told = folder / "heat.json"
    told.write_text(
        json.dumps(
            {
                "levels": [
                    {"file": f"{number}.png", "width": one.shape[1], "height": one.shape[0],
                     "pixels": grid.side * 2**number}
                    for number, one in enumerate(found)
                ],
                "unit": "{square}" if grid.mpp is None else "/mm2",
                "brightest": most,
            },
            indent=1,
        ),
        "utf-8",
    )  # fmt: skip
    return told
