"""What the scrubber asks of the code tables; ``None`` means that no table was loaded for it."""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple, Protocol


class Term(NamedTuple):
    """A code of ICD-10-CM: its title, whether it may be billed, what stands over and under it."""

    code: str
    display: str
    billable: bool
    parent: str = ""
    children: tuple[str, ...] = ()


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

    def term(self, code: str) -> Term | None:
        """Return a diagnosis code, with or without its dot; ``None`` where there is none."""

    def in_force(self, code: str, on: date) -> bool | None:
        """Return whether a diagnosis may be billed for a day; ``None``: no edition of that day."""

    def excludes(self, first: str, second: str) -> str:
        """Return the Excludes1 note that forbids two diagnoses together, or nothing."""

    def procedure(self, code: str, on: date) -> bool | None:
        """Return whether a HCPCS or CPT code is in force; ``None``: its code set is not loaded."""

    def pair(self, first: str, second: str, on: date, *, hospital: bool) -> Pair | None:
        """Return the NCCI edit of two procedures, in either order."""

    def limit(self, code: str, on: date, *, hospital: bool) -> Limit | None:
        """Return the MUE of a procedure."""

    def needed(self, code: str, on: date) -> AbstractSet[str] | None:
        """Return the diagnoses that cover a procedure; ``None``: no list speaks of it."""

    def missing(self) -> tuple[str, ...]:
        """Return the tables that are not loaded: of "hcpcs", "cpt", "ptp", "mue", "necessity"."""
