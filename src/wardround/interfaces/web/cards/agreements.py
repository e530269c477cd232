"""Agreements that end soon, ended, or lack what the rule demands."""

from datetime import date

from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.interfaces.web.words import count
from wardround.privacy.egress import Agreement, Agreements, Standing
from wardround.security import Action

ORDER = 20
ACTION = Action.KEEP_REGISTERS
MOST = 5


def look(here: Visitor) -> Card:
    """Return what the register asks for today."""
    today = here.today
    with here.wardround.database.read() as tx:
        found = Agreements(tx, here.wardround.clock).list()
    holding = [one for one in found if one.standing(today).holds]
    lines = [
        Line(text=text, address=f"/privacy/agreements/{one.id}")
        for one in sorted(found, key=lambda one: one.terms.expires or today)
        if (text := _asks(one, today))
    ]
    return Card(
        title="Agreements",
        address="/privacy/agreements",
        icon="sign",
        waiting=len(lines),
        says=f"{count(len(holding), 'agreement')} in force"
        if found
        else "None entered: PHI goes to nobody outside.",
        lines=tuple(lines[:MOST]),
    )


def _asks(one: Agreement, today: date) -> str:
    """Return what is to be done about an agreement; empty where nothing is."""
    party, standing, left = one.terms.party, one.standing(today), one.days_left(today)
    if standing is Standing.ENDING:
        return f"{party} ends in {count(left or 0, 'day')}" if left else f"{party} ends today"
    if standing is Standing.EXPIRED:
        return f"{party} expired {count(-(left or 0), 'day')} ago"
    if standing.holds and one.terms.lacks:
        return f"{party} lacks {one.terms.lacks[0]}"
    if standing.holds and not one.documents and not one.terms.document_held:
        return f"{party}: the signed document is not here"
    return ""
