"""NCCI and coverage, as far as the user's files of CMS are loaded."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from wardround.capabilities.billing.model import ServiceLine
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.rule import Hit


def bundled(case: Case) -> Iterator[Hit]:
    """No service of a day is part of another of that day by the same provider."""
    days: dict[tuple[date, str], list[tuple[str, ServiceLine]]] = defaultdict(list)
    for where, line in case.lines():
        if line.procedure and line.begins is not None:
            days[line.begins, case.provider_of(line)].append((where, line))
    for (day, _), lines in days.items():
        for (where, first), (there, second) in combinations(lines, 2):
            pair = case.tables.pair(
                first.procedure, second.procedure, day, hospital=not case.professional
            )
            if pair is None or pair.modifier == "9":
                continue
            at, two, one = where, first, second
            if pair.column_two == second.procedure:
                at, two, one = there, second, first
            words = {
                "line": two.number, "two": two.procedure,
                "other": one.number, "one": one.procedure,
            }  # fmt: skip
            if pair.modifier == "0":
                yield Hit("ptp-never", f"{at}/procedure", words)
            elif not listed("bypass") & (set(two.modifiers) | set(one.modifiers)):
                yield Hit("ptp-modifier", f"{at}/modifiers", words)


def unlikely(case: Case) -> Iterator[Hit]:
    """No service is billed more often on a line or a day than is likely."""
    days: dict[tuple[str, date, str], Decimal] = defaultdict(Decimal)
    at: dict[tuple[str, date, str], str] = {}
    for where, line in case.lines():
        if not line.procedure or line.begins is None:
            continue
        limit = case.tables.limit(line.procedure, line.begins, hospital=not case.professional)
        if limit is None:
            continue
        words = {"line": line.number, "code": line.procedure, "most": limit.units}
        if limit.indicator == "1":
            if _a_day(line) > limit.units:
                yield Hit("mue-line", f"{where}/units", {**words, "units": _said(_a_day(line))})
            continue
        key = (line.procedure, line.begins, case.provider_of(line))
        days[key] += _a_day(line)
        at.setdefault(key, f"{where}/units")
        if days[key] > limit.units >= days[key] - _a_day(line):
            rule = "mue-day" if limit.indicator == "2" else "mue-clinical"
            yield Hit(rule, at[key], {**words, "units": _said(days[key])})


def _a_day(line: ServiceLine) -> Decimal:
    """Return the units of each day of a line that spans several, as MUE counts them."""
    if line.begins is None or line.ends is None or line.ends <= line.begins:
        return line.units
    return line.units / ((line.ends - line.begins).days + 1)


def _said(units: Decimal) -> str:
    return f"{units.normalize():f}"


def necessary(case: Case) -> Iterator[Hit]:
    """See that a service that a list covers for some diagnoses has one of them."""
    for where, line in case.lines():
        if not line.procedure or line.begins is None:
            continue
        covered = case.tables.needed(line.procedure, line.begins)
        if covered is None or {"GA", "GX", "GY", "GZ"} & set(line.modifiers):
            continue
        places = case.pointed(line) if case.professional else range(len(case.claim.diagnoses))
        codes = {case.claim.diagnoses[place].code.replace(".", "") for place in places}
        if not codes & {one.replace(".", "") for one in covered}:
            words = {"line": line.number, "code": line.procedure}
            yield Hit("necessity", f"{where}/pointers", words)


CHECKS = (bundled, unlikely, necessary)
