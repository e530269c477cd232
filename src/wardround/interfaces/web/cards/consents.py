"""Answers of patients that came to the privacy officer, and who refused what."""

from wardround.interfaces.web.card import Card
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count
from wardround.privacy import About
from wardround.rounds import Consents
from wardround.security import Action

ORDER = 40
ACTION = Action.KEEP_REGISTERS


def look(here: Visitor) -> Card:
    """Return how many refuse recording and research."""
    with here.wardround.database.read() as tx:
        consents = Consents(tx, here.wardround.clock)
        refused = {about: len(consents.refused(about)) for about in About}
    said = [f"{count(number, 'patient')} said no to {about}" for about, number in refused.items()]
    return Card(title="Consent", address="/privacy/consents", icon="patients", says="; ".join(said))
