"""The account of disclosures: patients who asked for theirs, by the day they are answered."""

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, day
from wardround.privacy.disclosures import AccountRequests
from wardround.security import Action

ORDER = 50
ACTION = Action.KEEP_REGISTERS
MOST = 5


def look(here: Visitor) -> Card:
    """Return which requests wait for an answer; the one due soonest first."""
    with here.wardround.database.read() as tx:
        waiting = [one for one in AccountRequests(tx).list() if one.ended is None]
    return Card(
        title="Disclosures",
        address="/privacy/disclosures",
        icon="upload",
        waiting=len(waiting),
        says=f"{count(len(waiting), 'patient')} asked for an account"
        if waiting
        else "The account that a patient may ask for, six years back",
        lines=tuple(
            Line(
                text=f"Asked for {day(one.received)}: {_left(one.days_left(here.today))}",
                address=f"/privacy/disclosures#request-{one.id}",
            )
            for one in waiting[:MOST]
        ),
    )


def _left(days: int) -> str:
    if days < 0:
        return f"the answer is overdue by {count(-days, 'day')}"
    return f"answer within {count(days, 'day')}" if days else "answer today"
