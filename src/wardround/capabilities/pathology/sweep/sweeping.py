"""A slide of any size, looked at tile by tile in little memory; a killed sweep goes on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wardround.capabilities.pathology.morphometry import Nuclei, empty, joined
from wardround.capabilities.pathology.nuclei.finding import find
from wardround.capabilities.pathology.nuclei.learned import Network
from wardround.capabilities.pathology.nuclei.separating import SOFT_ON_SLIDES
from wardround.capabilities.pathology.quality import focus_of
from wardround.capabilities.pathology.slide import Slide
from wardround.capabilities.pathology.sweep.ledger import Ledger, Swept
from wardround.capabilities.pathology.sweep.plan import HALO, Plan, Tile
from wardround.kernel import InvalidInput

Progress = Callable[[int, int], None]
"""Is told how many tiles of how many are done."""

SEAM = 3
"""Pixels of the picture looked at, within which of a border two tiles may both claim a nucleus."""


def sweep(
    slide: Slide,
    plan: Plan,
    network: Network,
    ledger: Ledger,
    progress: Progress | None = None,
) -> None:
    """Look at every tile of the plan that the ledger lacks, and write each down as it is done."""
    with ledger.appending() as file:
        for done, tile in enumerate(plan.tiles):
            if progress is not None:
                progress(done, len(plan.tiles))
            if tile.number not in ledger.done:
                ledger.write(file, look(slide, plan, network, tile))
    if progress is not None:
        progress(len(plan.tiles), len(plan.tiles))


def look(slide: Slide, plan: Plan, network: Network, tile: Tile) -> Swept:
    """Return what is on one tile; one that cannot be decoded is skipped, with the reason."""
    try:
        rgb = plan.read(slide, tile)
    except InvalidInput as error:
        return Swept(tile.number, empty(), skipped=error.what)
    nuclei, colours = find(rgb, network, plan.ground.light, soft=SOFT_ON_SLIDES)
    edge = round(HALO * plan.scale)
    own = nuclei.taken(_own(nuclei, tile, plan.scale))
    placed = own.moved(tile.x - edge, tile.y - edge, plan.scale)
    placed = placed.taken(~_under_ink(placed, slide.dimensions, plan))
    checks = {"focus": round(focus_of(rgb), 5)}
    return Swept(tile.number, placed, colours, checks)


def _own(nuclei: Nuclei, tile: Tile, scale: float) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which nuclei have their middle in the tile, or so near that its neighbour may not."""
    right, low = HALO + tile.width / scale + SEAM, HALO + tile.height / scale + SEAM
    near = HALO - SEAM
    return (nuclei.x >= near) & (nuclei.x < right) & (nuclei.y >= near) & (nuclei.y < low)


def _under_ink(
    nuclei: Nuclei, size: tuple[int, int], plan: Plan
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which nuclei, on the slide, lie where the thumbnail shows ink."""
    ink = plan.ground.ink
    down = (nuclei.y * ink.shape[0] / size[1]).astype(int).clip(0, ink.shape[0] - 1)
    right = (nuclei.x * ink.shape[1] / size[0]).astype(int).clip(0, ink.shape[1] - 1)
    under: np.ndarray[tuple[int], np.dtype[np.bool_]] = ink[down, right]
    return under


@dataclass(frozen=True)
class Gathered:
    """All tiles of a ledger: nuclei without outlines, and which of each tile count."""

    nuclei: Nuclei
    kept: dict[int, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]
    tiles: tuple[Swept, ...]
    """Each tile without its nuclei."""

    def narrowed(
        self, right: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    ) -> dict[int, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
        """Return which of each tile count where of those that did only some are ``right``."""
        start, narrowed = 0, {}
        for number, counted in self.kept.items():
            end = start + int(counted.sum())
            narrowed[number] = counted.copy()
            narrowed[number][counted] = right[start:end]
            start = end
        return narrowed


def gather(ledger: Ledger, plan: Plan) -> Gathered:
    """Return what a sweep has found, a nucleus that lies on a border once."""
    parts, tiles, numbers = [], [], []
    for swept in ledger.tiles():
        parts.append(swept.nuclei.bare())
        tiles.append(Swept(swept.number, empty(), swept.colours, swept.checks, swept.skipped))
        numbers.append(np.full(len(swept.nuclei), swept.number))
    every = joined(parts) if parts else empty().bare()
    of = np.concatenate(numbers) if numbers else np.zeros(0, int)
    counted = ~_twice(every, of, plan)
    ends = np.cumsum([0, *(len(part) for part in parts)])
    kept = {
        one.number: counted[start:end]
        for one, start, end in zip(tiles, ends[:-1], ends[1:], strict=True)
    }
    return Gathered(every.taken(counted), kept, tuple(tiles))


def _twice(
    nuclei: Nuclei, of: "np.ndarray[tuple[int], np.dtype[np.int64]]", plan: Plan
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which nuclei another tile, of a smaller number, has found as well."""
    from scipy.spatial import cKDTree

    twice = np.zeros(len(nuclei), bool)
    band = 2 * SEAM * plan.scale
    near = np.zeros(len(nuclei), bool)
    places = {tile.number: tile for tile in plan.tiles}
    for number in np.unique(of):
        tile = places[int(number)]
        here = of == number
        x, y = nuclei.x[here] - tile.x, nuclei.y[here] - tile.y
        inner = (x > band) & (y > band) & (x < tile.width - band) & (y < tile.height - band)
        near[here] = ~inner
    border = np.flatnonzero(near)
    if len(border) < 2:
        return twice
    where = np.column_stack([nuclei.x[border], nuclei.y[border]])
    radius = np.sqrt(nuclei.area[border] / np.pi)
    reach = float(radius.max())
    pairs = cKDTree(where).query_pairs(reach, output_type="ndarray")
    apart = np.hypot(*(where[pairs[:, 0]] - where[pairs[:, 1]]).T)
    one, other = border[pairs[:, 0]], border[pairs[:, 1]]
    same = apart < np.minimum(radius[pairs[:, 0]], radius[pairs[:, 1]])
    same &= of[one] != of[other]
    later = np.where(of[one] > of[other], one, other)
    twice[later[same]] = True
    return twice
