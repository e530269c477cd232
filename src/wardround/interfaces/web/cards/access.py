"""Cases of unusual access with events of this week, worst first."""

from datetime import timedelta

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, day
from wardround.privacy.oversight import Cases
from wardround.security import Action

ORDER = 15
ACTION = Action.REVIEW_ACCESS
LATELY = timedelta(days=7)
MOST = 5


def look(here: Visitor) -> Card:
    """Return how many cases wait, and the worst of this week."""
    since = here.wardround.clock() - LATELY
    with here.wardround.database.read() as tx:
        register = Cases(tx, here.wardround.clock)
        lately, found, total = (
            register.count(since),
            register.waiting(MOST, since=since),
            register.count(),
        )
    names = Names(here.wardround.database)
    older = total - lately
    return Card(
        title="Access review",
        address="/privacy/access",
        icon="shield",
        waiting=lately,
        says=f"{count(older, 'older case')} to review" if older else "Who opened whose chart",
        lines=tuple(
            Line(
                text=f"{names.of(one.person)}, {day(one.last)}, {count(one.points, 'point')}",
                address=f"/privacy/access/cases/{one.id}",
            )
            for one in found
        ),
    )
