"""Right, left or both, as the note says it (I.B.13)."""

import re
from collections.abc import Sequence
from functools import lru_cache
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
_UNSPECIFIED = re.compile(r"unspecified ([a-z ]+?)(?:,|$| with)")
_BEFORE = 40
_CLOSE = 160
"""Characters from a mention within which another sentence tells of the same part of the body."""


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
            sheet.remark(
                "contradiction", (found.code,), text, "I.B.13", [one.span for one in conflict]
            )
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
    near = [side for span in found.spans if (side := _near(sheet, found, span)) is not None]
    if not near:
        near = _elsewhere(sheet, found)
        if len({side.side for side in near}) > 1:
            return None, near
    if {side.side for side in near} == {"right", "left"}:
        first, other = (next(side for side in near if side.side == one) for one in SIDES[:2])
        word = sheet.note.words(other.span)
        return Side("bilateral", first.span, f'and "{word}" of another mention'), ()
    return (near[0] if near else None), ()


def _near(sheet: Sheet, found: Found, mention: Span) -> Side | None:
    note = sheet.note
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
    of_part = _of_part(sheet, found, sentence)
    return of_part[0] if len({side.side for side in of_part}) == 1 else None


def _sides(note: Note, within: Span) -> list[Side]:
    found = []
    for match in _SIDE.finditer(note.text, within.start, within.end):
        if _NOT_A_SIDE.match(note.text, match.end()):
            continue
        name = {"r": "right", "l": "left"}.get(match.lastgroup or "", match.lastgroup or "")
        found.append(Side(name, Span(*match.span()), "in the same sentence"))
    return found


def _elsewhere(sheet: Sheet, found: Found) -> list[Side]:
    """Return the sides that are said of the same part of the body, close by in the same problem."""
    sides = []
    for span in found.spans:
        whole = sheet.note.problem(span)
        close = Span(max(whole.start, span.start - _CLOSE), min(whole.end, span.end + _CLOSE))
        sides += _of_part(sheet, found, close)
    return list(dict.fromkeys(sides))


def _of_part(sheet: Sheet, found: Found, within: Span) -> list[Side]:
    """Return the sides that stand before the part of the body that the code's title names."""
    part = _part(sheet.book.display(found.code))
    if not part:
        return []
    return [
        side._replace(where=f"of the {part}")
        for side in _sides(sheet.note, within)
        if _before(part).match(sheet.note.text, side.span.end)
        and not sheet.note.denied(side.span.start)
    ]


@lru_cache(maxsize=512)
def _before(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\s+\w+){{0,2}}?\s+{re.escape(part)}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _part(title: str) -> str:
    match = _UNSPECIFIED.search(title.lower())
    if match is None:
        return ""
    last = match[1].split()[-1]
    return "" if last in {"side", "site", "limb", "encounter", "trimester", "part"} else last
