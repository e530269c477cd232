"""Denials worked by people: corrected, appealed, asked of the patient, or written off."""

from decimal import Decimal

import pytest
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
)
from wardround.capabilities.billing import Claim
from wardround.kernel import Conflict, InvalidInput, NotAllowed, Role
from wardround.revenue.books import Books
from wardround.revenue.correcting import corrected, fresh_number, next_number
from wardround.revenue.deeds import Deeds
from wardround.revenue.history import History
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Account, Balance
from wardround.revenue.posting import Postings
from wardround.revenue.reasons import Mend, mend_of
from wardround.revenue.state import ClaimState
from wardround.revenue.work import Deed, WorkItem
from wardround.revenue.worklist import WorkList

MACHINE = ROSA.model_copy(update={"id": "m", "role": Role.SERVICE})
REFUSED = decided(
    "WR-1",
    line("99214", "150.00", less("CO", "45", "40.00")),
    line("93000", "50.00", less("CO", "50", "50.00"), control="2"),
)


@pytest.fixture
def ledger(tx: Connection) -> Ledger:
    """A claim of which one service is paid and one refused."""
    ledger = Ledger(tx, now)
    ledger.enter(claim(), "draft-1", SUBJECT, ROSA)
    ledger.move("WR-1", ClaimState.BATCHED, ROSA, "batched")
    Postings(tx, now).post([remittance("T1", REFUSED)], ROSA)
    return ledger


@pytest.fixture
def item(ledger: Ledger, tx: Connection) -> WorkItem:
    (item,) = WorkList(tx, now).list()
    return item


@pytest.mark.requirement("REV-05")
def test_only_a_person_writes_off_and_says_why(
    ledger: Ledger, item: WorkItem, tx: Connection
) -> None:
    deeds = Deeds(tx, now)
    with pytest.raises(InvalidInput, match="Say why"):
        deeds.write_off(item.id, " ", ROSA)
    with pytest.raises(NotAllowed, match="Only a person"):
        deeds.write_off(item.id, "Automatic", MACHINE)
    assert ledger.find("WR-1").listed.balance.written_off == 0
    deeds.write_off(item.id, "Appeal lost", ROSA)
    one = ledger.find("WR-1").listed
    assert one.balance == Balance(
        charge=money("200"), paid=money("110"), contractual=money("40"), written_off=money("50")
    )
    assert one.state is ClaimState.CLOSED
    (done,) = WorkList(tx, now).list(waiting=False)
    assert (done.deed, done.done_by) == (Deed.WRITTEN_OFF, "rosa")
    assert History(tx).of("WR-1")[0].words == "Appeal lost"
    with pytest.raises(Conflict, match="worked before"):
        deeds.write_off(item.id, "Again", ROSA)


def test_what_the_patient_is_asked_and_pays(ledger: Ledger, item: WorkItem, tx: Connection) -> None:
    deeds = Deeds(tx, now)
    deeds.ask_patient(item.id, "Signed notice of noncoverage is there", ROSA)
    one = ledger.find("WR-1").listed
    assert (one.state, one.balance.patient, one.balance.denied) == (
        ClaimState.PAID,
        money("50"),
        money("0"),
    )
    deeds.receive("WR-1", Decimal("20.00"), ROSA)
    assert ledger.find("WR-1").listed.balance.open == money("30")
    deeds.write_off_rest("WR-1", "Small rest", ROSA)
    one = ledger.find("WR-1").listed
    assert (one.state, one.balance.written_off) == (ClaimState.CLOSED, money("30"))
    with pytest.raises(NotAllowed, match="Nothing is open"):
        deeds.write_off_rest("WR-1", "Again", ROSA)
    with pytest.raises(InvalidInput, match="no amount"):
        deeds.receive("WR-1", Decimal(0), ROSA)


def test_an_appeal_that_is_won(ledger: Ledger, item: WorkItem, tx: Connection) -> None:
    Deeds(tx, now).appeal(item.id, "Letter with the record, by fax", ROSA)
    one = ledger.find("WR-1").listed
    assert (one.state, one.balance.denied) == (ClaimState.APPEALED, money("50"))
    again = decided("WR-1", line("93000", "50.00", less("CO", "45", "20.00"), control="2"))
    Postings(tx, now).post([remittance("T2", again)], ROSA)
    one = ledger.find("WR-1").listed
    assert (one.state, one.balance.paid) == (ClaimState.CLOSED, money("140"))


def test_a_corrected_claim_takes_the_place_of_the_old_one(
    ledger: Ledger, item: WorkItem, tx: Connection
) -> None:
    old = ledger.find("WR-1")
    assert isinstance(old.body, Claim)
    new = corrected(old.body, old.listed, next_number("WR-1"))
    assert (new.id, new.frequency, new.original) == ("WR-1.2", "7", "ICNWR-1")
    entered = Deeds(tx, now).replace("WR-1", new, "Modifier 25", ROSA)
    assert (entered.state, entered.replaces, entered.draft) == (ClaimState.READY, "WR-1", "draft-1")
    one = ledger.find("WR-1").listed
    assert (one.state, one.balance.open, one.balance.replaced) == (
        ClaimState.REPLACED,
        money("0"),
        money("50"),
    )
    assert WorkList(tx, now).list() == []

    # The payer takes the old decision back, and pays the new claim.
    ledger.move("WR-1.2", ClaimState.BATCHED, ROSA, "batched")
    whole = decided("WR-1.2", line("99214", "150.00"), line("93000", "50.00"))
    Postings(tx, now).post([remittance("T2", reversed_of(REFUSED), whole)], ROSA)
    old_one, new_one = ledger.find("WR-1").listed, ledger.find("WR-1.2").listed
    assert (old_one.balance.paid, old_one.balance.open) == (money("0"), money("0"))
    assert old_one.state is ClaimState.REPLACED
    assert (new_one.state, new_one.balance.paid) == (ClaimState.CLOSED, money("200"))
    books = Books(tx)
    assert books.total(Account.CASH) == 200_00
    assert -books.total(Account.CHARGES) - books.total(Account.REPLACED) == 200_00


def test_a_replacement_names_what_it_replaces(ledger: Ledger, tx: Connection) -> None:
    with pytest.raises(InvalidInput, match="REF"):
        Deeds(tx, now).replace("WR-1", claim("WR-2", frequency="7"), "Why", ROSA)


def test_a_void_asks_for_nothing(ledger: Ledger, tx: Connection) -> None:
    void = claim("WR-2", frequency="8", original="ICNWR-1")
    assert Deeds(tx, now).replace("WR-1", void, "Wrong patient", ROSA).balance == Balance()


@pytest.mark.parametrize(
    ("number", "following"),
    [("WR-1", "WR-1.2"), ("WR-1.2", "WR-1.3"), ("ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKLMNOPQR.2")],
)
def test_numbers_that_follow(number: str, following: str) -> None:
    assert next_number(number) == following


def test_a_number_that_follows_is_not_taken(ledger: Ledger) -> None:
    ledger.enter(claim("WR-1.2"), None, SUBJECT, ROSA)
    assert fresh_number(ledger, "WR-1") == "WR-1.3"


def test_a_claim_that_is_never_sent(tx: Connection) -> None:
    ledger = Ledger(tx, now)
    ledger.enter(claim("WR-5"), None, SUBJECT, ROSA)
    Deeds(tx, now).write_off_rest("WR-5", "Courtesy visit", ROSA)
    assert ledger.find("WR-5").listed.state is ClaimState.WRITTEN_OFF


def test_the_payer_decides_before_anything_is_written_off(tx: Connection) -> None:
    ledger = Ledger(tx, now)
    ledger.enter(claim("WR-5"), None, SUBJECT, ROSA)
    ledger.move("WR-5", ClaimState.BATCHED, ROSA, "batched")
    with pytest.raises(NotAllowed, match="has not decided"):
        Deeds(tx, now).write_off_rest("WR-5", "Impatient", ROSA)


def test_items_are_given_to_people(item: WorkItem, tx: Connection) -> None:
    work = WorkList(tx, now)
    work.assign(item.id, "rosa", ROSA)
    assert work.find(item.id).assigned == "rosa"
    work.assign(item.id, None, ROSA)
    assert [one.change for one in History(tx).of("WR-1")[:2]] == ["given back", "assigned"]


@pytest.mark.parametrize(
    ("group", "code", "remarks", "mend"),
    [
        ("CO", "4", (), Mend.CORRECT),
        ("CO", "50", (), Mend.APPEAL),
        ("PR", "204", (), Mend.PATIENT),
        ("CO", "252", (), Mend.RECORDS),
        ("CO", "18", (), Mend.WRITE_OFF),
        ("CO", "50", ("MA130",), Mend.CORRECT),
        ("CO", "9999", (), Mend.APPEAL),
    ],
)
def test_what_is_tried_first(group: str, code: str, remarks: tuple[str, ...], mend: Mend) -> None:
    assert mend_of(group, code, remarks) is mend
