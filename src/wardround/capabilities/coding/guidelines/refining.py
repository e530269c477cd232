"""Detail of type, acuity, stage, severity or organism that stands elsewhere in the note."""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import CodeSet
from wardround.capabilities.coding.guidelines.note import pattern
from wardround.capabilities.coding.guidelines.rules import Rule, rules
from wardround.capabilities.coding.guidelines.sheet import Sheet

REACH = 80
"""Characters between a mention and a word that still tells of it."""

_TOUCHING = 2

_APART = re.compile(
    r"[,;:()]|\b(?:and|with|or|due to|from|secondary to|but|without)\b", re.IGNORECASE
)
_OPENING = re.compile(r"\s*[,(]\s*")


class Said(NamedTuple):
    """A value of an axis, where it stands and how far from the mention."""

    value: str
    span: Span
    gap: int


class Axis:
    """One kind of detail: its words, and the characters of the code that say it."""

    def __init__(self, rule: Rule) -> None:
        self.name: str = rule["name"]
        self.unknown: str | None = rule.get("unknown")
        self.default: str | None = rule.get("default", self.unknown)
        self.says: Sequence[tuple[str, str]] = rule.get("says", ())
        self.anywhere: Sequence[tuple[str, str]] = rule.get("note", ())
        self._close = _choice(self.says)
        self._far = _choice(self.anywhere)
        self.tight: bool = rule.get("tight", False)
        self.sole: bool = rule.get("sole", False)
        self._ranked: bool = rule.get("ranked", False)

    def read(
        self, sheet: Sheet, spans: Sequence[Span], taken: Sequence[Span]
    ) -> tuple[Said | None, tuple[Said, ...]]:
        """Return what the note says, and the contradicting values where it says several.

        ``taken`` are words that other axes read: they do not part a word from its mention.
        """
        near = self._near(sheet, spans, taken)
        if near:
            return self._chosen(near)
        return self._chosen(self._noted(sheet))

    def contradicted(self, sheet: Sheet, spans: Sequence[Span], value: str) -> Said | None:
        """Return what the words of the mention themselves say, where it is another value."""
        near = [said for said in self._near(sheet, spans, ()) if said.gap <= _TOUCHING]
        if not near or value in {said.value for said in near}:
            return None
        return near[0] if len({said.value for said in near}) == 1 else None

    def _chosen(self, found: Sequence[Said]) -> tuple[Said | None, tuple[Said, ...]]:
        if self.sole and len({said.value for said in found}) > 1:
            closest = min(said.gap for said in found)
            if len({said.value for said in found if said.gap == closest}) > 1 or closest > 2:
                return None, tuple(found)
        if self._ranked and found:
            order = [value for value, _ in self.says]
            return min(found, key=lambda said: order.index(said.value)), ()
        return min(found, key=lambda said: said.gap, default=None), ()

    def _near(self, sheet: Sheet, spans: Sequence[Span], taken: Sequence[Span]) -> list[Said]:
        kept: list[Said] = []
        for span in spans if self.says else ():
            within = sheet.note.sentence(span)
            for name, at in sheet.note.choices(self._close, within):
                gap = _gap(span, at)
                if gap <= REACH and not self._apart(sheet, span, at, taken):
                    kept.append(Said(self.says[int(name[1:])][0], at, gap))
        return kept

    def _apart(self, sheet: Sheet, span: Span, at: Span, taken: Sequence[Span]) -> bool:
        if not self.tight or _gap(span, at) == 0:
            return False
        start, end = min(span.end, at.end), max(span.start, at.start)
        between = sheet.note.text[start:end]
        for word in taken:
            if start <= word.start and word.end <= end:
                between = between.replace(sheet.note.words(word), "")
        opening = _OPENING.match(between) if at.start >= span.end else None
        return _APART.search(between, opening.end() if opening else 0) is not None

    def _noted(self, sheet: Sheet) -> list[Said]:
        if not self.anywhere:
            return []
        found = sheet.note.choices(self._far, sheet.note.whole)
        return [Said(self.anywhere[int(name[1:])][0], at, REACH) for name, at in found]


def _choice(words: Sequence[tuple[str, str]]) -> re.Pattern[str]:
    """Return one expression for all values of an axis, a group for each; the first that fits."""
    return pattern("|".join(f"(?P<v{place}>{one})" for place, (_, one) in enumerate(words)))


class Refinement:
    """A rule: which codes it turns, by which axes."""

    def __init__(self, rule: Rule) -> None:
        self.name: str = rule["name"]
        self.section: str = rule["section"]
        self.code: str = rule["code"]
        self.fallback: str = rule.get("fallback", "")
        self.axes = [Axis(axis) for axis in rule["axis"]]
        self._of = CodeSet.of(rule.get("of", ()))
        self._from: frozenset[str] = frozenset(rule.get("from", ()))
        self._carry: dict[str, dict[str, str]] = rule.get("carry", {})

    @cached_property
    def _template(self) -> re.Pattern[str]:
        pattern = re.escape(self.code)
        for axis in self.axes:
            values = [value for value, _ in (*axis.says, *axis.anywhere)]
            known = [*sorted({*values, axis.unknown or ""}, key=len, reverse=True)]
            choice = "|".join(re.escape(value) for value in known if value) if values else r"\w+"
            single = choice if len(known) > 1 and values else r"\w+"
            pattern = pattern.replace(rf"\{{{axis.name}\}}", f"(?P<{axis.name}>{single})")
        return re.compile(pattern)

    def applies(self, code: str) -> bool:
        """Whether the rule is about a code."""
        return code in self._from or code in self._of

    def known(self, code: str) -> dict[str, str] | None:
        """Return what a code says already of each axis; None where it does not fit."""
        if code in self._from:
            return dict(self._carry.get(code, {}))
        match = self._template.fullmatch(code)
        return None if match is None else match.groupdict()


def _gap(span: Span, at: Span) -> int:
    if at.start >= span.end:
        return at.start - span.end
    return max(0, span.start - at.end)


REFINEMENTS = tuple(Refinement(rule) for rule in rules("specificity")["rule"])


def refine(sheet: Sheet) -> None:
    """Turn codes into more specific ones where the note says the detail."""
    for found in sheet:
        _refined(sheet, found.code)


def refine_completed(sheet: Sheet) -> None:
    """Do so for the codes that lacked characters before."""
    for code in sorted(sheet.completed):
        _refined(sheet, code)


def _refined(sheet: Sheet, code: str) -> None:
    done = -1
    while following := [place for place in _rules_of(code) if place > done]:
        done = following[0]
        there = sheet.get(code)
        if there is None:
            break
        code = _refine(sheet, there, REFINEMENTS[done])


@lru_cache(maxsize=16_384)
def _rules_of(code: str) -> tuple[int, ...]:
    return tuple(place for place, rule in enumerate(REFINEMENTS) if rule.applies(code))


def _refine(sheet: Sheet, found: Found, rule: Refinement) -> str:
    """Return the code that ``found`` has after a rule."""
    known = rule.known(found.code)
    if known is None:
        return found.code
    values = dict(known)
    spans = _read(sheet, found, rule, values)
    if any(axis.name not in values for axis in rule.axes):
        return found.code
    code = sheet.book.complete(rule.code.format(**values))
    if code == found.code:
        _confirm(sheet, found, rule, spans)
    elif spans and code is not None:
        quoted = ", ".join(f'"{sheet.note.words(span)}"' for span in spans)
        sheet.replace(found, code, f"The note says {quoted}: {rule.name}. {rule.section}", spans)
        return code
    return found.code


def _read(sheet: Sheet, found: Found, rule: Refinement, values: dict[str, str]) -> list[Span]:
    """Put into ``values`` what the note says of each axis; return the words that say it."""
    spans: list[Span] = []
    for axis in rule.axes:
        if values.get(axis.name, axis.unknown) == axis.unknown:
            said, conflict = axis.read(sheet, found.spans, spans)
            if conflict:
                _contradicts(sheet, found, rule, conflict)
        else:
            said = axis.contradicted(sheet, found.spans, values[axis.name])
        if said is not None:
            values[axis.name] = said.value
            spans.append(said.span)
        elif axis.default is not None:
            values.setdefault(axis.name, axis.default)
    return spans


def _confirm(sheet: Sheet, found: Found, rule: Refinement, spans: Sequence[Span]) -> None:
    if rule.fallback and not spans:
        sheet.tell(found.code, rule.fallback)


def _contradicts(sheet: Sheet, found: Found, rule: Refinement, said: Sequence[Said]) -> None:
    text = f"The note says different things of the {rule.name}; none was chosen."
    sheet.remark("contradiction", (found.code,), text, rule.section, [one.span for one in said])
