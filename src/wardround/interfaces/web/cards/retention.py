"""Whether what is past its time is destroyed as the clinic has set it."""

from datetime import timedelta

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, when
from wardround.security import Action

ORDER = 57
ACTION = Action.KEEP_REGISTERS
LATELY = timedelta(days=7)
"""How long ago the last run may be: it is meant for every night."""


def look(here: Visitor) -> Card:
    """Return when the last run was, and that one is due where the clinic set an end to anything.

    What is past its time is counted on the page itself: every order is opened for that.
    """
    retention = here.wardround.retention
    limited = [kept for kept in retention.schedule if kept.days is not None]
    with here.wardround.database.read() as tx:
        last = retention.last_run(tx)
    asks, says = "", "Everything is kept for good"
    if limited:
        says = f"The clinic set an end to {count(len(limited), 'kind')} of things"
        if last is None:
            asks = "Nothing was destroyed yet: is the nightly run set up?"
        elif here.wardround.clock() - last.at > LATELY:
            asks = f"The last run was on {when(last.at)}"
        else:
            says = f"Last run on {when(last.at)}"
    return Card(
        title="Retention",
        address="/privacy/retention",
        icon="remove",
        waiting=1 if asks else 0,
        says=says,
        lines=(Line(text=asks, address="/privacy/retention"),) if asks else (),
    )
