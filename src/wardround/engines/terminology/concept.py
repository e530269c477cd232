"""What ICD-10-CM says of one code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Rank(StrEnum):
    """Where a concept stands in the tabular list."""

    CHAPTER = "chapter"
    SECTION = "section"
    CATEGORY = "category"
    CODE = "code"


class Seventh(NamedTuple):
    """A seventh character and what it means (``A``: initial encounter)."""

    char: str
    meaning: str


NOTES = (
    "inclusion_terms",
    "includes",
    "excludes1",
    "excludes2",
    "code_first",
    "use_additional",
    "code_also",
    "notes",
)
"""The kinds of note that may stand at a concept."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One chapter, section, category or code of an edition.

    ``code`` is as the tabular list prints it (``E11.9``). ``billable`` tells whether it may stand
    on a claim. The notes are those that stand at the concept itself; ``Edition.notes`` adds what
    stands above it, which holds for it too (Official Guidelines I.A). ``seventh_characters`` are
    those that complete this code; ``laterality`` is right, left, bilateral, unspecified or none.
    """

    code: str
    display: str
    rank: Rank
    billable: bool
    parent: str | None = None
    children: tuple[str, ...] = ()
    inclusion_terms: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    excludes1: tuple[str, ...] = ()
    excludes2: tuple[str, ...] = ()
    code_first: tuple[str, ...] = ()
    use_additional: tuple[str, ...] = ()
    code_also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seventh_characters: tuple[Seventh, ...] = ()
    laterality: str | None = None
    chapter: str | None = None
    section: str | None = None


def dotted(code: str) -> str:
    """Return a code with its point after the third character: ``e119`` becomes ``E11.9``."""
    bare = plain(code)
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 and "-" not in bare else bare


def plain(code: str) -> str:
    """Return a code without its point, as claims carry it."""
    return code.strip().upper().replace(".", "")
