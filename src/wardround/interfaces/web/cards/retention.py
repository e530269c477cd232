"""What is past its time and goes at the next run, and what a hold keeps back."""

from wardround.interfaces.web.card import Card
from wardround.interfaces.web.signed_in import Visitor
from wardround.privacy.retention import Due
from wardround.security import Action

ORDER = 57
ACTION = Action.KEEP_REGISTERS


def look(here: Visitor) -> Card:
    """Return how much is past its time, and how much of it is kept all the same."""
    with here.wardround.database.read() as tx:
        found = here.wardround.retention.survey(tx)
    ready, held = sum(one.ready for one in found), sum(one.held for one in found)
    says = f"{ready} past their time, to be destroyed at the next run" if ready else ""
    if not ready:
        says = "Nothing is past its time" if _limits(found) else "Everything is kept for good"
    more = f"; {held} kept by a legal hold" if held else ""
    return Card(
        title="Retention", address="/privacy/retention", icon="remove", says=f"{says}{more}"
    )


def _limits(found: list[Due]) -> bool:
    """Whether the clinic set an end to anything."""
    return any(one.kept.days is not None for one in found)
