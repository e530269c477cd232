"""The order of a claim: what the visit was for, causes before what they cause (II, IV.G, I.A.13)."""

import re
from collections.abc import Sequence

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.model import Setting
from wardround.capabilities.coding.guidelines.rules import rules
from wardround.capabilities.coding.guidelines.sheet import Sheet

_RULES = rules("sequence")
_FIRST_ONLY = codes(*_RULES["first_only"])
_REASON = codes(*_RULES["reason"])
_PREGNANCY = codes(*_RULES["pregnancy"])
_SEPSIS = codes(*_RULES["sepsis"])
_CHRONIC = codes(*_RULES["chronic"])
_EXTERNAL = codes(*_RULES["external"])
_STATUS = codes(*_RULES["status"])
_SYMPTOMS = codes(*_RULES["symptoms"])
_MANIFESTATION = re.compile(_RULES["manifestation"], re.IGNORECASE)
_BEFORE = [(codes(*rule["first"]), codes(*rule["then"])) for rule in _RULES["before"]]


def sequence(sheet: Sheet) -> None:
    """Put the codes in the order of a claim, and say what the first one is first for."""
    found = sheet.codes
    if not found:
        return
    ranked = sorted(found, key=lambda one: _rank(sheet, one))
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


def _rank(sheet: Sheet, found: Found) -> tuple[int, int]:
    """Return the group of a code, and its place in the list of conclusions within the group."""
    code = found.code
    first = _FIRST_ONLY if sheet.setting is not Setting.INPATIENT else codes("Z38", "Z51.0-Z51.1")
    if code in first:
        return 0, 0
    if code in _EXTERNAL:
        return 9, 0
    if code in _PREGNANCY:
        return 1, _place(sheet, found)
    if code in _SEPSIS:
        return 2, 0
    if code in _STATUS:
        return 8, 0
    if code in _REASON:
        return 7, 0
    place = _place(sheet, found)
    if place == 0:
        return 3, 0
    if code in _SYMPTOMS:
        return 6, place
    return (5 if code in _CHRONIC else 4), place


def _place(sheet: Sheet, found: Found) -> int:
    """Return 0 for what is concluded first, then by where it is concluded; 2 for the rest."""
    sections = sheet.note.conclusions
    if not sections:
        return 1
    starts = [
        (one.code, span.start)
        for one in sheet
        for span in one.spans[:3]
        if _inside(span, sections) and one.code not in _STATUS and one.code not in _EXTERNAL
    ]
    if not starts:
        return 1
    first = min(starts, key=lambda start: start[1])[1]
    if any(span.start == first for span in found.spans):
        return 0
    return 1 if any(_inside(span, sections) for span in found.spans) else 2


def _inside(span: Span, sections: Sequence[Span]) -> bool:
    return any(section.start <= span.start < section.end for section in sections)


def _constrained(sheet: Sheet, ordered: list[str]) -> list[str]:
    """Move each code behind those that must stand before it; the order stays where it may."""
    waiting, done = list(ordered), []
    after = {code: _predecessors(sheet, code, ordered) for code in ordered}
    while waiting:
        free = (code for code in waiting if not after[code] & set(waiting))
        code = next(free, waiting[0])
        waiting.remove(code)
        done.append(code)
    return done


def _predecessors(sheet: Sheet, code: str, others: Sequence[str]) -> set[str]:
    before = {
        one
        for one in others
        if one != code
        and (sheet.book.code_first(code, one) or sheet.book.use_additional(one, code))
    }
    for early, late in _BEFORE:
        if code in late:
            before |= {one for one in others if one in early and one != code}
    return before


def _only_first(sheet: Sheet, ordered: Sequence[str]) -> None:
    for code in ordered[1:]:
        if code in _FIRST_ONLY and sheet.setting is Setting.OUTPATIENT:
            text = f"{code} may only be first; {ordered[0]} stands before it."
            sheet.remark("conflict", (code, ordered[0]), text, "I.C.21.c.16")
