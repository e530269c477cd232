"""Clauses of the Security Rule that need somebody's attention.

What looks at every row there is waits for the page itself: the desk is opened often.
"""

from wardround.bootstrap import LONG_PROBES, PROBES, probe_safeguards
from wardround.interfaces.web.card import Card, Line
from wardround.interfaces.web.signed_in import Visitor
from wardround.privacy.safeguards import Statements, Verdict, judge_all, read_clauses
from wardround.security import Action

ORDER = 40
ACTION = Action.SEE_SAFEGUARDS
MOST = 5
OTHERS = ("/privacy/agreements", "/privacy/assets", "/privacy/audit", "/privacy/emergencies")
"""Pages whose own cards say what is wrong there."""


def look(here: Visitor) -> Card:
    """Return which clauses need attention, and how many are answered."""
    with here.wardround.database.read() as tx:
        register = Statements(tx, here.wardround.clock)
        written = register.current()
    clauses = [one for one in read_clauses() if one.duty and not LONG_PROBES & set(one.probes)]
    shown = probe_safeguards(here.wardround, PROBES.keys() - LONG_PROBES)
    judged = judge_all(clauses, shown, written, here.today)
    soon = [one for one in written.values() if one.is_due_soon(here.today)]
    # What is wrong may stand in the way of several clauses, and is said once; what has a card of
    # its own is said there.
    asks = {
        fact: one.clause.slug
        for one in reversed(judged)
        for fact in one.asks
        if not fact.address.startswith(OTHERS)
    }
    lines = [
        Line(text=fact.says, address=f"/privacy/safeguards/{slug}")
        for fact, slug in reversed(asks.items())
    ]
    answered = sum(one.verdict in {Verdict.SHOWN, Verdict.YOURS} for one in judged)
    says = f"{answered} of {len(judged)} clauses answered"
    return Card(
        title="Safeguards",
        address="/privacy/safeguards",
        icon="shield",
        waiting=len(lines),
        says=f"{says}; {len(soon)} to review within 30 days" if soon else says,
        lines=tuple(lines[:MOST]),
    )
