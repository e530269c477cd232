"""The 7th character: which encounter, open or closed, how it heals (I.A.5, I.C.19.a and c)."""

import re
from collections.abc import Sequence

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.engines.terminology import Concept

_INJURIES = ("S", "T", "M80", "M84", "V", "W", "X", "Y")
_SEQUELA = (
    r"sequelae?|late effects?|residual (?:\w+ ){0,2}(?:of|from|after)"
    r"|old (?:\w+ ){0,2}(?:injury|fracture)"
)
_SUBSEQUENT = (
    r"follow(?:ed|ing)?[- ]?up|healing|healed|cast (?:removal|off|check|change)|suture removal"
    r"|(?:weeks?|months?) (?:ago|after|post|status[- ]post|s/p|out)|aftercare|recheck|re-?check"
    r"|nonunion|non-union|malunion|mal-union|routine visit for"
)
_HEALING = (
    ("nonunion", r"non-?union"),
    ("malunion", r"mal-?union"),
    ("delayed", r"delayed (?:union|healing)|healing (?:slowly|poorly)"),
)
_OPEN = r"open(?! reduction)|compound|gustilo"
_GRAVE = r"(?:type|grade|gustilo(?:[- ]anderson)?(?: type)?) ?(?:iii[abc]?|3[abc]?)"


def phase_child(
    sheet: Sheet, found: Found, below: Sequence[Concept]
) -> tuple[Concept, Span | None] | None:
    """Return which 7th character the note says; None where the children differ by other things."""
    if not any("initial encounter" in child.display for child in below):
        return None
    kept = [child for child in below if child.code[-1].isalpha()]
    phase, span = _phase(sheet, found)
    kept = _only(kept, phase)
    if phase != "sequela":
        kept, healing_span = _healed(sheet, found, kept, phase)
        kept, open_span = _opened(sheet, found, kept)
        span = open_span or healing_span or span
    return kept[0], span


def settle_encounters(sheet: Sheet) -> None:
    """Turn an initial encounter into the later one that the same sentence says (I.C.19.a)."""
    for found in sheet:
        plain = found.code.replace(".", "")
        if len(plain) < 7 or plain[-1] not in "ABC" or not plain.startswith(_INJURIES):
            continue
        above = sheet.book.above(found.code)
        chosen = phase_child(sheet, found, sheet.book.children(above[0])) if above else None
        if chosen is None or chosen[0].code == found.code or chosen[1] is None:
            continue
        phase = chosen[0].display.rpartition(", ")[2]
        word = sheet.note.words(chosen[1])
        sheet.replace(
            found, chosen[0].code, f'The note says "{word}": {phase}. I.C.19', [chosen[1]]
        )


def _said(sheet: Sheet, found: Found, written: str) -> Span | None:
    for span in found.spans:
        there = sheet.note.said(written, sheet.note.sentence(span))
        if there:
            return there[0]
    return None


def _phase(sheet: Sheet, found: Found) -> tuple[str, Span | None]:
    for phase, written in (("sequela", _SEQUELA), ("subsequent encounter", _SUBSEQUENT)):
        span = _said(sheet, found, written)
        if span is not None:
            return phase, span
    return "initial encounter", None


def _healed(
    sheet: Sheet, found: Found, kept: list[Concept], phase: str
) -> tuple[list[Concept], Span | None]:
    if phase != "subsequent encounter":
        return kept, None
    for word, written in _HEALING:
        span = _said(sheet, found, written)
        if span is not None:
            return _only(kept, word), span
    return _only(kept, "routine healing"), None


def _opened(sheet: Sheet, found: Found, kept: list[Concept]) -> tuple[list[Concept], Span | None]:
    span = _said(sheet, found, _OPEN)
    if span is None:
        return _only(kept, "closed"), None
    grave = _said(sheet, found, _GRAVE)
    opened = _only(kept, "open fracture")
    wanted = "IIIA" if grave is not None else "type I or II"
    return _only(opened, wanted), grave or span


def _only(kept: list[Concept], word: str) -> list[Concept]:
    fits = [child for child in kept if re.search(rf"(?<!\w){re.escape(word)}", child.display)]
    return fits or kept
