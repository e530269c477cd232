"""What the scrubber asks of the code tables; ``None`` means that no table was loaded for it."""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple, Protocol


class Term(NamedTuple):
    """A diagnosis: its title, and the side it names (right, left, bilateral, unspecified).

    Codes of one ``family`` say the same of different sides.
    """

    code: str
    display: str
    side: str = ""
    family: str = ""


class Standing(NamedTuple):
    """How a diagnosis stands on a day, with the reason and the mend in words.

    ``state`` is valid, incomplete, retired, not-yet or unknown; ``sure`` is false where no loaded
    edition covers the day and the nearest was asked.
    """

    state: str
    says: str = ""
    mend: str = ""
    sure: bool = True


class Pair(NamedTuple):
    """A procedure-to-procedure edit: ``modifier`` is 0 (never), 1 (allowed) or 9 (no edit)."""

    column_one: str
    column_two: str
    modifier: str


class Limit(NamedTuple):
    """A medically unlikely edit: most ``units``, for a line (MAI 1) or a day (MAI 2, 3)."""

    units: int
    indicator: str


class Tables(Protocol):
    """The code tables, as far as they are loaded."""

    def term(self, code: str, on: date | None) -> Term | None:
        """Return a diagnosis code, with or without its dot; ``None`` where there is none."""

    def standing(self, code: str, on: date) -> Standing:
        """Return how a diagnosis stands on a day."""

    def excludes(self, first: str, second: str, on: date | None) -> str:
        """Return the Excludes1 note that forbids two diagnoses together, or nothing."""

    def comes_first(self, code: str, before: str, on: date | None) -> bool:
        """Return whether a "code first" note at ``before`` names ``code``."""

    def both_sides(self, code: str, on: date | None) -> str:
        """Return the code that says of both sides what this says of one, or nothing."""

    def procedure(self, code: str, on: date) -> Standing | None:
        """Return how a HCPCS or CPT code stands; ``None``: its code set is not loaded."""

    def pair(self, first: str, second: str, on: date, *, hospital: bool) -> Pair | None:
        """Return the NCCI edit of two procedures, in either order."""

    def limit(self, code: str, on: date, *, hospital: bool) -> Limit | None:
        """Return the MUE of a procedure."""

    def needed(self, code: str, on: date) -> AbstractSet[str] | None:
        """Return the diagnoses that cover a procedure; ``None``: no list speaks of it."""

    def missing(self, on: date, *, hospital: bool) -> tuple[str, ...]:
        """Return, in words, the tables that could not answer for a day."""
