"""Nuclei found beside nuclei marked: the network, and what needs no learning, on published tiles.

The network that ships has seen the published tiles. What ``measured.json`` says of those was found
by networks that had not: five, each trained on four fifths, and, under "without its look", on no
tile of that look. A tile that is not in it is read by the network that ships.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from wardround.capabilities.pathology.labelled import Labelled, read_labelled
from wardround.capabilities.pathology.nuclei import classical
from wardround.capabilities.pathology.nuclei.finding import label
from wardround.capabilities.pathology.nuclei.learned import load_network
from wardround.capabilities.pathology.nuclei.matching import Agreement, agree
from wardround.capabilities.pathology.nuclei.sizing import estimated_scale
from wardround.kernel import Noun

DICE, F1, COUNT = 0.85, 0.75, 0.12
"""What is asked for: pixels, instances at an overlap of a half, the median error of the count."""
OURS = "network"


class Line(Noun):
    """What one way of finding nuclei reaches on some tiles; Dice and counts are by tile."""

    data: str
    tiles: int
    way: str
    dice: float
    f1: float
    count_error: float
    marked: int
    found: int
    merged: int
    split: int
    missed: int
    false: int


class Report(Noun):
    """What was measured; ``met`` where the network reaches what is asked for on all tiles."""

    model: str
    digest: str
    measured: tuple[Line, ...]
    met: bool


def evaluate(data: Path) -> Report:
    """Measure on the tiles below ``data``; raise ``InvalidInput`` where there are none."""
    tiles = read_labelled(data)
    ways: dict[str, dict[str, Agreement]] = {
        "Otsu": {tile.name: agree(classical.otsu(tile.rgb), tile.labels) for tile in tiles},
        "watershed": {
            tile.name: agree(classical.watershed(tile.rgb), tile.labels) for tile in tiles
        },
        OURS: {tile.name: unseen(tile) for tile in tiles},
    }
    lines = [
        line_of(f"nuclei, {part}", way, [found[tile.name] for tile in chosen])
        for part, chosen in _parts(tiles)
        for way, found in ways.items()
    ]
    lines += _without(tiles)
    whole = next(one for one in lines if one.way == OURS)
    return Report(
        model="wardround-nuclei",
        digest=load_network().digest,
        measured=tuple(lines),
        met=whole.dice >= DICE and whole.f1 >= F1 and whole.count_error <= COUNT,
    )


def unseen(tile: Labelled) -> Agreement:
    """Return what a network that has not seen a tile finds on it."""
    known = recorded()["folds"].get(tile.name)
    if known is not None:
        return Agreement(**known)
    return agree(label(tile.rgb, load_network(), estimated_scale(tile.rgb)), tile.labels)


@cache
def recorded() -> dict[str, Any]:
    """Return what networks found on the tiles that were kept from them, by the name of the tile."""
    text = files(__package__).joinpath("nuclei", "model", "measured.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def line_of(data: str, way: str, found: Iterable[Agreement]) -> Line:
    """Return the figures of tiles together: F1 over all nuclei, Dice the mean of the tiles."""
    every = list(found)
    matched = sum(one.matched for one in every)
    both = sum(one.found + one.marked for one in every)
    return Line(
        data=data,
        tiles=len(every),
        way=way,
        dice=round(float(np.mean([one.dice for one in every])), 3),
        f1=round(2 * matched / both, 3) if both else 1.0,
        count_error=round(float(np.median([one.count_error for one in every])), 3),
        marked=sum(one.marked for one in every),
        found=sum(one.found for one in every),
        merged=sum(one.merged for one in every),
        split=sum(one.split for one in every),
        missed=sum(one.missed for one in every),
        false=sum(one.false for one in every),
    )


def _parts(tiles: list[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
    yield "all tiles", tiles
    for look in sorted({tile.look for tile in tiles}):
        yield f"{look}", [tile for tile in tiles if tile.look == look]


def _without(tiles: list[Labelled]) -> Iterator[Line]:
    """Yield what a network that has seen no tile of a look finds on those."""
    for look, found in sorted(recorded()["without"].items()):
        here = [Agreement(**found[tile.name]) for tile in tiles if tile.name in found]
        if here:
            yield line_of(f"nuclei, {look}", "network without its look", here)
