"""The ledger: entering, correcting, moving; history and trail; what is sealed."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from tests.revenue.made import NOW, ROSA, SUBJECT, claim, money, now
from wardround.kernel import Conflict, InvalidInput, NotAllowed, NotFound
from wardround.revenue.books import Books
from wardround.revenue.history import History
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Balance
from wardround.revenue.state import MOVES, ClaimState
from wardround.revenue.tables import claims, events
from wardround.security import AuditTrail, shred


@pytest.fixture
def ledger(tx: Connection) -> Ledger:
    return Ledger(tx, now)


@pytest.mark.requirement("REV-01")
def test_a_claim_enters_with_its_charge(ledger: Ledger, tx: Connection) -> None:
    one = ledger.enter(claim(), "draft-1", SUBJECT, ROSA)
    assert (one.state, one.charge, one.payer, one.draft) == (
        ClaimState.READY,
        money("200"),
        "00831",
        "draft-1",
    )
    assert one.balance == Balance(charge=money("200"), payer=money("200"))
    assert ledger.find("WR-1").body == claim()
    assert [each.change for each in History(tx).of("WR-1")] == ["entered"]
    assert ledger.of_draft("draft-1") == [one]
    tx.info.get("last", {}).get("audit", lambda: None)()
    (event,) = AuditTrail(tx).list(action="add-claim")
    assert (event.entity, event.subject, event.purpose) == ("claim/WR-1", SUBJECT, "HPAYMT")


def test_what_the_patient_paid_on_the_day_is_booked(ledger: Ledger) -> None:
    one = ledger.enter(claim(patient_paid=Decimal("20.00")), None, SUBJECT, ROSA)
    assert one.balance == Balance(
        charge=money("200"), paid=money("20"), payer=money("200"), patient=money("-20")
    )
    assert one.balance.open == money("180")


def test_a_number_is_given_once_and_is_one_of_ours(ledger: Ledger) -> None:
    ledger.enter(claim(), None, SUBJECT, ROSA)
    with pytest.raises(Conflict, match="There is a claim of this number already"):
        ledger.enter(claim(), None, SUBJECT, ROSA)
    for wrong in ("VEGA MARISOL", "A/B", "-", "Ä1"):
        with pytest.raises(InvalidInput, match="letters, digits"):
            ledger.enter(claim(wrong), None, SUBJECT, ROSA)
    with pytest.raises(NotFound):
        ledger.find("WR-2")


def test_a_claim_is_corrected_until_it_is_sent(ledger: Ledger, tx: Connection) -> None:
    ledger.enter(claim(patient_paid=Decimal(5)), None, SUBJECT, ROSA)
    one = ledger.amend(claim(charges=("80.00",)), ROSA, "One line was another visit's")
    assert one.balance == Balance(charge=money("80"), payer=money("80"))
    last = History(tx).of("WR-1")[0]
    assert (last.change, last.words) == ("corrected", "One line was another visit's")
    with pytest.raises(InvalidInput, match="Say what was corrected"):
        ledger.amend(claim(), ROSA, " ")
    ledger.move("WR-1", ClaimState.BATCHED, ROSA, "batched")
    with pytest.raises(NotAllowed, match="This claim is batched"):
        ledger.amend(claim(), ROSA, "More")
    ledger.move("WR-1", ClaimState.REJECTED, ROSA, "277CA read")
    assert ledger.amend(claim(), ROSA, "Member number").state is ClaimState.READY


@pytest.mark.requirement("REV-01")
@pytest.mark.parametrize("state", list(ClaimState))
def test_only_allowed_moves(ledger: Ledger, tx: Connection, state: ClaimState) -> None:
    ledger.enter(claim(), None, SUBJECT, ROSA)
    tx.execute(claims.update().values(state=str(state)))
    for then in ClaimState:
        if then is state or then in MOVES[state]:
            continue
        with pytest.raises(NotAllowed, match=f"claim WR-1: A claim that is {state} cannot"):
            ledger.move("WR-1", then, ROSA, "tried")
    assert len(History(tx).of("WR-1")) == 1


def test_every_state_can_be_reached_and_left_to_an_end() -> None:
    reached, frontier = {ClaimState.READY}, {ClaimState.READY}
    while frontier := {then for one in frontier for then in MOVES[one]} - reached:
        reached |= frontier
    assert reached == set(ClaimState)


def test_lists_and_counts(ledger: Ledger) -> None:
    for number in ("A", "B", "C"):
        ledger.enter(claim(number), None, SUBJECT, ROSA)
    ledger.move("B", ClaimState.BATCHED, ROSA, "batched")
    assert ledger.counts() == {ClaimState.READY: 2, ClaimState.BATCHED: 1}
    assert [one.id for one in ledger.list([ClaimState.READY])] == ["A", "C"]
    assert [one.id for one in ledger.list()] == ["A", "B", "C"]
    assert set(ledger.known(["A", "Z", "no such number"])) == {"A"}
    assert ledger.list()[0].age(NOW.date()) == 0


@pytest.mark.requirement("REV-08")
def test_nothing_in_clear_tells_of_the_patient(ledger: Ledger, tx: Connection) -> None:
    ledger.enter(claim(note="Marisol Vega's note"), None, SUBJECT, ROSA)
    ledger.note("WR-1", ROSA, "Mrs Vega called")
    kept = repr([tx.execute(select(table)).all() for table in (claims, events)])
    for word in ("Marisol", "Vega", "1EG4TE5MK73", "I10", "99214", "called"):
        assert word not in kept
    assert History(tx).of("WR-1")[0].words == "Mrs Vega called"


@pytest.mark.requirement("REV-08")
def test_the_books_stay_when_a_patients_key_is_destroyed(ledger: Ledger, tx: Connection) -> None:
    ledger.enter(claim(), None, SUBJECT, ROSA)
    ledger.note("WR-1", ROSA, "Mrs Vega called")
    shred(tx, SUBJECT)
    kept = ledger.find("WR-1")
    assert kept.body is None
    assert kept.listed.balance.charge == money("200")
    assert [one.words for one in History(tx).of("WR-1")] == ["", ""]
    assert Books(tx).of("WR-1")
    assert ledger.bodies(["WR-1"]) == {}
