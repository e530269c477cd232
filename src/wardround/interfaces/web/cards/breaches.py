"""Breaches: which notice is due soonest, and what is overdue."""

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, day
from wardround.privacy.breaches import Breaches, Duty, DutyKind, Incident, next_duty
from wardround.security import Action

ORDER = 15
ACTION = Action.KEEP_REGISTERS
MOST = 5

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
    due = [(duty, one) for one in found if (duty := next_duty(one, here.today)) is not None]
    due.sort(key=lambda pair: pair[0].due)
    asked = [(one, _asks(duty, one, here)) for duty, one in due]
    done = {one.id for one, _ in asked}
    asked += [(one, "to be closed") for one in found if one.id not in done]
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


def _asks(duty: Duty, one: Incident, here: Visitor) -> str:
    if duty.held_until is not None:
        return f"notices put off until {day(duty.held_until)}"
    left = duty.days_left(here.today)
    what = f"tell {_TOLD[duty.kind]}"
    if one.assessment is None:
        what = f"assess it, or {what}"
    if left < 0:
        return f"{what}, overdue by {count(-left, 'day')}"
    return f"{what} today" if left == 0 else f"{what} within {count(left, 'day')}"
