"""The inventory of assets, and whether its yearly review is due."""

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count, day
from wardround.privacy.assets import Assets
from wardround.security import Action

ORDER = 45
ACTION = Action.SEE_SAFEGUARDS
MOST = 5


def look(here: Visitor) -> Card:
    """Return how many assets are entered, and which of them nobody reviewed for a year."""
    with here.wardround.database.read() as tx:
        register = Assets(tx, here.wardround.clock)
        entered, reviewed, due = register.list(), register.reviewed(), register.is_due(here.today)
    live = [one for one in entered if not one.retired]
    asks = []
    if due:
        since = f"since {day(reviewed)}" if reviewed else "yet"
        asks = [Line(text=f"Not looked through {since}", address="/privacy/assets")]
    asks += [
        Line(text=f"{one.described.name}: review it", address=f"/privacy/assets/{one.id}")
        for one in live
        if one.is_due(here.today)
    ]
    return Card(
        title="Inventory",
        address="/privacy/assets",
        icon="agenda",
        waiting=len(asks),
        says=f"{count(len(live), 'asset')} entered by hand",
        lines=tuple(asks[:MOST]),
    )
