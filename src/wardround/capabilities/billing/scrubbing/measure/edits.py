"""A few NCCI edits, limits and coverages made up for the measure: CMS's own are the user's."""

from collections.abc import Set as AbstractSet
from datetime import date

from wardround.capabilities.billing.scrubbing.loaded import Loaded
from wardround.capabilities.billing.scrubbing.tables import Limit, Pair, Standing

PAIRS = {
    frozenset(("27447", "27445")): Pair("27447", "27445", "0"),
    frozenset(("29881", "29877")): Pair("29881", "29877", "1"),
}
LIMITS = {"20605": Limit(2, "1"), "93000": Limit(3, "2"), "82962": Limit(9, "3")}
COVERED = {"95811": frozenset({"G47.33", "G47.31"})}
ENDED = {"99201": date(2020, 12, 31)}


class MadeUp:
    """The packaged diagnoses beside procedure tables that are made up."""

    def __init__(self, loaded: Loaded) -> None:
        self.term = loaded.term
        self.standing = loaded.standing
        self.excludes = loaded.excludes
        self.comes_first = loaded.comes_first
        self.both_sides = loaded.both_sides

    def procedure(self, code: str, on: date) -> Standing | None:
        """Return how a procedure stands: all are in force, save one that ended."""
        end = ENDED.get(code)
        if end is None or on <= end:
            return Standing("valid")
        return Standing("retired", f"{code} ended on {end}, before {on}.", "Look it up.")

    def pair(self, first: str, second: str, on: date, *, hospital: bool) -> Pair | None:  # noqa: ARG002
        """Return the edit of two procedures."""
        return PAIRS.get(frozenset((first, second)))

    def limit(self, code: str, on: date, *, hospital: bool) -> Limit | None:  # noqa: ARG002
        """Return the limit of a procedure."""
        return LIMITS.get(code)

    def needed(self, code: str, on: date) -> AbstractSet[str] | None:  # noqa: ARG002
        """Return the diagnoses that cover a procedure."""
        return COVERED.get(code)

    def missing(self, on: date, *, hospital: bool) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: all is there."""
        return ()
