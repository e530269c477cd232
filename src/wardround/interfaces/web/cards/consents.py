"""Answers of patients that came to the privacy officer, and who refused what."""

from wardround.interfaces.web.card import Card
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count
from wardround.rounds import Consents
from wardround.security import Action

ORDER = 40
ACTION = Action.KEEP_REGISTERS


def look(here: Visitor) -> Card:
    """Return how many refuse recording and research."""
    with here.wardround.database.read() as tx:
        refusals = Consents(tx, here.wardround.clock).refusals()
    said = [
        f"{count(len(patients), 'patient')} said no to {about}"
        for about, patients in refusals.items()
        if patients
    ]
    return Card(
        title="Consent",
        address="/privacy/consents",
        icon="patients",
        says="; ".join(said) or "Nobody has said no",
    )
