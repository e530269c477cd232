"""The audit trail: refusals of this week, and whether it was verified lately."""

from datetime import timedelta

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import when
from wardround.security import Action, AuditTrail

ORDER = 60
ACTION = Action.READ_AUDIT
LATELY = timedelta(days=7)
MOST = 1000
"""Refusals that are counted; more are said to be more."""


def look(here: Visitor) -> Card:
    """Return whether the trail is whole, and how many were refused something."""
    now = here.wardround.clock()
    with here.wardround.database.read() as tx:
        trail = AuditTrail(tx)
        verified = trail.list(action="verify-audit", limit=1)
        refused = len(trail.list(action="denied", since=now - LATELY, limit=MOST))
    text = ""
    if not verified:
        text = "It was not verified yet"
    elif verified[0].outcome == "failure":
        text = "It was found changed"
    elif now - verified[0].at > LATELY:
        text = f"It was last verified on {when(verified[0].at)}"
    more = "+" if refused == MOST else ""
    return Card(
        title="Audit trail",
        address="/privacy/audit",
        icon="note",
        waiting=1 if text else 0,
        says=f"{refused}{more} refused this week" if refused else "Nobody was refused this week",
        lines=(Line(text=text, address="/privacy/audit"),) if text else (),
    )
