"""The account of disclosures, for a patient who asks for it."""

from wardround.interfaces.web.card import Card
from wardround.interfaces.web.signed_in import Visitor
from wardround.security import Action

ORDER = 50
ACTION = Action.KEEP_REGISTERS


def look(here: Visitor) -> Card:
    """Return where the account is made; nothing waits there by itself."""
    del here
    return Card(
        title="Disclosures",
        address="/privacy/disclosures",
        icon="upload",
        says="The account that a patient may ask for, six years back",
    )
