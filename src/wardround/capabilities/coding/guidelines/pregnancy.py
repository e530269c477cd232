"""How far a pregnancy is, said or counted from the weeks (I.C.15.a.3)."""

import re

from wardround.capabilities.coding.found import Span
from wardround.capabilities.coding.guidelines.note import Note
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.capabilities.coding.guidelines.variants import TRIMESTERS, variants

_WEEKS = re.compile(
    r"\b(?P<weeks>[1-4]?\d)(?:\s*(?:\+|w(?:ee)?ks?,?\s*(?:and\s*)?)\s*\d(?:\s*d(?:ays?)?)?)?"
    r"[ -]*(?:weeks?|wks?|w)?[ -]*"
    r"(?:pregnant|(?:of )?pregnancy|of gestation|gestation(?:al age)?|ga\b|iup)"
    r"|(?:gestational age|gestation|pregnant|pregnancy|ega|ga)(?: (?:of|at|is|was))?:?\s*"
    r"(?P<at>[1-4]?\d)\s*(?:\+\s*\d\s*)?(?:weeks?|wks?|w)\b",
    re.IGNORECASE,
)
_AT_WEEKS = re.compile(
    r"(?:\bat|\bG\d+\s?P\d\S*,?(?: at)?)\s+(?P<weeks>[1-4]?\d)\s*(?:weeks?|wks?|w|\+\s?\d\b)"
    r"(?! (?:ago|after|post|of age|old|later))",
    re.IGNORECASE,
)
"""Said of a woman who is known to be pregnant."""

_TRIMESTER = re.compile(r"\b(first|second|third|1st|2nd|3rd) trimester\b", re.IGNORECASE)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third"}


def resolve_trimester(sheet: Sheet) -> None:
    """Give codes of a pregnancy the trimester, said or counted from the weeks (I.C.15.a.3)."""
    pregnant = [one for one in sheet if one.code[0] == "O" or one.code.startswith("Z34")]
    if not pregnant:
        return
    said = gestation(sheet.note)
    if said is None:
        return
    trimester, span, _ = said
    for found in pregnant:
        to = variants(sheet.book, found.code, TRIMESTERS).get(trimester)
        if to is not None and to != found.code and "unspecified" in sheet.book.display(found.code):
            word = sheet.note.words(span)
            sheet.replace(found, to, f'The note says "{word}". I.C.15.a.3', (span,))


def gestation(note: Note) -> tuple[str, Span, int | None] | None:
    """Return the trimester, the words and the weeks, where the note says them without conflict."""
    said = [(one, one["weeks"] or one["at"]) for one in _WEEKS.finditer(note.text)]
    said += [(one, one["weeks"]) for one in _AT_WEEKS.finditer(note.text)]
    for match, number in said:
        weeks = int(number)
        if 4 <= weeks <= 43 and not note.denied(match.start()):
            trimester = "first" if weeks < 14 else "second" if weeks < 28 else "third"
            return trimester, Span(*match.span()), weeks
    named = _TRIMESTER.search(note.text)
    if named is None:
        return None
    word = named[1].lower()
    return _ORDINALS.get(word, word), Span(*named.span()), None
