"""What there is to choose from: single images, and series of slices in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wardround.engines.images.facts import Facts

VOLUMES = {"CT", "MR", "PT"}
"""Modalities of which a whole series is read, and not one image."""

GAP = 1.5
"""How many usual distances between two slices mean that one is missing."""


@dataclass(frozen=True)
class Candidate:
    """One image, or one series."""

    indices: tuple[int, ...]
    facts: tuple[Facts, ...]

    @property
    def first(self) -> Facts:
        """The facts of its first image."""
        return self.facts[0]

    @property
    def slices(self) -> int:
        """How many slices it has."""
        return sum(one.frames for one in self.facts)

    @cached_property
    def gap(self) -> bool:
        """Whether a slice is missing."""
        places = sorted(one.position for one in self.facts if one.position is not None)
        steps = np.diff(places)
        steps = steps[steps > 1e-3]
        return bool(len(steps) > 1 and steps.max() > GAP * np.median(steps))

    @property
    def uneven(self) -> bool:
        """Whether its slices differ in size, spacing or plane."""
        return len({(one.rows, one.columns, one.spacing, one.plane) for one in self.facts}) > 1


def candidates(facts: Sequence[Facts], copies: list[int]) -> list[Candidate]:
    """Group the slices of a volume; every other image stands alone. Copies are set aside."""
    series: dict[str, list[int]] = {}
    alone: list[Candidate] = []
    seen: set[str] = set()
    for index, one in enumerate(facts):
        if one.instance and one.instance in seen:
            copies.append(index)
            continue
        seen.add(one.instance)
        if one.modality in VOLUMES and one.series and "LOCALIZER" not in one.image_type:
            series.setdefault(one.series, []).append(index)
        else:
            alone.append(Candidate((index,), (one,)))
    return alone + [_volume(facts, indices) for indices in series.values()]


def _volume(facts: Sequence[Facts], indices: list[int]) -> Candidate:
    def place(index: int) -> tuple[float, float]:
        one = facts[index]
        number = float("inf") if one.number is None else float(one.number)
        return (float("inf") if one.position is None else one.position), number

    ordered = tuple(sorted(indices, key=place))
    return Candidate(ordered, tuple(facts[index] for index in ordered))
