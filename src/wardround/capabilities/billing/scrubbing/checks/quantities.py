"""How much: timed services that fit into a day, and drugs with their package and quantity."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.rule import Hit

NDC = re.compile(r"[0-9]{11}|[0-9]{5}-[0-9]{4}-[0-9]{2}")
DRUG = re.compile(r"J[0-9]{4}|Q[0-9]{4}")
A_DAY = 96
EIGHT_HOURS = 32


def timed(case: Case) -> Iterator[Hit]:
    """Units of fifteen minutes add up to no more than the day has, or a shift."""
    days: dict[tuple[date | None, str], list[tuple[str, Decimal]]] = defaultdict(list)
    for where, line in case.lines():
        if line.procedure in listed("quarters"):
            span = (line.ends - line.begins).days + 1 if line.ends and line.begins else 1
            days[line.begins, case.provider_of(line)].append((where, line.units / max(span, 1)))
    for (day, _), found in days.items():
        units = sum((one for _, one in found), Decimal(0))
        words = {"day": day or "no date", "units": f"{units.normalize():f}"}
        if units > A_DAY:
            yield Hit("units-day", f"{found[-1][0]}/units", words)
        elif units > EIGHT_HOURS:
            yield Hit("units-long", f"{found[-1][0]}/units", words)


def drugs(case: Case) -> Iterator[Hit]:
    """See that a drug's NDC has its form and its quantity; Medicaid wants one."""
    for where, line in case.lines():
        words = {"line": line.number}
        if line.ndc:
            if not NDC.fullmatch(line.ndc):
                yield Hit("ndc-form", f"{where}/ndc", words)
            units = line.ndc_units
            if units is None or units <= 0 or line.ndc_unit not in listed("drug_units"):
                yield Hit("ndc-units", f"{where}/ndc_units", words)
        elif case.filing == "MC" and DRUG.fullmatch(line.procedure):
            yield Hit("ndc-missing", f"{where}/ndc", words)


CHECKS = (timed, drugs)
