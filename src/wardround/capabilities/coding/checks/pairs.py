"""Checks on codes beside one another: what excludes what, what stands twice, which side."""

import re
from collections.abc import Iterator
from itertools import combinations

from wardround.capabilities.coding.checks.check import Case, Check
from wardround.engines.terminology import Tabular
from wardround.kernel import Finding, Severity

_SENTENCE = re.compile(r"[.;\n]")
_SIDES = {
    "right": re.compile(r"\b(?:right|rt|r)\b(?!\s*/)", re.IGNORECASE),
    "left": re.compile(r"\b(?:left|lt|l)\b(?!\s*/)", re.IGNORECASE),
}
_BOTH = re.compile(r"\b(?:bilateral(?:ly)?|both|b/l)\b", re.IGNORECASE)


class Excludes(Check):
    """Two codes that a note of the tabular list sets apart are not coded together (I.A.12.a)."""

    rule = "excludes1"

    def __init__(self, tabular: Tabular) -> None:
        self._tabular = tabular

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield each such pair; they may stand together only where they are unrelated."""
        for (_, one), (place, other) in combinations(case.coded.standing, 2):
            apart = self._tabular.excludes(one.code, other.code, case.coded.date, kind=1)
            if apart is not None and one.code != other.code:
                message = (
                    f"{one.code} and {other.code} exclude each other (Excludes1 at {apart.at})."
                )
                mend = "Reject one; acknowledge only where the two conditions are unrelated."
                yield self.found(Severity.WARN, message, mend, place)


class Duplicate(Check):
    """A code is reported once for a visit, however often it is found (Guidelines I.B.12)."""

    rule = "duplicate"

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield each code that stands already."""
        seen: set[str] = set()
        for place, code in case.coded.standing:
            if code.code in seen:
                message = f"{code.code} stands twice."
                yield self.found(Severity.BLOCK, message, "Reject one of them.", place)
            seen.add(code.code)


class Laterality(Check):
    """The wrong side on a claim is denied, and in a chart it harms (Guidelines I.B.13)."""

    rule = "laterality"

    def __init__(self, tabular: Tabular) -> None:
        self._tabular = tabular

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield codes of a side where their words name only the other one."""
        for place, code in case.coded.standing:
            concept = self._tabular.find(code.code, case.coded.date)
            side = None if concept is None else concept.laterality
            if side not in _SIDES:
                continue
            said = " ".join(_around(case.text, span) for span in case.spans(place))
            other = "left" if side == "right" else "right"
            if _BOTH.search(said) or _SIDES[side].search(said) or not _SIDES[other].search(said):
                continue
            message = f"{code.code} is of the {side} side, and its words say {other}."
            yield self.found(
                Severity.BLOCK, message, f"Choose the code of the {other} side.", place
            )


def _around(text: str, span: tuple[int, int]) -> str:
    """Return the sentence that holds a span."""
    start, end = span
    before = max((m.end() for m in _SENTENCE.finditer(text, 0, start)), default=0)
    after = _SENTENCE.search(text, end)
    return text[before : after.start() if after else len(text)]
