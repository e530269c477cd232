"""The code tables as they are loaded here: ICD-10-CM of the package, and the user's own files."""

import re
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache
from pathlib import Path

from wardround.capabilities.billing.scrubbing.tables import Limit, Pair, Standing, Term
from wardround.engines.terminology import (
    Absent,
    Edition,
    Tables,
    Tabular,
    load_icd10cm,
    plain,
    references,
)
from wardround.engines.terminology import Standing as Found

_SIDE = re.compile(
    r"\b(?:right|left|bilateral|both|unspecified|unilateral|sides?|eyes?|ears?|of|in|the)\b",
    re.IGNORECASE,
)
_HOSPITAL = {True: ("outpatient", "facility"), False: ("practitioner", "practitioner")}
_REMEMBERED = 20_000


class Loaded:
    """What ``engines.terminology`` knows, as the scrubber asks for it.

    A clinic bills a few hundred codes over and over, and what an edition says of them does not
    change from day to day: answers are remembered by edition, not by day.
    """

    def __init__(self, tabular: Tabular, tables: Tables) -> None:
        self._tabular = tabular
        self._tables = tables
        remember = lru_cache(maxsize=_REMEMBERED)
        self._edition = remember(tabular.nearest)
        self._term = remember(_term)
        self._excludes = remember(_excludes)
        self._comes_first = remember(_comes_first)
        self._both_sides = remember(_both_sides)
        self._standing = remember(self._stands)
        self.procedure = remember(self._procedure)
        self.missing = remember(self._missing)

    def term(self, code: str, on: date | None) -> Term | None:
        """Return a diagnosis code, with or without its dot; ``None`` where there is none."""
        return self._term(self._edition(on), code)

    def standing(self, code: str, on: date) -> Standing:
        """Return how a diagnosis stands on a day."""
        edition = self._edition(on)
        if edition.start <= on <= edition.end and self._term(edition, code) is not None:
            # Of a code in force nothing is said of the day, so that one answer serves them all.
            first = self._standing(code, edition.start)
            return first if first.state == "valid" else self._standing(code, on)
        return self._standing(code, on)

    def _stands(self, code: str, on: date) -> Standing:
        found = self._tabular.valid(code, on)
        if found.standing is Found.NO_EDITION:
            return Standing(str(found.nearest), found.reason, found.mend, sure=False)
        return Standing(str(found.standing), found.reason, found.mend)

    def excludes(self, first: str, second: str, on: date | None) -> str:
        """Return the Excludes1 note that forbids two diagnoses together, or nothing."""
        return self._excludes(self._edition(on), first, second)

    def comes_first(self, code: str, before: str, on: date | None) -> bool:
        """Return whether a "code first" note at ``before`` names ``code``."""
        return self._comes_first(self._edition(on), code, before)

    def both_sides(self, code: str, on: date | None) -> str:
        """Return the code that says of both sides what this says of one, or nothing."""
        return self._both_sides(self._edition(on), code)

    def _procedure(self, code: str, on: date) -> Standing | None:
        """Return how a HCPCS or CPT code stands; ``None``: its code set is not loaded."""
        system = "hcpcs" if code[:1].isalpha() else "cpt"
        found = self._tables.code(system, code, on)
        if isinstance(found, Absent):
            return None
        mend = "Look the code up in the code set of that day: wardround terms search"
        if found is None:
            return Standing("unknown", f"{code} is not in the codes loaded for {on}.", mend)
        if found.end is not None and found.end < on:
            return Standing("retired", f"{code} ended on {found.end}, before {on}.", mend)
        if found.start is not None and found.start > on:
            return Standing("not-yet", f"{code} holds from {found.start}, after {on}.", mend)
        return Standing("valid")

    def pair(self, first: str, second: str, on: date, *, hospital: bool) -> Pair | None:
        """Return the NCCI edit of two procedures, in either order."""
        setting = _HOSPITAL[hospital][0]
        for one, two in ((first, second), (second, first)):
            found = self._tables.ptp(one, two, on, setting)
            if found is not None and not isinstance(found, Absent):
                return Pair(found.column1, found.column2, found.modifier)
        return None

    def limit(self, code: str, on: date, *, hospital: bool) -> Limit | None:
        """Return the MUE of a procedure."""
        found = self._tables.mue(code, on, _HOSPITAL[hospital][1])
        if found is None or isinstance(found, Absent):
            return None
        return Limit(found.units, found.adjudication)

    def needed(self, code: str, on: date) -> AbstractSet[str] | None:
        """Return the diagnoses that cover a procedure; ``None``: no list speaks of it."""
        found = self._tables.necessity(code, on)
        if found is None or isinstance(found, Absent):
            return None
        return {one.diagnosis for one in found}

    def _missing(self, on: date, *, hospital: bool) -> tuple[str, ...]:
        """Return, in words, the tables that could not answer for a day."""
        setting, kind = _HOSPITAL[hospital]
        asked = (
            ("cpt", None),
            ("hcpcs", None),
            ("ptp", setting),
            ("mue", kind),
            ("necessity", None),
        )
        found = (self._tables.edition(name, on, variant) for name, variant in asked)
        return tuple(one.what for one in found if isinstance(one, Absent))


def _term(edition: Edition, code: str) -> Term | None:
    found = edition.find(code)
    if found is None:
        return None
    side = found.laterality or ""
    return Term(found.code, found.display, side, family(found.code, found.display))


def _excludes(edition: Edition, first: str, second: str) -> str:
    found = edition.excludes(first, second)
    return "" if found is None else found.note


def _comes_first(edition: Edition, code: str, before: str) -> bool:
    bare, named = plain(code), plain(before)
    return any(
        one.covers(bare) and not one.covers(named)
        for said in edition.notes(before, "code_first")
        for one in references(said.text)
    )


def _both_sides(edition: Edition, code: str) -> str:
    term = _term(edition, code)
    if term is None:
        return ""
    for other in edition.under(code[:3]):
        found = _term(edition, other)
        if found is not None and found.side == "bilateral" and found.family == term.family:
            return found.code
    return ""


def family(code: str, display: str) -> str:
    """Return what codes share that say the same of different sides.

    >>> family("M25.511", "Pain in right shoulder")
    'M25 pain shoulder'
    """
    words = _SIDE.sub(" ", display.lower()).replace(",", " ").split()
    return " ".join([code[:3], *sorted(word.rstrip("s") for word in words)])


def load_tables(folder: Path | None) -> Loaded:
    """Return the packaged ICD-10-CM with what was loaded into a folder."""
    return Loaded(load_icd10cm(folder), Tables(folder))
