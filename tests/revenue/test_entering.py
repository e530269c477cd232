"""A claim comes with its signature, and comes again when the draft is signed anew."""

import pytest
from sqlalchemy import Connection

from tests.revenue.made import ROSA, SUBJECT, claim, decided, less, line, money, now, remittance
from wardround.kernel import NotAllowed
from wardround.revenue.entering import enter_signed
from wardround.revenue.ledger import Ledger
from wardround.revenue.posting import Postings
from wardround.revenue.state import ClaimState


def enter(tx: Connection, draft: str, *charges: str) -> str:
    return enter_signed(tx, claim(charges=charges or ("200",)), draft, SUBJECT, ROSA, now).id


def test_signed_and_signed_anew(tx: Connection) -> None:
    ledger = Ledger(tx, now)
    assert enter(tx, "d1") == "WR-1"
    assert enter(tx, "d2", "150") == "WR-1"
    one = ledger.find("WR-1").listed
    assert (one.draft, one.charge, one.state) == ("d2", money("150"), ClaimState.READY)

    ledger.move("WR-1", ClaimState.BATCHED, ROSA, "batched")
    with pytest.raises(NotAllowed, match="The claim of this draft is batched"):
        enter(tx, "d3")

    paid = decided("WR-1", line("99214", "150", less("CO", "45", "50")))
    Postings(tx, now).post([remittance("T1", paid)], ROSA)
    assert enter(tx, "d3") == "WR-1.2"
    new = ledger.find("WR-1.2")
    assert new.body is not None
    assert (new.body.frequency, new.body.original) == ("7", "ICNWR-1")
    assert (new.listed.draft, new.listed.replaces) == ("d3", "WR-1")
    assert ledger.find("WR-1").listed.state is ClaimState.REPLACED
