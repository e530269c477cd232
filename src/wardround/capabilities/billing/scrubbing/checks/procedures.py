"""What was done: codes of the right form, in force, with what they stand on."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from wardround.capabilities.billing.model import ServiceLine
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.ranges import ends, group, primaries
from wardround.capabilities.billing.scrubbing.rule import Hit

FORM = re.compile(r"(?!000)[0-9]{5}|[0-9]{4}[FTUM]|[A-V][0-9]{4}")
HIPPS = {"0022", "0023", "0024"}
"""Revenue lines whose code is a payment group (HIPPS), not a procedure."""

LAST = "99607"
"""The last number of category I; category II and III end in a letter."""

SEPARATE = {"24", "25", "57"}
TESTS = ("7", "8")


def codes(case: Case) -> Iterator[Hit]:
    """Each code is of a form that exists, and in force where its code set is loaded."""
    for where, line in case.lines("procedure"):
        words: dict[str, object] = {"line": line.number}
        if not line.procedure:
            yield Hit("procedure-missing", where, words)
        elif line.revenue in HIPPS:
            continue
        elif not FORM.fullmatch(line.procedure) or LAST < line.procedure < "A":
            yield Hit("procedure-form", where, words)
        else:
            on = line.begins or case.coded_on
            stands = None if on is None else case.tables.procedure(line.procedure, on)
            ended = ends(line.procedure) if stands is None else None
            if ended is not None and on is not None and on > ended:
                words |= {"code": line.procedure, "end": ended, "day": on}
                yield Hit("procedure-ended", where, words)
            if stands is not None and stands.state != "valid":
                yield Hit("procedure-date", where, {"reason": stands.says, "mend": stands.mend})


def unchecked(case: Case) -> Iterator[Hit]:
    """Say once what could not be checked."""
    on = case.coded_on
    if on is not None and any(line.procedure for line in case.claim.lines):
        names = case.tables.missing(on, hospital=not case.professional)
        if names:
            yield Hit("tables-missing", "/lines", {"tables": ", ".join(names), "on": on})


def add_ons(case: Case) -> Iterator[Hit]:
    """See that an add-on code has, on its day, something that it adds to."""
    billed: dict[date | None, set[str]] = defaultdict(set)
    for claim in (case.claim, *case.known.claims):
        for line in claim.lines:
            billed[line.begins].add(line.procedure)
    for where, line in case.lines():
        needs = primaries(line.procedure)
        if needs is not None and not any(code in needs for code in billed[line.begins]):
            words = {"line": line.number, "code": line.procedure}
            yield Hit("add-on-alone", f"{where}/procedure", words)


def visits(case: Case) -> Iterator[Hit]:
    """Find a visit beside a procedure, or another visit, by one provider on one day."""
    surgery: dict[tuple[date | None, str], ServiceLine] = {}
    office: dict[tuple[date | None, str], ServiceLine] = {}
    for _, line in case.lines():
        if line.procedure in group("surgery"):
            surgery.setdefault((line.begins, case.provider_of(line)), line)
    for where, line in case.lines():
        if line.procedure not in group("visits"):
            continue
        day = (line.begins, case.provider_of(line))
        separate = bool(SEPARATE & set(line.modifiers))
        if day in surgery and not separate:
            words = {"line": line.number, "other": surgery[day].number}
            yield Hit("visit-with-procedure", f"{where}/modifiers", words)
        if line.procedure in group("same_day"):
            before = office.setdefault(day, line)
            if before is not line and not separate and not SEPARATE & set(before.modifiers):
                words = {"line": line.number, "other": before.number}
                yield Hit("visits-same-day", f"{where}/procedure", words)


def ordered(case: Case) -> Iterator[Hit]:
    """See that a test for Medicare names who ordered it."""
    if case.filing == "MB" and case.claim.referring is None:
        for where, line in case.lines():
            if line.procedure.startswith(TESTS):
                yield Hit("ordering-missing", where, {"line": line.number})
                return


CHECKS = (codes, unchecked, add_ons)
PROFESSIONAL = (visits, ordered)
