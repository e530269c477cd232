"""The order of a claim: what the visit was for, causes before effects (II, IV.G, I.A.13)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.model import Setting
from wardround.capabilities.coding.guidelines.rules import rules
from wardround.capabilities.coding.guidelines.sheet import Sheet

_RULES = rules("sequence")
_FIRST_ONLY = codes(*_RULES["first_only"])
_EXTERNAL = codes(*_RULES["external"])
_STATUS = codes(*_RULES["status"])
_CONCLUDED, _ACUTE, _REASONS = 3, 4, 7
_GROUPS = (
    (0, _FIRST_ONLY),
    (1, codes(*_RULES["pregnancy"])),
    (2, codes(*_RULES["sepsis"])),
    (5, codes(*_RULES["chronic"])),
    (6, codes(*_RULES["symptoms"])),
    (_REASONS, codes(*_RULES["reason"])),
    (8, _STATUS),
    (9, _EXTERNAL),
)
_GROUPS_OF_INPATIENTS = ((0, codes(*_RULES["first_of_inpatients"])), *_GROUPS[1:])
_MANIFESTATION = re.compile(_RULES["manifestation"], re.IGNORECASE)
_BEFORE = [(codes(*rule["first"]), codes(*rule["then"])) for rule in _RULES["before"]]


def sequence(sheet: Sheet) -> None:
    """Put the codes in the order of a claim, and say what the first one is first for."""
    found = sheet.codes
    if not found:
        return
    concluded = _concluded_first(sheet)
    ranked = sorted(found, key=lambda one: _rank(sheet, one, concluded))
    ordered = _constrained(sheet, [one.code for one in ranked])
    sheet.order(ordered)
    _only_first(sheet, ordered)
    first = ordered[0]
    if _MANIFESTATION.search(sheet.book.display(first)):
        text = (
            "A manifestation is never first; the note does not say what it is a manifestation of."
        )
        sheet.remark("conflict", (first,), text, "I.A.13", sheet.codes[0].spans)
    elif first in _EXTERNAL:
        text = "An external cause is never first; the injury is not among the codes."
        sheet.remark("conflict", (first,), text, "I.C.20.a.6", sheet.codes[0].spans)


def _rank(sheet: Sheet, found: Found, first: int | None) -> tuple[int, int]:
    """Return the group of a code, and whether it is among the conclusions, to sort by."""
    inpatient = sheet.setting is Setting.INPATIENT
    group = _group(found.code, inpatient=inpatient)
    place = _place(sheet, found, first)
    if place == 0 and group > _CONCLUDED and group < _REASONS:
        return _CONCLUDED, 0
    return group, place


@lru_cache(maxsize=16_384)
def _group(code: str, *, inpatient: bool) -> int:
    groups = _GROUPS_OF_INPATIENTS if inpatient else _GROUPS
    return next((rank for rank, wanted in groups if code in wanted), _ACUTE)


def _place(sheet: Sheet, found: Found, first: int | None) -> int:
    """Return 0 for what is concluded first, then by where it is concluded; the rest at the end."""
    if first is None:
        return 1
    starts = [one.start for one in found.spans if _inside(one, sheet.note.conclusions)]
    if not starts:
        return len(sheet.note.text) + 1
    return 0 if min(starts) == first else min(starts)


def _concluded_first(sheet: Sheet) -> int | None:
    """Return where the first conclusion stands that is a disease, an injury or a symptom."""
    sections = sheet.note.conclusions
    return min(
        (
            span.start
            for one in sheet
            for span in one.spans[:3]
            if _inside(span, sections) and one.code not in _STATUS and one.code not in _EXTERNAL
        ),
        default=None,
    )


def _inside(span: Span, sections: Sequence[Span]) -> bool:
    return any(section.start <= span.start < section.end for section in sections)


def _constrained(sheet: Sheet, ordered: list[str]) -> list[str]:
    """Move each code behind those that must stand before it; the order stays where it may."""
    waiting, done = list(ordered), []
    after = _predecessors(sheet, ordered)
    while waiting:
        free = (code for code in waiting if not after[code] & set(waiting))
        code = next(free, waiting[0])
        waiting.remove(code)
        done.append(code)
    return done


def _predecessors(sheet: Sheet, codes_: Sequence[str]) -> dict[str, set[str]]:
    """Return of each code those that must stand before it."""
    after: dict[str, set[str]] = {code: set() for code in codes_}
    for code in codes_:
        has_first, has_additional = sheet.book.noted(code)
        for other in codes_ if has_first or has_additional else ():
            if other == code:
                continue
            if has_first and sheet.book.code_first(code, other):
                after[code].add(other)
            if has_additional and sheet.book.use_additional(code, other):
                after[other].add(code)
    for early, late in _BEFORE:
        firsts = {code for code in codes_ if code in early}
        for code in codes_ if firsts else ():
            if code in late:
                after[code] |= firsts - {code}
    return after


def _only_first(sheet: Sheet, ordered: Sequence[str]) -> None:
    for code in ordered[1:]:
        if code in _FIRST_ONLY and sheet.setting is Setting.OUTPATIENT:
            text = f"{code} may only be first; {ordered[0]} stands before it."
            sheet.remark("conflict", (code, ordered[0]), text, "I.C.21.c.16")
