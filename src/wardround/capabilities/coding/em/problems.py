"""Number and complexity of problems addressed, from the words of the note and the codes found."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from wardround.capabilities.coding.em.grid import higher, read_rules
from wardround.capabilities.coding.em.model import Element, Level, Part
from wardround.capabilities.coding.em.reading import Reading, words_pattern
from wardround.capabilities.coding.found import Found
from wardround.engines.assertion import Assertion, assess

_ALONE: dict[str, Level] = {
    "minor": "straightforward",
    "acute": "low",
    "chronic": "low",
    "uncertain": "moderate",
    "systemic": "moderate",
    "injury": "moderate",
    "worse": "moderate",
    "severe": "high",
    "threat": "high",
}
_DOUBTED = "acute"  # a diagnosis that is only possible counts as the illness that is looked into


class _Mention(NamedTuple):
    name: str
    kind: str
    start: int
    end: int
    asserted: Assertion


def read_problems(reading: Reading, found: Sequence[Found]) -> Part | None:
    """Return the problems that the note addresses; None if it names none that is known here.

    What is denied, past, of another person or only feared is no problem addressed. Where
    assessment and plan name none, those that the visit was for, as the rest of the note tells
    them, count no higher than low.
    """
    told = _mentions(reading, found)
    addressed = _part(reading, [item for item in told if reading.addressed(item.start)])
    if addressed is not None:
        return addressed
    part = _part(reading, told)
    if part is None:
        return None
    why = f"{part.why}; named in the history alone, so it counts no higher than low"
    if not _above_low(part.level):
        return part.model_copy(update={"why": why})
    return part.model_copy(update={"level": "low", "why": why, "uncapped": part.level})


def _above_low(level: Level) -> bool:
    return level in {"moderate", "high"}


def _part(reading: Reading, mentions: Sequence[_Mention]) -> Part | None:
    elements: dict[str, Element] = {}
    for mention in sorted(mentions, key=lambda item: item.start):
        known = elements.get(mention.name)
        element = _element(reading, mention)
        if known is None or _rank(element) > _rank(known):
            elements[mention.name] = element
    if not elements:
        return None
    counted = tuple(elements.values())
    level, why = _level(counted)
    return Part(level=level, elements=counted, why=why)


def _mentions(reading: Reading, found: Sequence[Found]) -> list[_Mention]:
    rules = _rules()
    same = rules["same"]
    mentions: list[_Mention] = []
    for kind in rules["kind"]:
        for start, end, asserted in reading.find(words_pattern(tuple(kind["words"]))):
            name = reading.text[start:end].lower()
            mentions.append(_Mention(same.get(name, name), kind["name"], start, end, asserted))
    never = [(start, end) for start, end, _ in reading.find(words_pattern(tuple(rules["never"])))]
    mentions = [
        item
        for item in mentions
        if not _within(item, mentions)
        and not any(start <= item.start and item.end <= end for start, end in never)
    ]
    mentions += _of_codes(reading, found, mentions)
    return [item for item in mentions if _counts(item.asserted)]


def _of_codes(
    reading: Reading, found: Sequence[Found], known: Sequence[_Mention]
) -> list[_Mention]:
    """Return the problems of codes whose words are not known here; a code needs its own words."""
    mentions: list[_Mention] = []
    for item in found:
        kind = _kind_of(item.code)
        if kind is None or any(_overlap(span, known) for span in item.spans):
            continue
        addressed = [span for span in item.spans if reading.addressed(span.start)]
        start, end = (addressed or item.spans)[0]
        asserted = assess(reading.text, [(start, end)])[0]
        mentions.append(_Mention(item.code[:3], kind, start, end, asserted))
    return mentions


def _kind_of(code: str) -> str | None:
    """Return the kind whose category the code begins with; the longest category decides."""
    best = max(
        (
            (len(category), kind["name"])
            for kind in _rules()["kind"]
            for category in kind["codes"]
            if code.startswith(category)
        ),
        default=None,
    )
    return best[1] if best else None


def _counts(asserted: Assertion) -> bool:
    return (
        not asserted.negated
        and asserted.time == "current"
        and asserted.person == "patient"
        and not asserted.hypothetical
    )


def _within(item: _Mention, others: Sequence[_Mention]) -> bool:
    return any(
        other.start <= item.start and item.end <= other.end and other[2:4] != item[2:4]
        for other in others
    )


def _overlap(span: tuple[int, int], others: Sequence[_Mention]) -> bool:
    return any(span[0] < other.end and other.start < span[1] for other in others)


def _element(reading: Reading, mention: _Mention) -> Element:
    kind, spans = mention.kind, [(mention.start, mention.end)]
    says = next(item["says"] for item in _rules()["kind"] if item["name"] == kind)
    if mention.asserted.certainty == "possible":
        kind, says = _DOUBTED, "a problem that is looked into, its diagnosis not certain"
    elif kind == "chronic":
        for status in ("severe", "worse"):
            place = _status(reading, mention, status)
            if place is not None:
                grave = "with severe exacerbation" if status == "severe" else "not at its goal"
                kind, says = status, f"a chronic illness {grave}"
                spans.append(place)
                break
        else:
            says = "a chronic illness; no word of a change, taken as stable"
    elif kind == "acute":
        place = _status(reading, mention, "systemic")
        if place is not None:
            kind, says = "systemic", "an acute illness with systemic symptoms"
            spans.append(place)
    return Element(
        kind=kind,
        says=says,
        level=_ALONE[kind],
        spans=tuple(spans),
        words=tuple(reading.text[start:end] for start, end in spans),
    )


def _status(reading: Reading, mention: _Mention, status: str) -> tuple[int, int] | None:
    """Return words of the mention's own sentence that say how it stands, if they are asserted."""
    first, last = reading.sentence(mention.start)
    sentence = reading.text[first:last]
    pattern = words_pattern(tuple(_rules()["status"][status]))
    spans = [(at.start() + first, at.end() + first) for at in pattern.finditer(sentence)]
    for span, asserted in zip(spans, assess(reading.text, spans), strict=True):
        if _counts(asserted) and not asserted.conditional:
            return span
    return None


def _rank(element: Element) -> int:
    return list(_ALONE).index(element.kind)


def _level(elements: Sequence[Element]) -> tuple[Level, str]:
    """Return the level of some problems (AMA 2023, column 1), and why."""
    level = higher([_ALONE[item.kind] for item in elements])
    stable = sum(item.kind == "chronic" for item in elements)
    minor = sum(item.kind == "minor" for item in elements)
    if level == "low" and stable >= 2:
        return "moderate", f"{stable} chronic illnesses that are stable"
    if level == "straightforward" and minor >= 2:
        return "low", f"{minor} self-limited or minor problems"
    leading = next(item for item in elements if _ALONE[item.kind] == level)
    return level, f"{leading.says}: {leading.words[0]}"


@cache
def _rules() -> dict[str, Any]:
    return read_rules("problems")
