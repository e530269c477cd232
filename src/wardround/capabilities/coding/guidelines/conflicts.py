"""Codes that do not go together, or say less than another (I.A.12, I.B.18)."""

import re
from functools import lru_cache
from itertools import combinations

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.engines.terminology import Exclusion

_BROAD = re.compile(r"\bunspecified\b|\bNOS\b|without complications?\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;]|\b(?:and|with|or|due to)\b", re.IGNORECASE)
_MANIFESTATION = re.compile(r"classified elsewhere", re.IGNORECASE)
_SYMPTOMS = codes("R00-R99")
_WHOLE_SECTION = re.compile(r"\([A-Z]\d\w\.?-?-[A-Z]\d\w")
"""A note such as "coma in diabetes (E08-E13)" speaks of one cause, and not of all who have it."""

_DEFINITE = codes("A00-Q99", "S00-T88", "U07-U85")


def drop_nested(sheet: Sheet) -> None:
    """Leave out a broad code whose words are only parts of the words of a closer one (I.B.18)."""
    for found in sheet:
        title = sheet.book.display(found.code)
        if not _breadth(title) or _MANIFESTATION.search(title):
            continue
        for other in sheet:
            if other.code != found.code and _within(sheet, found, other):
                why = f"Its words are part of those of {other.code}."
                sheet.drop(found.code, why, "I.B.18", by=(other.code,))
                break


def _within(sheet: Sheet, inner: Found, outer: Found) -> bool:
    """Whether all words of one lie in longer words of another, which name but one thing."""
    kin = inner.code[:3] == outer.code[:3]
    for span in inner.spans:
        around = [wide for wide in outer.spans if _holds(wide, span)]
        if not around:
            return False
        if not kin and all(_SEVERAL.search(sheet.note.words(wide)) for wide in around):
            return False
    title, other = sheet.book.display(inner.code), sheet.book.display(outer.code)
    return _breadth(other) <= _breadth(title)


def _holds(wide: Span, span: Span) -> bool:
    return wide != span and wide.start <= span.start and span.end <= wide.end


@lru_cache(maxsize=16_384)
def _breadth(title: str) -> int:
    """Return how much a title leaves open."""
    return len(_BROAD.findall(title))


def settle_conflicts(sheet: Sheet) -> None:
    """Leave out what another code says better; remark what stays in conflict."""
    _say_less(sheet)
    _excluded(sheet)
    _hints(sheet)
    for found in sheet:
        listed = sheet.book.find(found.code)
        if listed is None:
            text = "The Tabular List does not have this code."
            sheet.remark("conflict", (found.code,), text, "I.B.1", found.spans)
        elif not listed.billable:
            text = "It lacks characters, and the note does not say which of the codes below it."
            sheet.remark("conflict", (found.code,), text, "I.B.2", found.spans)


def _say_less(sheet: Sheet) -> None:
    for found in sheet:
        others = [one.code for one in sheet if one.code != found.code]
        below = [other for other in others if found.code in sheet.book.above(other)]
        if below:
            sheet.drop(found.code, f"{below[0]} says it more closely.", "I.B.2", by=below[:1])
            continue
        title = sheet.book.display(found.code)
        above = sheet.book.above(found.code)
        if not above or "-" in above[0] or not _breadth(title):
            continue
        closer = [one for one in others if _closer(sheet, one, above[0], title)]
        if closer:
            sheet.drop(found.code, f"{closer[0]} says it more closely.", "I.B.18", by=closer[:1])


def _closer(sheet: Sheet, other: str, parent: str, title: str) -> bool:
    if parent not in sheet.book.above(other):
        return False
    theirs = sheet.book.display(other)
    if theirs.startswith("Other "):
        return False
    return _breadth(theirs) < _breadth(title)


def _excluded(sheet: Sheet) -> None:
    """Resolve pairs of an Excludes1 note: a symptom or a broader code goes, or both are told."""
    for first, second in combinations([found.code for found in sheet], 2):
        if first in sheet and second in sheet:
            said = sheet.book.excludes1(first, second)
            if said is not None:
                _pair(sheet, said)


def _pair(sheet: Sheet, said: Exclusion) -> None:
    one, other = said.code, said.excluded
    weaker = _of_same_words(sheet, one, other)
    if weaker is None and not _WHOLE_SECTION.search(said.note):
        weaker = _weaker(sheet, one, other)
    if weaker is None:
        text = (
            f"{one} excludes {other} (Excludes1). Both stay only if they are unrelated to each"
            " other; otherwise one goes, or the clinician is asked."
        )
        spans = [found.spans[0] for code in (one, other) if (found := sheet.get(code))]
        sheet.remark("conflict", (one, other), text, "I.A.12.a", spans)
        return
    kept = other if weaker == one else one
    why = f"{one} excludes {other} (Excludes1); the more definite of them stays."
    sheet.drop(weaker, why, "I.A.12.a", by=(kept,))


def _of_same_words(sheet: Sheet, one: str, other: str) -> str | None:
    """Return which gives way of two codes for the same words: the one with the shorter words."""
    pair = [found for code in (one, other) if (found := sheet.get(code)) is not None]
    first, second = sorted(pair, key=lambda found: (-_longest(found), -found.score))
    overlap = (
        any(span.start < wide.end and wide.start < span.end for wide in first.spans)
        for span in second.spans
    )
    return second.code if all(overlap) else None


def _longest(found: Found) -> int:
    return max(span.end - span.start for span in found.spans)


def _weaker(sheet: Sheet, one: str, other: str) -> str | None:
    for weak, strong in ((one, other), (other, one)):
        if weak in _SYMPTOMS and strong in _DEFINITE:
            return weak
    broad = [code for code in (one, other) if _breadth(sheet.book.display(code))]
    return broad[0] if len(broad) == 1 and one[:3] == other[:3] else None


def _hints(sheet: Sheet) -> None:
    """Point out what an Excludes2 note allows beside: no conflict."""
    for first, second in combinations([found.code for found in sheet], 2):
        said = sheet.book.excludes2(first, second)
        if said is not None:
            text = f"{said.excluded} is not part of {said.code} (Excludes2): both may be coded."
            sheet.remark("hint", (said.code, said.excluded), text, "I.A.12.b")
