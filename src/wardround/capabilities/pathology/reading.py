"""A tile or a slide read: what was found, whether it may be believed, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.index import POSITIVE, Index, Stained, index_of
from wardround.capabilities.pathology.morphometry import Nuclei
from wardround.capabilities.pathology.nuclei.finding import find
from wardround.capabilities.pathology.nuclei.learned import Network, load_network
from wardround.capabilities.pathology.nuclei.sizing import estimated_scale
from wardround.capabilities.pathology.quality import (
    INKED,
    USABLE,
    Check,
    check_picture,
    check_size,
    check_stain,
)
from wardround.capabilities.pathology.results.looked import looked_at
from wardround.capabilities.pathology.slide import Slide
from wardround.capabilities.pathology.stains import light_of
from wardround.capabilities.pathology.sweep.counting import (
    Grid,
    Spot,
    cellularity,
    grid_of,
    hot_spots,
    tissue_area,
)
from wardround.capabilities.pathology.sweep.ledger import Ledger, Swept
from wardround.capabilities.pathology.sweep.plan import CORE, HALO, WORKING, Plan, plan
from wardround.capabilities.pathology.sweep.sorting import sort_out
from wardround.capabilities.pathology.sweep.sweeping import Progress, gather, sweep

NO_RESOLUTION = "The file does not say how large a pixel is: sizes are in pixels, and no density."
UNUSABLE = 0.5
"""Share of the tiles of a slide out of focus or under ink from which it is not read."""


@dataclass(frozen=True)
class TileRead:
    """One field of view."""

    size: tuple[int, int]
    mpp: float | None
    checks: tuple[Check, ...]
    nuclei: Nuclei | None = None
    """None where the picture could not be read at all."""
    index: Index | None = None
    remarks: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why it abstains."""
        return tuple(one.says for one in self.checks if not one.passed and one.stops)

    @property
    def abstained(self) -> bool:
        """Return whether what was found is not to be used."""
        return bool(self.reasons)


@dataclass(frozen=True)
class SlideRead:
    """A whole slide; nuclei are without outlines, which ``outlined`` gives tile by tile."""

    size: tuple[int, int]
    mpp: float | None
    checks: tuple[Check, ...]
    nuclei: Nuclei | None = None
    index: Index | None = None
    grid: Grid | None = None
    spots: tuple[Spot, ...] = ()
    tissue_mm2: float | None = None
    cellularity: float | None = None
    tiles: int = 0
    empty: int = 0
    """Tiles without tissue, not looked at."""
    skipped: tuple[tuple[int, str], ...] = ()
    """Tiles that could not be decoded, each with the reason."""
    remarks: tuple[str, ...] = ()
    looked: NDArray[np.uint8] | None = None
    """A ``Look`` for each pixel of a thumbnail."""
    _ledger: Ledger | None = field(default=None, repr=False)
    _kept: dict[int, NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why it abstains."""
        return tuple(one.says for one in self.checks if not one.passed and one.stops)

    @property
    def abstained(self) -> bool:
        """Return whether what was found is not to be used."""
        return bool(self.reasons)

    def outlined(self) -> Iterator[Nuclei]:
        """Yield the nuclei of each tile with their outlines, in pixels of the finest level."""
        for swept in () if self._ledger is None else self._ledger.tiles():
            yield swept.nuclei.taken(self._kept[swept.number])


def read_tile(
    rgb: NDArray[np.uint8], mpp: float | None = None, network: Network | None = None
) -> TileRead:
    """Read a field of view, uint8 (H, W, 3); how finely it is looked at, its nuclei tell."""
    size = rgb.shape[1], rgb.shape[0]
    checks = check_picture(rgb)
    remarks = () if mpp else (NO_RESOLUTION,)
    if any(not one.passed and one.stops for one in checks if one.name in {"size", "stain"}):
        return TileRead(size, mpp, checks, remarks=remarks)
    scale = estimated_scale(rgb)
    nuclei, colours = find(rgb, network or load_network(), light_of(rgb), scale=scale)
    return TileRead(size, mpp, checks, nuclei, index_of(nuclei, colours), remarks)


def read_slide(
    slide: Slide,
    ledger: Path,
    progress: Progress | None = None,
    *,
    network: Network | None = None,
    anew: bool = False,
    core: int = CORE,
) -> SlideRead:
    """Read a slide; what each tile holds goes to ``ledger``, from which a killed reading goes on.

    Raise ``Conflict`` where that file is of another slide or model, unless ``anew``.
    """
    asked = network or load_network()
    planned = plan(slide, core)
    first = _gate(planned)
    remarks = () if planned.mpp else (NO_RESOLUTION,)
    if any(not one.passed and one.stops for one in first):
        return SlideRead(
            slide.dimensions, planned.mpp, first, empty=planned.skipped, remarks=remarks
        )
    of = {
        "slide": getattr(slide, "mark", ""),
        "size": list(slide.dimensions),
        "network": asked.digest,
        "looked": [core, HALO, WORKING],
    }
    kept = Ledger(ledger, of, anew=anew)
    sweep(slide, planned, asked, kept, progress)
    return _told(slide, planned, kept, first, remarks)


def _gate(planned: Plan) -> tuple[Check, ...]:
    """Return what a thumbnail tells before any tile is looked at."""
    small = planned.thumbnail
    checks = [check_size(small)]
    ground = planned.ground
    found = bool(planned.tiles)
    if checks[0].passed and found:
        checks.append(check_stain(small, ground.tissue))
    says = f"Tissue covers {ground.share:.1%} of the slide." if found else "There is no tissue."
    checks.append(Check("tissue", found, says, ground.share))
    ink = float(ground.ink.mean())
    if ink >= 0.001:
        checks.append(
            Check("ink", False, f"Ink or marks cover {ink:.1%} of the slide: nuclei under it do "
                  "not count.", ink, stops=ink > INKED)
        )  # fmt: skip
    folded = float(ground.folds.sum() / max(1, ground.tissue.sum()))
    if folded >= 0.01:
        checks.append(
            Check("folds", False, f"{folded:.1%} of the tissue is very dark, as where it is "
                  "folded: nuclei there cannot be told apart.", folded, stops=False)
        )  # fmt: skip
    return tuple(checks)


def _told(
    slide: Slide, planned: Plan, ledger: Ledger, first: tuple[Check, ...], remarks: tuple[str, ...]
) -> SlideRead:
    found = gather(ledger, planned)
    colours = sum((one.colours for one in found.tiles), Stained())
    right, left_out = sort_out(found.nuclei, planned.mpp, colours)
    nuclei = found.nuclei.taken(right)
    remarks += left_out
    index = index_of(nuclei, colours)
    positive = nuclei.brown >= POSITIVE
    if index.percent is None:
        positive = np.zeros(len(nuclei), bool)
    grid = grid_of(nuclei, slide.dimensions, planned.mpp, planned.ground.tissue, positive)
    skipped = tuple((one.number, one.skipped) for one in found.tiles if one.skipped)
    if skipped:
        remarks += (f"{len(skipped)} of {len(found.tiles)} tiles could not be decoded.",)
    return SlideRead(
        size=slide.dimensions,
        mpp=planned.mpp,
        checks=(*first, *_whole(found.tiles)),
        nuclei=nuclei,
        index=index,
        grid=grid,
        spots=hot_spots(grid),
        tissue_mm2=tissue_area(grid),
        cellularity=cellularity(grid),
        tiles=len(found.tiles),
        empty=planned.skipped,
        skipped=skipped,
        remarks=remarks,
        looked=looked_at(planned, found.tiles, slide.dimensions),
        _ledger=ledger,
        _kept=found.narrowed(right),
    )


def _whole(tiles: tuple[Swept, ...]) -> Iterator[Check]:
    """Yield what the tiles tell of the slide: how many were sharp, and how many were read."""
    read = [one for one in tiles if not one.skipped]
    if not read:
        yield Check("decoded", False, "No tile of the slide could be decoded.", 0.0)
        return
    share = len(read) / len(tiles)
    if share < 1:
        says = f"{1 - share:.0%} of the tiles could not be decoded."
        yield Check("decoded", False, says, share, stops=share < UNUSABLE)
    blurred = float(np.mean([one.checks["focus"] < USABLE for one in read]))
    says = f"{blurred:.0%} of the tiles are out of focus."
    yield Check("focus", blurred < 0.05, says, blurred, stops=blurred > UNUSABLE)
