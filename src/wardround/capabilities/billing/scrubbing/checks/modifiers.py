"""Modifiers: known, not against each other, and with the codes that they are for."""

import re
from collections.abc import Iterator

from wardround.capabilities.billing.model import ServiceLine
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.lists.ranges import group, visits
from wardround.capabilities.billing.scrubbing.rule import Hit

FORM = re.compile(r"[A-Z0-9]{2}")
BY_VIDEO = {"95": "video", "GT": "video", "93": "telephone", "FQ": "telephone"}
DISTINCT = ("XE", "XP", "XS", "XU")
GLOBAL = {"54", "55", "56"}
VISIT_ONLY = ("24", "25", "57")
PROCEDURE_ONLY = ("51", "58", "59", "62", "78", "79", "80", "82", "XE", "XP", "XS", "XU")


def known(case: Case) -> Iterator[Hit]:
    """Each modifier has two characters, is in a list, and stands once."""
    for where, line in case.lines():
        seen: set[str] = set()
        for place, one in enumerate(line.modifiers):
            at = f"{where}/modifiers/{place}"
            words = {"line": line.number, "modifier": one}
            if not FORM.fullmatch(one):
                yield Hit("modifier-form", at, words)
            elif one in seen:
                yield Hit("modifier-twice", at, words)
            elif one not in listed("modifiers") and not set(one) <= listed("ambulance"):
                yield Hit("modifier-unknown", at, words)
            seen.add(one)


def together(case: Case) -> Iterator[Hit]:
    """No line has two modifiers that contradict each other."""
    for where, line in case.lines("modifiers"):
        has = set(line.modifiers)
        words: dict[str, object] = {"line": line.number}
        left, right = has & listed("left"), has & listed("right")
        if {"26", "TC"} <= has:
            yield Hit("modifier-parts", where, words)
        if "50" in has and left | right:
            side = min(left | right)
            yield Hit("modifier-bilateral", where, {**words, "modifier": side})
        elif left and right:
            yield Hit("modifier-sides", where, words)
        for one in DISTINCT:
            if "59" in has and one in has:
                yield Hit("modifier-distinct", where, {**words, "modifier": one})
        if "50" in has and line.units > 1:
            at = where.replace("/modifiers", "/units")
            yield Hit("bilateral-units", at, {**words, "units": f"{line.units.normalize():f}"})


def against(case: Case) -> Iterator[Hit]:
    """See that of modifiers of which only one can be true a line has one."""
    for where, line in case.lines("modifiers"):
        has = set(line.modifiers)
        words: dict[str, object] = {"line": line.number}
        if {"76", "77"} <= has:
            yield Hit("modifier-repeat", where, words)
        for one in listed("against"):
            both = sorted(has & set(one.split("/")))
            if len(both) > 1:
                yield Hit("modifier-against", where, {**words, "first": both[0], "second": both[1]})
        if len(has & GLOBAL) > 1:
            shared = ", ".join(sorted(has & GLOBAL))
            yield Hit("modifier-global", where, {**words, "modifiers": shared})


def fitting(case: Case) -> Iterator[Hit]:
    """See that a modifier of visits is on a visit, one of procedures on one, QW on a test."""
    for where, line in case.lines("modifiers"):
        code = line.procedure
        for one in line.modifiers:
            words = {"line": line.number, "modifier": one}
            if one in VISIT_ONLY and code and code not in group("modifier_25"):
                yield Hit("modifier-visit", where, words)
            if one in PROCEDURE_ONLY and code in group("same_day"):
                yield Hit("modifier-surgery", where, words)
            if one == "QW" and code and not code.startswith(("8", "G0", "0")):
                yield Hit("modifier-waived", where, words)


def places(case: Case) -> Iterator[Hit]:
    """Telehealth and visits are where they can be."""
    if not case.professional:
        return
    for where, line in case.lines("place"):
        place = case.place_of(line)
        words = {"line": line.number, "place": place}
        yield from _telehealth(where, line, place)
        for visit in visits():
            if line.procedure in visit.codes and place in visit.never:
                yield Hit("place-visit", where, {**words, "kind": visit.kind})


def _telehealth(where: str, line: ServiceLine, place: str) -> Iterator[Hit]:
    said = [one for one in line.modifiers if one in BY_VIDEO]
    if not place:
        return
    if said and place not in listed("telehealth_places"):
        words = {"line": line.number, "how": BY_VIDEO[said[0]], "modifier": said[0], "place": place}
        yield Hit("place-telehealth", where, words)
    elif place in listed("telehealth_places") and not said and "GQ" not in line.modifiers:
        yield Hit("telehealth-unsaid", where, {"line": line.number})


CHECKS = (known, together, against, fitting, places)
