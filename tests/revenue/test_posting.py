"""Posting remittances: balanced to the cent, once, as a whole; what it makes of claims."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection, func, select

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
from wardround.kernel import Conflict, InvalidInput
from wardround.revenue.books import Books
from wardround.revenue.held import Holding
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Account, Balance
from wardround.revenue.posting import Postings
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import entries, payments
from wardround.revenue.variances import VarianceKind
from wardround.revenue.work import Deed, WorkKind
from wardround.revenue.worklist import WorkList


@pytest.fixture
def ledger(tx: Connection) -> Ledger:
    ledger = Ledger(tx, now)
    sent(ledger, "WR-1")
    return ledger


def sent(ledger: Ledger, number: str, *charges: str) -> None:
    """Enter a claim and bring it to the payer."""
    ledger.enter(claim(number, charges or ("150.00", "50.00")), f"draft-{number}", SUBJECT, ROSA)
    ledger.move(number, ClaimState.BATCHED, ROSA, "batched")
    ledger.move(number, ClaimState.SENT, ROSA, "sent")


def post(tx: Connection, *remittances: object) -> None:
    Postings(tx, now).post(list(remittances), ROSA)  # type: ignore[arg-type]


PAID = decided(
    "WR-1",
    line("99214", "150.00", less("CO", "45", "40.00"), less("PR", "2", "22.00")),
    line("93000", "50.00", less("CO", "45", "30.00"), less("PR", "1", "20.00")),
)


def test_what_is_paid_agreed_and_the_patients_share(ledger: Ledger, tx: Connection) -> None:
    post(tx, remittance("T1", PAID))
    one = ledger.find("WR-1").listed
    assert one.balance == Balance(
        charge=money("200"), paid=money("88"), contractual=money("70"), patient=money("42")
    )
    assert one.balance.charge - one.balance.paid - one.balance.adjusted == one.balance.open
    assert one.state is ClaimState.PAID
    assert one.payer_control == "ICNWR-1"
    assert WorkList(tx, now).list() == []
    services = {entry.service for entry in Books(tx).of("WR-1") if entry.group}
    assert services == {1, 2}


def test_a_claim_that_is_paid_in_full_closes(ledger: Ledger, tx: Connection) -> None:
    whole = decided("WR-1", line("99214", "150.00"), line("93000", "50.00"))
    post(tx, remittance("T1", whole))
    assert ledger.find("WR-1").listed.state is ClaimState.CLOSED


@pytest.mark.requirement("REV-05")
def test_a_denial_stays_open_until_a_person_works_it(ledger: Ledger, tx: Connection) -> None:
    refused = decided(
        "WR-1",
        line("99214", "150.00", less("CO", "50", "150.00"), remarks=("N115",)),
        line("93000", "50.00", less("CO", "16", "50.00")),
        status="4",
    )
    post(tx, remittance("T1", refused))
    one = ledger.find("WR-1").listed
    assert one.state is ClaimState.DENIED
    assert one.balance == Balance(charge=money("200"), denied=money("200"))
    items = WorkList(tx, now).list()
    assert [
        (i.service, i.reason, i.amount, i.remarks) for i in sorted(items, key=lambda i: i.reason)
    ] == [
        (2, "16", money("50"), ()),
        (1, "50", money("150"), ("N115",)),
    ]
    assert {item.due.isoformat() for item in items} == {"2027-03-18"}  # 120 days: 42 CFR 405.942


def test_some_paid_some_refused(ledger: Ledger, tx: Connection) -> None:
    partly = decided(
        "WR-1",
        line("99214", "150.00", less("CO", "45", "40.00")),
        line("93000", "50.00", less("PR", "96", "50.00")),
    )
    post(tx, remittance("T1", partly))
    one = ledger.find("WR-1").listed
    assert (one.state, one.balance.denied) == (ClaimState.PARTLY, money("50"))


@pytest.mark.requirement("REV-03")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": money("88.01")}, "the payment: 88.00 by its parts, 88.01 as written"),
        (
            {"claims": (PAID.model_copy(update={"paid": money("89")}),), "amount": money("89")},
            "claim WR-1: 88.00 by its parts, 89.00 as written",
        ),
        (
            {
                "claims": (
                    PAID.model_copy(
                        update={
                            "lines": (
                                PAID.lines[0].model_copy(update={"paid": money("88.01")}),
                                PAID.lines[1],
                            )
                        }
                    ),
                )
            },
            "claim WR-1, line 1: 88.00 by its parts, 88.01 as written",
        ),
    ],
)
def test_what_does_not_balance_is_not_posted(
    ledger: Ledger, tx: Connection, change: dict[str, object], said: str
) -> None:
    good = decided("WR-1")
    wrong = remittance("T2", PAID).model_copy(update=change)
    with pytest.raises(InvalidInput, match="It does not balance") as raised:
        post(tx, remittance("T1", good), wrong)
    assert said in raised.value.what
    assert tx.execute(select(func.count()).select_from(payments)).scalar() == 0
    assert ledger.find("WR-1").listed.state is ClaimState.SENT


def test_a_payment_is_posted_once(ledger: Ledger, tx: Connection) -> None:
    post(tx, remittance("T1", PAID))
    before = Books(tx).of("WR-1")
    with pytest.raises(Conflict, match="posted before"):
        post(tx, remittance("T1", PAID))
    with pytest.raises(Conflict, match="posted before"):
        post(tx, remittance("T2", PAID), remittance("T2", PAID))
    assert Books(tx).of("WR-1") == before
    post(tx, remittance("T1", payer_id="1999999999"))  # another payer's number of the same look


@pytest.mark.requirement("REV-04")
def test_a_claim_that_is_not_ours_is_held_and_its_payment_unapplied(
    ledger: Ledger, tx: Connection
) -> None:
    strange = decided("X-77", line("99213", "90.00", less("CO", "45", "10.00")))
    post(tx, remittance("T1", PAID, strange, plb=("5.00",)))
    books = Books(tx)
    assert books.total(Account.CASH) == 88_00 + 80_00 - 5_00
    assert books.total(Account.UNAPPLIED) == -80_00
    assert books.total(Account.PROVIDER) == 5_00
    (held,) = Holding(tx, now).list()
    assert (held.amount, held.paid.id) == (money("80"), "X-77")

    ledger.enter(claim("WR-9", ("90.00",)), None, SUBJECT, ROSA)
    ledger.move("WR-9", ClaimState.BATCHED, ROSA, "batched")
    Holding(tx, now).apply(held.payment, held.serial, "WR-9", ROSA)
    assert books.total(Account.UNAPPLIED) == 0
    one = ledger.find("WR-9").listed
    assert one.balance == Balance(charge=money("90"), paid=money("80"), contractual=money("10"))
    assert one.state is ClaimState.CLOSED
    with pytest.raises(Conflict, match="applied before"):
        Holding(tx, now).apply(held.payment, held.serial, "WR-9", ROSA)


def test_a_claim_that_never_went_out_is_not_paid(ledger: Ledger, tx: Connection) -> None:
    ledger.enter(claim("WR-2"), None, SUBJECT, ROSA)
    same = PAID.model_copy(update={"id": "WR-2"})
    (plan,) = Postings(tx, now).plan([remittance("T1", same)])
    assert plan.claims[0].why == "Our claim of this number is ready: it was never sent."
    assert plan.unapplied == money("88")


@pytest.mark.requirement("REV-06")
def test_a_reversal_restores_and_a_correction_follows(ledger: Ledger, tx: Connection) -> None:
    refused = decided(
        "WR-1",
        line("99214", "150.00", less("CO", "16", "150.00")),
        line("93000", "50.00", less("CO", "45", "50.00")),
        status="4",
    )
    before = ledger.find("WR-1").listed.balance
    post(tx, remittance("T1", refused))
    post(tx, remittance("T2", reversed_of(refused)))
    one = ledger.find("WR-1").listed
    assert (one.balance, one.state) == (before, ClaimState.ACCEPTED)
    assert [item.deed for item in WorkList(tx, now).list(waiting=False)] == [Deed.ANEW]

    post(tx, remittance("T3", refused), remittance("T4", reversed_of(refused), PAID))
    assert ledger.find("WR-1").listed.balance.paid == money("88")
    assert ledger.find("WR-1").listed.state is ClaimState.PAID


def test_a_denial_that_is_decided_anew_without_a_reversal(ledger: Ledger, tx: Connection) -> None:
    refused = decided(
        "WR-1",
        line("99214", "150.00", less("CO", "50", "150.00")),
        line("93000", "50.00", less("CO", "50", "50.00")),
        status="4",
    )
    post(tx, remittance("T1", refused))
    post(tx, remittance("T2", PAID))
    one = ledger.find("WR-1").listed
    assert one.balance == Balance(
        charge=money("200"), paid=money("88"), contractual=money("70"), patient=money("42")
    )
    assert WorkList(tx, now).list() == []


def test_a_second_insurer_is_asked_before_the_patient(tx: Connection) -> None:
    from tests.revenue.made import subscriber

    ledger = Ledger(tx, now)
    two = (subscriber(), subscriber(responsibility="S", filing="CI"))
    ledger.enter(claim("WR-1", subscribers=two), None, SUBJECT, ROSA)
    ledger.move("WR-1", ClaimState.BATCHED, ROSA, "batched")
    post(tx, remittance("T1", PAID))
    (item,) = WorkList(tx, now).list()
    assert (item.kind, item.amount) == (WorkKind.SECONDARY, money("42"))
    post(tx, remittance("T2", reversed_of(PAID), PAID.model_copy(update={"status": "19"})))
    assert WorkList(tx, now).list() == []  # the payer passed it on itself


def test_every_journal_adds_up_to_nothing(ledger: Ledger, tx: Connection) -> None:
    post(tx, remittance("T1", PAID, decided("X-1", line("1", "9.99")), plb=("-1.50", "3")))
    total = select(entries.c.journal, func.sum(entries.c.cents)).group_by(entries.c.journal)
    assert {row[1] for row in tx.execute(total)} == {0}
    from wardround.revenue.model import Leg

    with pytest.raises(ValueError, match="add up"):
        Books(tx, now).write("x", [Leg(account=Account.CASH, cents=1)], ROSA)


def test_parts_of_a_cent_are_refused() -> None:
    from wardround.revenue.money import cents, dollars

    assert cents(Decimal("-12.30")) == -1230
    assert dollars(-1230) == Decimal("-12.30")
    with pytest.raises(ValueError, match="cent"):
        cents(Decimal("0.005"))


def test_what_is_less_than_the_contract_allows(ledger: Ledger, tx: Connection) -> None:
    def fees(payer: str, code: str, modifiers: tuple[str, ...], day: date) -> Decimal | None:
        return Decimal("125.00") if (payer, code) == ("00831", "99214") else None

    (plan,) = Postings(tx, now, fees).plan([remittance("T1", PAID)])
    (found,) = plan.claims[0].variances
    assert (found.kind, found.service, found.expected, found.found) == (
        VarianceKind.UNDERPAID,
        1,
        money("125"),
        money("110"),
    )
    Postings(tx, now, fees).post([remittance("T1", PAID)], ROSA)
    (item,) = WorkList(tx, now).list()
    assert (item.kind, item.amount) == (WorkKind.UNDERPAID, money("15"))


def test_another_charge_than_ours_is_told(ledger: Ledger, tx: Connection) -> None:
    split = decided("WR-1", line("99214", "150.00", less("CO", "45", "40.00")))
    (plan,) = Postings(tx, now).plan([remittance("T1", split)])
    assert [one.kind for one in plan.claims[0].variances] == [VarianceKind.CHARGE]
    assert plan.claims[0].then is ClaimState.PARTLY  # the other service is not decided
