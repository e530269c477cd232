"""Calls that the egress gate refused in the last week."""

from datetime import timedelta

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count
from wardround.security import Action, AuditTrail

ORDER = 30
ACTION = Action.READ_AUDIT
DAYS = 7
MOST = 1000


def look(here: Visitor) -> Card:
    """Return how many calls were refused, and to whom."""
    since = here.wardround.clock() - timedelta(days=DAYS)
    with here.wardround.database.read() as tx:
        trail = AuditTrail(tx)
        refused = trail.list(action="egress", outcome="failure", since=since, limit=MOST)
        sent = trail.list(action="egress", outcome="success", since=since, limit=MOST)
    recipients = sorted({(event.entity or "").partition("/")[2] for event in refused})
    more = "+" if len(sent) == MOST else ""
    return Card(
        title="Calls out",
        address="/privacy/calls",
        icon="upload",
        waiting=len(refused),
        says=f"{len(sent)}{more} sent in {count(DAYS, 'day')}",
        lines=tuple(
            Line(text=f"Refused: {name}", address="/privacy/calls") for name in recipients[:5]
        ),
    )
