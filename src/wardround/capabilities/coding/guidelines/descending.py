"""From a code that cannot stand on a claim to one below it that can (I.B.2, I.B.18)."""

import re
from collections.abc import Sequence

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.encounters import phase_child
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.capabilities.coding.guidelines.sides import side_of
from wardround.capabilities.coding.guidelines.variants import SIDES
from wardround.engines.terminology import Concept

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    "a an and by due for in not of on or other part specified the to type unspecified with without"
    " disease disorder site encounter side".split()
)
_SILENT = (
    re.compile(r"\bunspecified\b|\bNOS\b", re.IGNORECASE),
    re.compile(r"\bnot applicable\b", re.IGNORECASE),
    re.compile(r"\b(?:without|uncomplicated|not intractable)\b", re.IGNORECASE),
)
_NEAR = 60
_STEM = 6
_DEEP = 5


def descend(sheet: Sheet) -> None:
    """Take each code that lacks characters down to one that has them all."""
    for found in sheet:
        listed = sheet.book.find(found.code) or _without_placeholders(sheet, found.code)
        if listed is None or listed.billable:
            continue
        if any(found.code in sheet.book.above(other.code) for other in sheet):
            continue
        code, spans = _down(sheet, found, listed)
        if code is not None:
            sheet.replace(found, code, _why(sheet, found.code, code, spans), spans)
            sheet.completed.add(code)


def _without_placeholders(sheet: Sheet, code: str) -> Concept | None:
    """Return the code that ``V29.9XX`` means: placeholders alone complete nothing (I.A.4)."""
    return sheet.book.find(code.rstrip("X.")) if code.endswith("X") else None


def _why(sheet: Sheet, old: str, code: str, spans: Sequence[Span]) -> str:
    words = ", ".join(f'"{sheet.note.words(span)}"' for span in spans)
    said = f"the note says {words}" if words else "the code below it that fits the note"
    if _SILENT[0].search(sheet.book.display(code)):
        return f"{old} lacks characters; {said}; what is not said stays unspecified. I.B.2, I.B.18"
    return f"{old} lacks characters; {said}. I.B.2"


def _down(sheet: Sheet, found: Found, listed: Concept) -> tuple[str | None, list[Span]]:
    words = _words(sheet, found.spans)
    spans: list[Span] = []
    for _ in range(_DEEP):
        if listed.billable:
            return listed.code, spans
        below = sheet.book.children(listed.code)
        chosen, span = _child(sheet, found, listed, below, words)
        if chosen is None:
            return None, []
        if span is not None:
            spans.append(span)
        listed = chosen
    return (listed.code if listed.billable else None), spans


def _child(
    sheet: Sheet,
    found: Found,
    listed: Concept,
    below: Sequence[Concept],
    words: frozenset[str],
) -> tuple[Concept | None, Span | None]:
    if len(below) == 1:
        return below[0], None
    span = None
    phased = phase_child(sheet, found, below)
    if phased is not None:
        return phased
    own = {child.code: _own(child, listed) for child in below}
    if any(set(SIDES) & said for said in own.values()):
        side, _ = side_of(sheet, found)
        words = words - set(SIDES)
        if side is not None:
            words |= {side.side}
            span = side.span
    fits = sorted(
        (child for child in below if own[child.code] and own[child.code] <= words),
        key=lambda child: -len(own[child.code]),
    )
    if fits and (len(fits) == 1 or len(own[fits[0].code]) > len(own[fits[1].code])):
        return fits[0], span if set(SIDES) & own[fits[0].code] else None
    return _silent(listed, below), None


def _silent(listed: Concept, below: Sequence[Concept]) -> Concept | None:
    """Return the child for what is not said: its title has one more "unspecified" or "without"."""
    for words in _SILENT:
        counts = [len(words.findall(child.display)) for child in below]
        if max(counts) > len(words.findall(listed.display)):
            return below[counts.index(max(counts))]
    return None


def _own(child: Concept, parent: Concept) -> frozenset[str]:
    """Return the words, cut to their stems, that a title has beyond the one above it."""
    above = set(_stems(parent.display))
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", child.display)
    return frozenset(_stems(plain)) - above


def _stems(text: str) -> list[str]:
    return [w if w in SIDES else w[:_STEM] for w in _WORD.findall(text.lower()) if w not in _EMPTY]


def _words(sheet: Sheet, spans: Sequence[Span]) -> frozenset[str]:
    """Return the words of the mentions and those close to them in the same sentence."""
    found: set[str] = set()
    for span in spans:
        whole = sheet.note.sentence(span)
        start, end = max(whole.start, span.start - _NEAR), min(whole.end, span.end + _NEAR)
        found.update(_stems(sheet.note.text[start:end]))
    return frozenset(found)
