"""Which model reads a study, of those that are on: one, chosen by rule, with the reason.

A draft has one model. Of the models that suit an image of the study one that is live goes before
one that is being tried; then the one whose manifest names most of what it is for, the one that
names fewer kinds, the one switched on last, and the name. The others are told, not asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wardround.capabilities.radiology.studying import Choice, chosen
from wardround.kernel import Stage

if TYPE_CHECKING:
    from wardround.capabilities.radiology.readers.ports import ReadsImages
    from wardround.engines.images import Facts

_STAGES = (Stage.LIVE, Stage.LIMITED, Stage.SHADOW, Stage.OFF)
RULES = (
    "it is live",
    "its manifest names more of what it is for",
    "its manifest names fewer kinds of image",
    "it was switched on last",
    "of its name",
)
"""What each part of a rank says of the model that goes first by it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A model that is on: how far, and since when."""

    reader: "ReadsImages"
    stage: Stage = Stage.LIVE
    since: datetime | None = None

    @property
    def name(self) -> str:
        """Its name and version."""
        return f"{self.reader.model.name} {self.reader.model.version}"


FindsReaders = Callable[["ReadsImages"], Sequence[Offered]]
"""Finds the models that are on, as they are at that moment; it is given the shipped one."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The model that reads, the image it reads, and what is to be said of the others."""

    offered: Offered
    choice: Choice
    remarks: tuple[str, ...] = ()

    @property
    def reader(self) -> "ReadsImages":
        """What reads."""
        return self.offered.reader


def select(facts: Sequence["Facts"], offered: Sequence[Offered]) -> Selected:
    """Return which of the models reads a study; where none suits, ``choice`` says why of each."""
    ranked = sorted(offered, key=_rank)
    choices = [(one, chosen(facts, one.reader)) for one in ranked]
    fit = [pair for pair in choices if pair[1].index is not None]
    if not fit:
        first, choice = choices[0]
        if len(choices) == 1:
            return Selected(first, choice)
        why = tuple(f"{one.name}: {said}" for one, made in choices for said in _told(made))
        return Selected(first, Choice(choice.facts, None, why))
    best, choice = fit[0]
    others = [one for one, _ in fit[1:] if one.stage is best.stage]
    return Selected(best, choice, tuple(_remarks(best, others, beside=len(offered) > 1)))


def suiting(facts: Sequence["Facts"], offered: Sequence[Offered]) -> list[Offered]:
    """Return the models that have an image of a study to read, first to last."""
    ranked = sorted(offered, key=_rank)
    return [one for one in ranked if chosen(facts, one.reader).index is not None]


def _told(choice: Choice) -> list[str]:
    return list(dict.fromkeys(choice.why))


def _remarks(best: Offered, others: Sequence[Offered], *, beside: bool) -> list[str]:
    if not beside:
        return []
    if not others:
        return [f"Read by {best.name}: no other model that is on reads this study."]
    by = RULES[_decided(best, others[0])]
    names = ", ".join(one.name for one in others)
    return [
        f"Read by {best.name}: {by}.",
        f"Not asked, though it would read this study as well: {names}.",
    ]


def _rank(one: Offered) -> tuple[float | str, ...]:
    """Return what is compared, the smallest first, in the order of ``RULES``."""
    need = one.reader.need
    named = (need.body_part, need.view)
    return (
        _STAGES.index(one.stage),
        -sum(bool(kinds) for kinds in named),
        sum(len(kinds) for kinds in (need.modality, *named)),
        -one.since.timestamp() if one.since else 0.0,
        one.name,
    )


def _decided(best: Offered, other: Offered) -> int:
    pairs = zip(_rank(best), _rank(other), strict=True)
    return next((at for at, (one, two) in enumerate(pairs) if one != two), len(RULES) - 1)
