"""A model of slides that a site added: tiles classified, or weighed together by attention."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.pathology.added.tiling import Cut, cut_over_tissue
from wardround.engines.images import Region, Slide
from wardround.engines.vision import Code, Manifest, Output, SlideModel, VisionModel
from wardround.kernel import InvalidInput, Model, TooLarge, WardroundError

SHOWN = 5
"""Tiles that are shown for a measure: those of the highest probability or attention."""
EVEN = 0.5
"""The operating point of an output whose manifest names none."""
LARGEST = 512 * 1024**2
"""Bytes of the embeddings of one slide."""
SHARE, CHANCE = "tile-share", "slide-probability"
UNCHECKED = "has no check for slides unlike those it learned from"

Opening = Callable[[], VisionModel | SlideModel]


@dataclass(frozen=True)
class Told:
    """One measure of an added model; ``regions`` are the tiles that it rests on most."""

    code: str
    display: str
    value: float
    unit: str
    of: Code
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class Answer:
    """What an added model told of a slide, or why it told nothing."""

    name: str
    told: tuple[Told, ...] = ()
    failure: str = ""
    remarks: tuple[str, ...] = ()


class AddedSlides:
    """A model of slides by its manifest; its files are opened, and checked, when it is asked."""

    def __init__(self, model: Model, manifest: Manifest, opening: Opening) -> None:
        self.model = model
        self._manifest = manifest
        self._open = opening

    def read(self, slide: Slide) -> Answer:
        """Return what it says of a slide; what it cannot read is a failure with the reason."""
        name = f"{self.model.name} {self.model.version}"
        try:
            if self._manifest.task not in {"classification", "slide"}:
                raise InvalidInput("Boxes and masks are not read on slides yet.")
            if (self._manifest.input.bits or 0) > 8:
                raise InvalidInput("It needs more than the 8 bits that a slide has.")
            tiles = cut_over_tissue(slide, self._manifest)
            told, skipped = self._told(self._open(), tiles)
        except WardroundError as error:
            return Answer(name, failure=f"{name} did not answer. {error.what}")
        looked = f"{name} looked at {len(tiles.places) - skipped:,} tiles with tissue"
        lost = f", {skipped:,} could not be read" if skipped else ""
        says = f"{looked}, {tiles.empty:,} without it not{lost}; it {UNCHECKED}."
        return Answer(name, tuple(told), remarks=(says, *self._of_body_part(name)))

    def _of_body_part(self, name: str) -> Iterator[str]:
        parts = self._manifest.input.body_part
        if parts:
            yield f"{name} is for {' or '.join(parts)}; no slide says what it is of: make sure."

    def _told(self, model: VisionModel | SlideModel, tiles: Cut) -> tuple[list[Told], int]:
        if isinstance(model, SlideModel):
            return _weighed(model, tiles)
        return _classified(model, tiles)


def _classified(model: VisionModel, tiles: Cut) -> tuple[list[Told], int]:
    """Return for each code the share of tiles that have it, and how many could not be read."""
    outputs = [one for one in model.manifest.outputs if one.kind == "classes"]
    found = {(out.name, at): _Tally() for out in outputs for at in range(len(out.codes))}
    read = 0
    for numbers, batch in tiles.read():
        said = model.run(batch)
        read += len(numbers)
        for output in outputs:
            chances = model.probabilities(said, output.name)
            for at, code in enumerate(output.codes):
                found[output.name, at].add(numbers, chances[:, at], _point(output, code))
    _require_any(read)
    told = [
        Told(
            code=SHARE,
            display=f"{code.display}, share of tissue tiles",
            value=round(100 * found[output.name, at].over / read, 2),
            unit="%",
            of=code,
            regions=tuple(tiles.region(number) for _, number in found[output.name, at].best),
        )
        for output in outputs
        for at, code in enumerate(output.codes)
    ]
    return told, len(tiles.places) - read


class _Tally:
    """How many tiles lie above the operating point, and which are the surest of them."""

    def __init__(self) -> None:
        self.over = 0
        self.best: list[tuple[float, int]] = []

    def add(self, numbers: Sequence[int], chances: NDArray[np.float64], point: float) -> None:
        over = [
            (float(chance), number)
            for number, chance in zip(numbers, chances, strict=True)
            if chance >= point
        ]
        self.over += len(over)
        self.best = nlargest(SHOWN, [*self.best, *over])


def _weighed(model: SlideModel, tiles: Cut) -> tuple[list[Told], int]:
    """Return the probability of each code of the slide, and how many tiles could not be read."""
    every: NDArray[np.float32] | None = None
    kept: list[int] = []
    for numbers, batch in tiles.read():
        found = model.embed(batch)
        if every is None:
            if len(tiles.places) * found.shape[1] * found.itemsize > LARGEST:
                raise TooLarge("The tissue has too many tiles to be weighed together.")
            every = np.empty((len(tiles.places), found.shape[1]), np.float32)
        every[len(kept) : len(kept) + len(found)] = found
        kept += numbers
    _require_any(len(kept))
    assert every is not None  # noqa: S101 - a tile was read
    said = model.read(every[: len(kept)])
    places: tuple[Region, ...] = ()
    if said.attention is not None:
        surest = np.argsort(-said.attention, kind="stable")[:SHOWN]
        places = tuple(tiles.region(kept[at]) for at in surest.tolist())
    output = model.manifest.of_kind("classes")
    told = [
        Told(CHANCE, f"{code.display}, probability", round(chance, 4), "1", code, places)
        for code, chance in zip(output.codes, said.probabilities.tolist(), strict=True)
    ]
    return told, len(tiles.places) - len(kept)


def _require_any(read: int) -> None:
    if not read:
        raise InvalidInput("None of its tiles could be read.")


def _point(output: Output, code: Code) -> float:
    own = output.threshold if code.threshold is None else code.threshold
    return EVEN if own is None else own
