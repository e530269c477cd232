"""Right, left or both, as the note says it (I.B.13)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.note import Note
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.capabilities.coding.guidelines.variants import SIDES, variants

_SIDE = re.compile(
    r"\b(?:(?P<bilateral>bilateral(?:ly)?|both|b/l|right and left|left and right)"
    r"|(?P<right>right|rt|r-sided)|(?P<left>left|lt|l-sided))(?!\w)|\((?:(?P<r>R)|(?P<l>L))\)",
    re.IGNORECASE,
)
_NOT_A_SIDE = re.compile(
    r"[- ](?:hand(?:ed|[- ]dominant)|away|now|ventric\w*|atri\w*|bundle|heart|main|axis|shift"
    r"|anterior desc\w*|circumflex|coronary|(?:upper|lower)[- ]quadrant|ama|against"
    r"|the (?:hospital|clinic))",
    re.IGNORECASE,
)
_APART = re.compile(r"[,;:]|\b(?:and|with|but|or|versus)\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*[,(]?\s*(?:(?:of|in|on|at|to|involving|affecting|the|her|his|their)\s+)*$")
_BEFORE = 40


class Side(NamedTuple):
    """A side, the word that says it, and how it is known."""

    side: str
    span: Span
    where: str


def resolve_sides(sheet: Sheet) -> None:
    """Give each code the side that the note says; both where there is no code of both."""
    for found in sheet:
        by_side = variants(sheet.book, found.code, SIDES)
        if not by_side:
            continue
        said, conflict = side_of(sheet, found)
        if conflict:
            text = "The note says different sides; the side was left as it is."
            sheet.remark("conflict", (found.code,), text, "I.B.13", [one.span for one in conflict])
        if said is None or by_side.get(said.side) == found.code:
            continue
        _turn(sheet, found, said, by_side)


def _turn(sheet: Sheet, found: Found, said: Side, by_side: dict[str, str]) -> None:
    word = sheet.note.words(said.span)
    why = f'The note says "{word}" {said.where}. I.B.13'
    if said.side in by_side:
        sheet.replace(found, by_side[said.side], why, (said.span,))
    elif said.side == "bilateral" and {"right", "left"} <= by_side.keys():
        both = f"{why} There is no code of both sides."
        new = sheet.replace(found, by_side["right"], both, (said.span,))
        sheet.add(new._replace(code=by_side["left"]))


def side_of(sheet: Sheet, found: Found) -> tuple[Side | None, Sequence[Side]]:
    """Return the side that is said of a code; the contradicting ones where several are."""
    near = [side for span in found.spans if (side := _near(sheet.note, span)) is not None]
    if near:
        first = near[0]
        differ = {side.side for side in near}
        if differ == {"right", "left"}:
            spans = [next(side for side in near if side.side == one) for one in ("right", "left")]
            joined = spans[0]._replace(side="bilateral")
            return (joined, ()) if found.spans[0] != found.spans[-1] else (first, ())
        return first, ()
    elsewhere = _elsewhere(sheet, found)
    if len({side.side for side in elsewhere}) == 1:
        return elsewhere[0], ()
    return None, elsewhere


def _near(note: Note, mention: Span) -> Side | None:
    sentence = note.sentence(mention)
    sides = _sides(note, sentence)
    for side in sides:
        if mention.start <= side.span.start < mention.end:
            return side._replace(where="in the same words")
    before = [side for side in sides if side.span.end <= mention.start]
    for side in reversed(before):
        between = note.text[side.span.end : mention.start]
        if len(between) <= _BEFORE and not _APART.search(between):
            return side
    for side in sides:
        if side.span.start >= mention.end:
            between = note.text[mention.end : side.span.start]
            if _AFTER.fullmatch(between) or (
                len(between) <= _BEFORE and not _APART.search(between)
            ):
                return side
    if len({side.side for side in sides}) == 1:
        return sides[0]
    return None


def _sides(note: Note, within: Span) -> list[Side]:
    found = []
    for match in _SIDE.finditer(note.text, within.start, within.end):
        if _NOT_A_SIDE.match(note.text, match.end()):
            continue
        name = {"r": "right", "l": "left"}.get(match.lastgroup or "", match.lastgroup or "")
        found.append(Side(name, Span(*match.span()), "in the same sentence"))
    return found


def _elsewhere(sheet: Sheet, found: Found) -> list[Side]:
    """Return the sides that are said of the same part of the body in other sentences."""
    part = _part(sheet, found.code)
    if not part:
        return []
    said = re.compile(rf"(?:{_SIDE.pattern})(?:\s+\w+){{0,2}}?\s+{part}", re.IGNORECASE)
    return [
        Side(name, Span(match.start(), match.start(name) + len(match[name])), f"of the {part}")
        for match in said.finditer(sheet.note.text)
        for name in SIDES
        if match[name] is not None and not sheet.note.denied(match.start())
    ]


def _part(sheet: Sheet, code: str) -> str:
    match = re.search(r"unspecified ([a-z ]+?)(?:,|$| with)", sheet.book.display(code).lower())
    if match is None:
        return ""
    last = match[1].split()[-1]
    return "" if last in {"side", "site", "limb", "encounter", "trimester", "part"} else last
