"""Legal holds that stand."""

from wardround.interfaces.web.card import Card
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count
from wardround.privacy.holds import LegalHolds
from wardround.security import Action

ORDER = 55
ACTION = Action.KEEP_REGISTERS


def look(here: Visitor) -> Card:
    """Return how many holds stand."""
    with here.wardround.database.read() as tx:
        standing = [one for one in LegalHolds(tx).list() if one.lifted is None]
    says = f"{count(len(standing), 'hold')} in force" if standing else "None: nothing is held"
    return Card(title="Legal holds", address="/privacy/holds", icon="block", says=says)
