"""The worksheet of a visit's level: what the note says of problems, data and risk, and the code."""

from typing import Literal

from wardround.kernel import Noun

Level = Literal["straightforward", "low", "moderate", "high"]
LEVELS: tuple[Level, ...] = ("straightforward", "low", "moderate", "high")

Setting = Literal["office", "inpatient", "emergency", "home"]
Basis = Literal["mdm", "time"]


class Element(Noun):
    """One thing that counts: its kind, what it is, and the exact words that say it.

    ``level`` is what it reaches alone, None where several together make a level (tests).
    ``spans`` are characters (start, end) of the note, ``words`` what stands there.
    """

    kind: str
    says: str
    level: Level | None
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


class Part(Noun):
    """Problems, data or risk: the level that its elements reach, and why, in a sentence."""

    level: Level
    elements: tuple[Element, ...]
    why: str
    uncapped: Level | None = None
    """What problems that only the history names would reach in the plan, where that is more."""


class Worksheet(Noun):
    """The level that a note supports, with every element's words, and what it does not support.

    ``code`` is a CPT number, None where the note supports none; its meaning is in the user's own
    licensed file. ``basis`` is what the code rests on. ``why`` is for a coder; ``missing`` is what
    the next level would rest on, told as a fact about the note. ``unsure`` is what a person has to
    look at before the level is charged; where there is nothing, it is clear.
    """

    setting: Setting
    new: bool
    problems: Part | None
    data: Part
    risk: Part
    mdm: Level | None
    minutes: int | None
    code: str | None
    basis: Basis | None
    why: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
