"""What coding reads of the visit: where the patient was seen, and on which day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from wardround.kernel import Context, InvalidInput, Order, day_of

Setting = Literal["outpatient", "inpatient"]
"""Where the patient was seen: what is only suspected is coded in one of them (II.H, IV.H)."""

_INPATIENT = frozenset({"IMP", "ACUTE", "NONAC"})
"""Classes of a stay in hospital (HL7 v3 ActCode); an observation stay is billed as outpatient."""


class Visit(NamedTuple):
    """The setting and the day by which codes are judged."""

    setting: Setting
    day: date
    kind: str = ""
    """The class of the encounter (HL7 v3 ActCode)."""


def visit_of(order: Order, context: Context) -> Visit:
    """Return setting and day from the encounter; without one, an outpatient of the order's day.

    Codes of a stay are those in force on the day of discharge, of a visit those of the day of
    service (45 CFR 162.1002; Official Guidelines, introduction).
    """
    if order.encounter is None:
        return Visit("outpatient", order.ordered_at.date())
    encounter = context.read(order.encounter)
    kind = encounter.get("class", {}).get("code", "")
    period = encounter.get("period", {})
    if kind in _INPATIENT:
        return Visit("inpatient", _day(period, "end", "start"), kind)
    return Visit("outpatient", _day(period, "start"), kind)


def _day(period: Mapping[str, Any], *names: str) -> date:
    """Return the first day that is given, on the clock it was written by."""
    for name in names:
        if name in period:
            day = day_of(period[name])
            if day is None:
                break
            return day
    raise InvalidInput(
        "The encounter has no date of service, so no edition of the codes can be chosen.",
        where="Encounter.period",
        mend="Enter when the visit was.",
    )
