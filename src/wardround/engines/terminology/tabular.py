"""ICD-10-CM over its editions: which one holds on a date, and whether a code is valid then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from wardround.engines.terminology.concept import Concept, dotted, plain
from wardround.engines.terminology.edition import Edition, Exclusion, Said
from wardround.engines.terminology.search import Hit


class Standing(StrEnum):
    """How a code stands on a date."""

    VALID = "valid"
    INCOMPLETE = "incomplete"
    """A category, or a code that needs more characters."""
    RETIRED = "retired"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"
    NO_EDITION = "no-edition"
    """No loaded edition covers the date: nothing is said of the code."""


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a code may stand on a claim for services of a date, and why not.

    ``nearest`` is how the code stands in the edition nearest to the date where none covers it: a
    hint for a person, never an answer.
    """

    code: str
    on: date
    standing: Standing
    reason: str = ""
    mend: str = ""
    edition: str | None = None
    nearest: Standing | None = None

    @property
    def valid(self) -> bool:
        """Whether an edition in force says that it may."""
        return self.standing is Standing.VALID

    @property
    def known(self) -> bool:
        """Whether any edition covers the date: else nothing is known, neither yes nor no."""
        return self.standing is not Standing.NO_EDITION


class Tabular:
    """The editions, the earliest first. Asked without a date, the newest answers."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.editions = tuple(sorted(editions, key=lambda one: (one.start, one.end)))
        if not self.editions:
            raise ValueError("there is no edition")

    @property
    def newest(self) -> Edition:
        """The edition with the latest start."""
        return self.editions[-1]

    def in_force(self, on: date) -> Edition | None:
        """Return the edition that holds on a date: of several, the one that began last."""
        held = [one for one in self.editions if one.start <= on <= one.end]
        return held[-1] if held else None

    def nearest(self, on: date | None) -> Edition:
        """Return the edition in force, or else the one nearest in time."""
        if on is None:
            return self.newest
        return self.in_force(on) or min(
            self.editions, key=lambda one: max(one.start - on, on - one.end)
        )

    def find(self, code: str, on: date | None = None) -> Concept | None:
        """Return what the nearest edition says of a code; ``valid`` tells if it may be used."""
        return self.nearest(on).find(code)

    def is_a(self, code: str, above: str, on: date | None = None) -> bool:
        """Tell whether ``code`` is ``above``, or stands under it."""
        return self.nearest(on).is_a(code, above)

    def excludes(
        self, code: str, other: str, on: date | None = None, *, kind: int = 1
    ) -> Exclusion | None:
        """Return the Excludes note that sets two codes apart, either way round.

        An edition that was loaded without the notes of the tabular list leaves the answer to the
        nearest one that has them.
        """
        return self._annotated(on).excludes(code, other, kind)

    def notes(self, code: str, kind: str, on: date | None = None) -> tuple[Said, ...]:
        """Return the notes of a kind (``code_first``) that hold for a code, inherited ones too.

        As with ``excludes``, of the nearest edition that has notes.
        """
        return self._annotated(on).notes(code, kind)

    def _annotated(self, on: date | None) -> Edition:
        wanted = self.nearest(on)
        if wanted.annotated:
            return wanted
        noted = [one for one in self.editions if one.annotated]
        return min(noted, key=lambda one: abs(one.start - wanted.start), default=wanted)

    def search(self, text: str, limit: int = 20, on: date | None = None) -> list[Hit]:
        """Return the codes that words may mean, best first, in the edition nearest to a date."""
        return self.nearest(on).search(text, limit)

    def valid(self, code: str, on: date) -> Validity:
        """Tell whether a code may stand on a claim for services of a date."""
        edition = self.in_force(on)
        printed = dotted(code)
        if edition is None:
            near = self.nearest(on)
            return Validity(
                printed,
                on,
                Standing.NO_EDITION,
                f"No edition of ICD-10-CM that is loaded covers {on}; {self._span()}.",
                "Load the CDC's files of that year: wardround terms load FILE",
                nearest=_standing(near, code),
            )
        standing = _standing(edition, code)
        if standing is Standing.VALID:
            return Validity(printed, on, standing, edition=edition.name)
        if standing is Standing.INCOMPLETE:
            reason, mend = _incomplete(edition, printed)
            return Validity(printed, on, standing, reason, mend, edition.name)
        return self._absent(printed, on, edition)

    @cached_property
    def _spans(self) -> str:
        return "; ".join(f"{one.name} from {one.start} to {one.end}" for one in self.editions)

    def _span(self) -> str:
        return f"loaded: {self._spans}"

    def _absent(self, code: str, on: date, edition: Edition) -> Validity:
        """Say why a code is not of the edition in force: retired, to come, or no code."""
        before = [one for one in self.editions if one.end < on and one.knows(code)]
        after = [one for one in self.editions if one.start > on and one.knows(code)]
        mend = "Choose a code of that edition: wardround terms search"
        if before:
            reason = (
                f"{code} was in the edition {before[-1].name}, which ended {before[-1].end}; "
                f"it is not in {edition.name}, in force on {on}."
            )
            return Validity(code, on, Standing.RETIRED, reason, mend, edition.name)
        if after:
            reason = (
                f"{code} is valid only from {after[0].start}; it is not in {edition.name}, "
                f"in force on {on}."
            )
            return Validity(code, on, Standing.NOT_YET, reason, mend, edition.name)
        reason = f"{code} is no code of the edition {edition.name}, in force on {on}."
        return Validity(code, on, Standing.UNKNOWN, reason, mend, edition.name)


def _standing(edition: Edition, code: str) -> Standing:
    if edition.billable(code):
        return Standing.VALID
    return Standing.INCOMPLETE if edition.knows(code) else Standing.UNKNOWN


def _incomplete(edition: Edition, code: str) -> tuple[str, str]:
    concept = edition.find(code)
    if concept is not None and concept.seventh_characters:
        chars = ", ".join(one.char for one in concept.seventh_characters)
        stem = plain(code)
        example = dotted(stem.ljust(6, "X") + concept.seventh_characters[0].char)
        return f"{code} needs a seventh character ({chars}).", f"Complete it, such as {example}."
    children = () if concept is None else concept.children
    listed = ", ".join(children[:6]) + (", …" if len(children) > 6 else "")
    return f"{code} is not complete: a claim needs a code under it.", f"Under it: {listed}."
