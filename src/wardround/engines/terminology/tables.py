"""What scrubbing asks of the loaded tables: edits, limits, necessity, fees, descriptions.

Three answers are kept apart: something is there; a table is loaded and says nothing (``None``); no
table is loaded for that date (``Absent``).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from wardround.engines.terminology.concept import dotted
from wardround.engines.terminology.kinds import kind_of
from wardround.engines.terminology.manifest import Manifest
from wardround.engines.terminology.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Absent:
    """No table is loaded that could answer for the date: neither yes nor no."""

    what: str
    on: date | None
    mend: str

    def __str__(self) -> str:
        when = f" for {self.on}" if self.on else ""
        return f"{self.what}{when}: not loaded. {self.mend}"


class PairEdit(NamedTuple):
    """An NCCI edit. ``modifier``: 0 no modifier parts the pair, 1 one may, 9 not applicable."""

    column1: str
    column2: str
    start: date | None
    end: date | None
    modifier: str
    rationale: str


class UnitLimit(NamedTuple):
    """An MUE. ``adjudication``: 1 a line; 2 a day, by policy; 3 a day, by clinical data."""

    code: str
    units: int
    adjudication: str
    rationale: str


class Support(NamedTuple):
    """A diagnosis that supports a procedure, and who says so."""

    diagnosis: str
    source: str


class Fee(NamedTuple):
    """What a schedule pays for a code with a modifier."""

    code: str
    modifier: str
    amount: Decimal
    schedule: str


class Described(NamedTuple):
    """A code of a loaded list. ``start`` and ``end``: its first and last day, where given."""

    code: str
    display: str
    start: date | None = None
    end: date | None = None


class Tables:
    """The tables loaded into a folder."""

    def __init__(self, folder: Path | None) -> None:
        self.shelf = Shelf(folder)

    def ptp(
        self, column1: str, column2: str, on: date, setting: str = "practitioner"
    ) -> PairEdit | Absent | None:
        """Return the edit that bars ``column2`` beside ``column1`` on a date, in that order.

        A later edition answers for an earlier date: CMS keeps deleted edits with their dates. An
        edit deleted on the day it began was never in force. Where only some parts of CMS's edits
        were loaded, codes outside them are ``Absent``.
        ``setting``: practitioner or outpatient (hospital).
        """
        edition = self._edition("ptp", on, setting) or self._later("ptp", on, setting)
        if edition is None or not _spans(edition, column1.upper()):
            return self.absent("ptp", on, setting)
        for row in self.shelf.rows(edition).find(column1.upper(), column2.upper()):
            start, end = _day(row[2]), _day(row[3])
            if _within(on, start, end) and start != end:
                return PairEdit(row[0], row[1], start, end, row[4], row[5])
        return None

    def mue(self, code: str, on: date, kind: str = "practitioner") -> UnitLimit | Absent | None:
        """Return the most units of a code; ``kind``: practitioner, facility or dme."""
        edition = self._edition("mue", on, kind)
        if edition is None:
            return self.absent("mue", on, kind)
        for row in self.shelf.rows(edition).find(code.upper()):
            return UnitLimit(row[0], int(row[1]), row[2], row[3])
        return None

    def necessity(
        self, procedure: str, on: date | None = None
    ) -> tuple[Support, ...] | Absent | None:
        """Return the diagnoses that support a procedure; none if no list speaks of it.

        From your own lists, and from the coverage articles of CMS where both of their files are
        loaded. Articles are of one Medicare contractor each: ``source`` tells which article.
        """
        articles = self._articles(procedure, on)
        found: list[Support] = list(articles or ())
        editions = self._all("necessity", on)
        for edition in editions:
            found += [
                Support(row[1], row[2])
                for row in self.shelf.rows(edition).find(procedure.upper())
                if on is None or _within(on, _day(row[3]), _day(row[4]))
            ]
        if not editions and articles is None:
            return self.absent("necessity", on)
        return tuple(found) or None

    def fee(
        self, code: str, modifiers: tuple[str, ...], on: date, schedule: str | None = None
    ) -> Fee | Absent | None:
        """Return the fee of a code: that of its first modifier that has one, else the plain one.

        ``schedule``: the variant under which a payer's schedule was loaded; none: the unnamed one.
        """
        editions = [one for one in self._all("fees", on) if one.variant == (schedule or "")]
        if not editions:
            return self.absent("fees", on, schedule or "")
        for edition in reversed(editions):
            rows = self.shelf.rows(edition)
            for modifier in (*(one.upper() for one in modifiers), ""):
                for row in rows.find(code.upper(), modifier):
                    if _within(on, _day(row[3]), _day(row[4])):
                        return Fee(row[0], row[1], Decimal(row[2]), edition.name)
        return None

    def code(self, system: str, code: str, on: date | None = None) -> Described | Absent | None:
        """Return a code of cpt, hcpcs, carc, rarc, loinc, rxnorm or snomed, from a loaded list."""
        editions = self._all(system, on)
        if not editions:
            return self.absent(system, on)
        for edition in reversed(editions):
            for row in self.shelf.rows(edition).find(code.upper()):
                return described(system, row)
        return None

    def edition(self, kind: str, on: date, variant: str | None = None) -> Manifest | Absent:
        """Return the edition of a kind that answers for a date."""
        return self._edition(kind, on, variant) or self.absent(kind, on, variant or "")

    def _articles(self, procedure: str, on: date | None) -> list[Support] | None:
        """Return what coverage articles support; nothing where not both of their files are here."""
        procedures = self._all("article-procedures", on)
        diagnoses = self._all("article-diagnoses", on)
        if not procedures or not diagnoses:
            return None
        listed = self.shelf.rows(diagnoses[-1])
        return [
            Support(dotted(row[2]), f"article A{article}, group {row[3]}")
            for _, article, version in self.shelf.rows(procedures[-1]).find(procedure.upper())
            for row in listed.find(article, version)
        ]

    def _edition(self, kind: str, on: date, variant: str | None) -> Manifest | None:
        return self.shelf.on(kind, on, variant)

    def _later(self, kind: str, on: date, variant: str) -> Manifest | None:
        return next((one for one in self.shelf.of(kind, variant) if one.start > on), None)

    def _all(self, kind: str, on: date | None) -> list[Manifest]:
        known = self.shelf.of(kind)
        return [one for one in known if on is None or one.start <= on <= one.end]

    def absent(self, kind: str, on: date | None, variant: str = "") -> Absent:
        """Return what is said where no table of a kind answers for a date."""
        what = f"{kind_of(kind).title} ({variant})" if variant else kind_of(kind).title
        known = ", ".join(f"{one.name} to {one.end}" for one in self.shelf.of(kind))
        loaded = f" Loaded: {known}." if known else ""
        return Absent(what, on, f"Load them: wardround terms load FILE --kind {kind}.{loaded}")


def described(system: str, row: list[str]) -> Described:
    """Return a kept row of a code list as what it says."""
    if system == "hcpcs":
        return Described(row[0], row[1] or row[2], _day(row[3]), _day(row[4]))
    start, end = (row[2], row[3]) if system in {"carc", "rarc"} else ("", "")
    return Described(row[0], row[1], _day(start), _day(end))


def _spans(edition: Manifest, column1: str) -> bool:
    """Tell whether the loaded parts reach a code."""
    if "first" not in edition.facts:
        return True
    return edition.facts["first"] <= column1 <= edition.facts["last"]


def _day(kept: str) -> date | None:
    return date(int(kept[:4]), int(kept[4:6]), int(kept[6:])) if kept else None


def _within(on: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= on) and (end is None or on <= end)
