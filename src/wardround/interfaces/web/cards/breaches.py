"""Breaches: which notice is due soonest, and what is overdue."""

from collections.abc import Iterable
from datetime import date

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, day
from wardround.privacy.breaches import Breaches, Duty, DutyKind, Incident, next_duty
from wardround.security import Action

ORDER = 15
ACTION = Action.KEEP_REGISTERS
MOST = 5
SOON = 60
"""Days before its last on which a notice waits; the yearly one to the Secretary may be far off."""

_TOLD = {
    DutyKind.INDIVIDUALS: "individuals",
    DutyKind.SUBSTITUTE: "those without a good address",
    DutyKind.MEDIA: "media",
    DutyKind.SECRETARY: "the Secretary",
}


def look(here: Visitor) -> Card:
    """Return what the register asks for, by the day it is due."""
    with here.wardround.database.read() as tx:
        found = [one for one in Breaches(tx, here.wardround.clock).list() if not one.closed]
    asked = waiting(found, here.today)
    return Card(
        title="Breaches",
        address="/privacy/breaches",
        icon="warn",
        waiting=len(asked),
        says=f"{count(len(found), 'incident')} open" if found else "No incident is open",
        lines=tuple(
            Line(
                text=f"{one.circumstances.title}: {words}",
                address=f"/privacy/breaches/{one.id}",
            )
            for one, words in asked[:MOST]
        ),
    )


def waiting(found: Iterable[Incident], today: date) -> list[tuple[Incident, str]]:
    """Return which incidents wait for a person, and for what; what is due soonest first."""
    due: list[tuple[date, Incident, str]] = []
    for one in found:
        duty = next_duty(one, today)
        if duty is None:
            due.append((date.max, one, "to be closed"))
        elif duty.days_left(today) <= SOON:
            due.append((duty.due, one, _asks(duty, one, today)))
    due.sort(key=lambda found: found[0])
    return [(one, words) for _, one, words in due]


def _asks(duty: Duty, one: Incident, today: date) -> str:
    if duty.held_until is not None:
        return f"notices put off until {day(duty.held_until)}"
    left = duty.days_left(today)
    what = f"tell {_TOLD[duty.kind]}"
    if one.assessment is None:
        what = f"assess it, or {what}"
    if left < 0:
        return f"{what}, overdue by {count(-left, 'day')}"
    return f"{what} today" if left == 0 else f"{what} within {count(left, 'day')}"
