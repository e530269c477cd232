"""Amount and complexity of data: unique tests and notes, a historian, a reading, a discussion."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from wardround.capabilities.coding.em.grid import read_rules
from wardround.capabilities.coding.em.model import Element, Level, Part
from wardround.capabilities.coding.em.reading import OPEN, Reading, words_pattern

_TEST, _NOTE, _HISTORIAN = "test", "note", "historian"
_FIRST = (_TEST, _NOTE, _HISTORIAN)
_OTHERS = {"interpretation": "an independent interpretation", "discussion": "a discussion"}


def read_data(reading: Reading) -> Part:
    """Return the data that the note says were ordered, reviewed, read or discussed.

    A test counts once, and only where its sentence says that it was ordered or what it showed.
    """
    items = _items(reading)
    interpreted = [item.spans[0][0] for item in items if item.kind == "interpretation"]
    apart = [reading.sentence(start) for start in interpreted]
    elements = (*_tests(reading, apart), *items)
    level, why = level_of_data([item.kind for item in elements])
    return Part(level=level, elements=elements, why=why)


def level_of_data(kinds: Sequence[str]) -> tuple[Level, str]:
    """Return the level of some data by their kinds (AMA 2023, column 2), and why."""
    first = sum(kind in _FIRST for kind in kinds)
    met = (first >= 3) + sum(other in kinds for other in _OTHERS)
    told = f"{first} of tests, external notes and an independent historian"
    others = [_OTHERS[other] for other in _OTHERS if other in kinds]
    counted = "; ".join([told, *others])
    if met >= 2:
        return "high", counted
    if met == 1:
        return "moderate", counted
    tests = sum(kind in (_TEST, _NOTE) for kind in kinds)
    if tests >= 2 or _HISTORIAN in kinds:
        return "low", counted
    return (
        "straightforward",
        counted if first else "no test, note, historian or discussion is written",
    )


def _tests(reading: Reading, apart: list[tuple[int, int]]) -> list[Element]:
    """Return each test once; one that is interpreted is counted there, not here."""
    rules = _rules()
    doing = words_pattern((*rules["ordered"], *rules["reviewed"]))
    places = _places(reading)
    elements: dict[str, Element] = {}
    for start, end, name in sorted(places):
        within = any(
            first <= start and end <= last and (first, last) != (start, end)
            for first, last, _ in places
        )
        first, last = reading.sentence(start)
        around = f"{reading.text[first:start]} {reading.text[end:last]}"
        valued = re.match(r"[^.\n]{0,12}\d", reading.text[end:last])
        if within or OPEN.search(around) or _overlaps(apart, start, end):
            continue
        if valued or doing.search(around):
            elements.setdefault(name, _element(reading, _TEST, f"a test: {name}", start, end))
    for general, special in rules["special"].items():  # "the x-ray" may be the chest x-ray
        if special in elements:
            elements.pop(general, None)
    return list(elements.values())


def _places(reading: Reading) -> list[tuple[int, int, str]]:
    """Return where the note names a test that was thought of for the patient, now."""
    return [
        (start, end, test["name"])
        for test in _rules()["test"]
        for start, end, asserted in reading.find(words_pattern(tuple(test["words"])))
        if asserted.person == "patient"
        and asserted.time == "current"
        and not asserted.negated
        and not asserted.hypothetical
        and reading.told(start)
    ]


def _items(reading: Reading) -> list[Element]:
    elements = []
    for item in _rules()["item"]:
        pattern = re.compile("|".join(item["patterns"]), re.IGNORECASE)
        for start, end, asserted in reading.find(pattern):
            if asserted.negated or asserted.hypothetical or asserted.time != "current":
                continue
            elements.append(_element(reading, item["name"], item["says"], start, end))
            break  # each counts once: a second note may be of the same source
    return elements


def _element(reading: Reading, kind: str, says: str, start: int, end: int) -> Element:
    return Element(
        kind=kind, says=says, level=None, spans=((start, end),), words=(reading.text[start:end],)
    )


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in taken)


@cache
def _rules() -> dict[str, Any]:
    return read_rules("data")
