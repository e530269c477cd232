"""The patient's share goes to the next insurer, to the cent, and comes back where it does not."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.revenue.made import (
    ROSA,
    SUBJECT,
    claim,
    decided,
    less,
    line,
    money,
    now,
    remittance,
    reversed_of,
    subscriber,
)
from wardround.capabilities.billing import Claim, Payer
from wardround.kernel import Conflict, NotAllowed
from wardround.revenue import (
    Balance,
    ClaimState,
    Deeds,
    Ledger,
    Postings,
    WorkItem,
    WorkKind,
    WorkList,
    corrected,
    pass_on,
)

OTHER = subscriber(responsibility="S", filing="CI", payer=Payer(name="Acme", id="60054"))
FIRST = claim("WR-1", ("150.00",), subscribers=(subscriber(), OTHER))


def passed(tx: Connection, share: str = "30.00") -> WorkItem:
    """Post a first decision that leaves a share; return the work of asking the next insurer."""
    ledger = Ledger(tx, now)
    ledger.enter(FIRST, "draft-1", SUBJECT, ROSA)
    ledger.move("WR-1", ClaimState.BATCHED, ROSA, "batched")
    paid = line("99214", "150.00", less("CO", "45", "40.00"), less("PR", "2", share))
    Postings(tx, now).post([remittance("T1", decided("WR-1", paid))], ROSA)
    (item,) = WorkList(tx, now).list()
    assert item.kind is WorkKind.SECONDARY
    return item


def sent(tx: Connection, number: str) -> None:
    Ledger(tx, now).move(number, ClaimState.BATCHED, ROSA, "batched")


def balance(tx: Connection, number: str) -> Balance:
    found = Ledger(tx).find(number).listed.balance
    assert found.charge - found.paid - found.adjusted == found.open
    return found


def second() -> Claim:
    return FIRST.model_copy(update={"id": "WR-2", "subscribers": (OTHER, subscriber())})


@pytest.mark.requirement("REV-09")
def test_the_next_insurer_is_asked_for_the_share(tx: Connection) -> None:
    item = passed(tx)
    pass_on(tx, second(), "draft-2", "WR-1", item.id, ROSA, now)
    assert balance(tx, "WR-1").open == 0
    assert balance(tx, "WR-1").passed == money(30)
    then = balance(tx, "WR-2")
    assert (then.charge, then.earlier, then.payer) == (money(150), money(120), money(30))
    assert Ledger(tx).find("WR-1").listed.state is ClaimState.CLOSED
    assert Ledger(tx).followed_by("WR-1") == "WR-2"
    assert WorkList(tx).list() == []
    with pytest.raises(Conflict):
        pass_on(tx, second(), "draft-2", "WR-1", item.id, ROSA, now)

    sent(tx, "WR-2")
    told = line("99214", "150.00", less("OA", "23", "120.00"), less("PR", "2", "5.00"))
    decision = decided("WR-2", told, status="2")
    Postings(tx, now).post([remittance("T2", decision)], ROSA)
    after = balance(tx, "WR-2")
    assert (after.paid, after.earlier, after.patient) == (money(25), money(0), money(5))
    assert (after.payer, after.contractual) == (money(0), money(120))
    assert Ledger(tx).find("WR-2").listed.state is ClaimState.PAID
    Postings(tx, now).post([remittance("T3", reversed_of(decision), decision)], ROSA)
    assert balance(tx, "WR-2") == after


def test_an_insurer_that_does_not_tell_of_the_one_before(tx: Connection) -> None:
    pass_on(tx, second(), "draft-2", "WR-1", passed(tx).id, ROSA, now)
    sent(tx, "WR-2")
    told = line("99214", "150.00", less("CO", "45", "125.00"))
    Postings(tx, now).post([remittance("T2", decided("WR-2", told, status="2"))], ROSA)
    after = balance(tx, "WR-2")
    assert (after.paid, after.open, after.earlier) == (money(25), money(0), money(0))


@pytest.mark.requirement("REV-09")
def test_what_is_never_sent_is_the_patients_again(tx: Connection) -> None:
    pass_on(tx, second(), "draft-2", "WR-1", passed(tx).id, ROSA, now)
    Deeds(tx, now).write_off_rest("WR-2", "Coverage had ended", ROSA)
    assert balance(tx, "WR-1").patient == money(30)
    assert balance(tx, "WR-1").passed == 0
    assert Ledger(tx).find("WR-1").listed.state is ClaimState.PAID
    found = Ledger(tx).find("WR-2").listed
    assert (found.state, found.balance.open) == (ClaimState.WRITTEN_OFF, money(0))
    assert Ledger(tx).followed_by("WR-1") is None


def test_a_corrected_second_claim_asks_for_no_more(tx: Connection) -> None:
    pass_on(tx, second(), "draft-2", "WR-1", passed(tx).id, ROSA, now)
    sent(tx, "WR-2")
    told = line("99214", "150.00", less("CO", "16", "150.00"))
    Postings(tx, now).post([remittance("T2", decided("WR-2", told, status="2"))], ROSA)
    assert balance(tx, "WR-2").denied == money(30)  # more was never asked
    kept = Ledger(tx).find("WR-2")
    assert kept.body is not None
    new = corrected(kept.body, kept.listed, "WR-2.2")
    entered = Deeds(tx, now).replace("WR-2", new, "Member number", ROSA)
    assert entered.follows == "WR-1"
    assert balance(tx, "WR-2").open == 0
    assert balance(tx, "WR-2.2").open == money(30)


def test_nothing_is_passed_on_where_nothing_is_left(tx: Connection) -> None:
    item = passed(tx)
    Deeds(tx, now).receive("WR-1", Decimal("30.00"), ROSA)
    with pytest.raises(NotAllowed, match="Nothing is left"):
        pass_on(tx, second(), "draft-2", "WR-1", item.id, ROSA, now)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(share=st.integers(1, 11_000), prior=st.integers(0, 15_000), left=st.integers(0, 15_000))
def test_no_cent_is_lost(tx: Connection, share: int, prior: int, left: int) -> None:
    with tx.begin_nested() as undone:
        pass_on(tx, second(), "d", "WR-1", passed(tx, str(Decimal(share) / 100)).id, ROSA, now)
        sent(tx, "WR-2")
        cas = [less("OA", "23", Decimal(prior) / 100), less("PR", "2", Decimal(left) / 100)]
        told = line("99214", "150.00", *[one for one in cas if one.amount])
        Postings(tx, now).post([remittance("T2", decided("WR-2", told, status="2"))], ROSA)
        found = balance(tx, "WR-2")
        assert found.payer <= 0 or found.earlier == 0
        assert found.open == found.charge - found.paid - found.adjusted
        undone.rollback()
