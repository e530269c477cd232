"""Charts opened in an emergency that wait for a review."""

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, when
from wardround.security import Action, Emergencies

ORDER = 10
ACTION = Action.REVIEW_ACCESS
MOST = 5


def look(here: Visitor) -> Card:
    """Return who opened a chart that is not in their care, and when."""
    with here.wardround.database.read() as tx:
        register = Emergencies(tx, here.wardround.clock)
        waiting, found = register.unreviewed(), register.list(MOST)
    names = Names(here.wardround.database)
    lines = [
        Line(
            text=f"{names.of(one.person)}, {when(one.opened)}",
            address=f"/privacy/emergencies#emergency-{one.id}",
        )
        for one in found
        if one.reviewed is None
    ]
    return Card(
        title="Emergency access",
        address="/privacy/emergencies",
        icon="warn",
        waiting=waiting,
        says=f"{count(waiting, 'chart')} opened with a reason, to be reviewed"
        if waiting
        else "Nothing waits for a review",
        lines=tuple(lines),
    )
