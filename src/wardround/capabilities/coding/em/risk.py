"""Risk of patient management: medicines, surgery, hospital care, what social conditions limit."""

import re
from functools import cache
from typing import Any

from wardround.capabilities.coding.em.grid import higher, read_rules
from wardround.capabilities.coding.em.model import Element, Level, Part
from wardround.capabilities.coding.em.reading import OPEN, Reading, words_pattern


def read_risk(reading: Reading) -> Part:
    """Return the risk of what the note decides, not of what is only considered or declined."""
    elements = (*_medicines(reading), *_surgery(reading), *_items(reading))
    if not elements:
        return Part(
            level="straightforward",
            elements=(),
            why="no decision of more than minimal risk is written",
        )
    level = higher([item.level for item in elements if item.level is not None])
    leading = next(item for item in elements if item.level == level)
    return Part(level=level, elements=elements, why=f"{leading.says}: {', '.join(leading.words)}")


def _medicines(reading: Reading) -> list[Element]:
    rules = _rules()
    managed = words_pattern(tuple(rules["managed"]))
    elements: dict[str, Element] = {}
    for start, end, asserted in reading.find(_prescribed()):
        first, last = reading.sentence(start)
        sentence = reading.text[first:last]
        if asserted.negated or asserted.time != "current" or asserted.person != "patient":
            continue
        verb = managed.search(sentence)
        if verb is None or not reading.addressed(start) or OPEN.search(sentence[: start - first]):
            continue
        name = reading.text[start:end]
        kind, says, level = _kind(name, sentence)
        if kind not in elements:
            spans = ((verb.start() + first, verb.end() + first), (start, end))
            elements[kind] = _element(reading, kind, says, level, spans)
    if "prescription" not in elements and "toxicity" not in elements:
        return list(elements.values())
    return [item for item in elements.values() if item.kind != "otc"]


def _kind(name: str, sentence: str) -> tuple[str, str, Level]:
    """Return what the management of one medicine is, its level by the words of its sentence."""
    drugs = _rules()["drugs"]
    if _is_of(name, drugs["toxic"]) and _search(drugs["toxicity"], sentence):
        return "toxicity", "drug therapy watched closely for toxicity", "high"
    if _is_of(name, drugs["controlled"]) and _search(drugs["parenteral"], sentence):
        return "parenteral", "a parenteral controlled substance", "high"
    if _is_of(name, drugs["otc"]):
        return "otc", "a medicine without prescription", "low"
    return "prescription", "prescription drug management", "moderate"


def _surgery(reading: Reading) -> list[Element]:
    rules = _rules()["surgery"]
    decided = words_pattern(tuple(rules["decided"]))
    for size in ("major", "minor"):
        for start, end, asserted in reading.find(words_pattern(tuple(rules[size]))):
            first, last = reading.sentence(start)
            sentence = reading.text[first:last]
            verb = decided.search(sentence)
            if verb is None or not reading.addressed(start) or OPEN.search(sentence):
                continue
            if asserted.negated or asserted.time != "current" or asserted.hypothetical:
                continue
            urgent = size == "major" and _search(rules["emergency"], sentence)
            risky = _search(rules["factors"], sentence)
            level: Level = "moderate" if size == "major" else "low"
            says = f"a decision for elective {size} surgery"
            if urgent:
                level, says = "high", "a decision for emergency major surgery"
            elif risky:
                level = "high" if size == "major" else "moderate"
                says += " with risk factors that are written"
            spans = ((start, end), (verb.start() + first, verb.end() + first))
            return [_element(reading, "surgery", says, level, spans)]
    return []


def _items(reading: Reading) -> list[Element]:
    elements = []
    for item in _rules()["item"]:
        pattern = re.compile("|".join(item["patterns"]), re.IGNORECASE)
        for start, end, asserted in reading.find(pattern):
            first, _ = reading.sentence(start)
            if asserted.negated or asserted.hypothetical or asserted.time != "current":
                continue
            if not reading.addressed(start) or OPEN.search(reading.text[first:start]):
                continue
            elements.append(
                _element(reading, item["name"], item["says"], item["level"], ((start, end),))
            )
            break
    return elements


def _element(
    reading: Reading, kind: str, says: str, level: Level, spans: tuple[tuple[int, int], ...]
) -> Element:
    words = tuple(reading.text[start:end] for start, end in spans)
    return Element(kind=kind, says=says, level=level, spans=spans, words=words)


@cache
def _prescribed() -> re.Pattern[str]:
    drugs = _rules()["drugs"]
    words = sorted({*drugs["words"], *drugs["otc"], *drugs["toxic"], *drugs["controlled"]}, key=len)
    known = "|".join(map(re.escape, reversed(words)))
    return re.compile(
        rf"(?<!\w)(?!(?:{'|'.join(drugs['never'])})\b)(?:{known}|\w{{2,}}(?:{'|'.join(drugs['endings'])}))(?!\w)",
        re.IGNORECASE,
    )


def _is_of(name: str, names: list[str]) -> bool:
    return name.lower() in {item.lower() for item in names}


def _search(words: list[str], sentence: str) -> bool:
    return words_pattern(tuple(words)).search(sentence) is not None


@cache
def _rules() -> dict[str, Any]:
    return read_rules("risk")
