"""Random remittances, posted in any order: the books balance to the cent, and reversals restore."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from tests.revenue.made import ROSA, SUBJECT, claim, less, line, now, remittance, reversed_of
from wardround.capabilities.billing import Adjustment, PaidClaim, PaidLine, Remittance
from wardround.revenue.books import Books
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Account, Balance
from wardround.revenue.posting import Postings
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import entries

CENT = Decimal("0.01")
FEW = settings(
    max_examples=25,
    deadline=timedelta(seconds=20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
amounts = st.decimals(min_value=-500, max_value=5000, places=2)
reasons = st.sampled_from(
    [("CO", "45"), ("CO", "253"), ("PR", "1"), ("PR", "2"), ("PR", "3"), ("PR", "96"),
     ("CO", "16"), ("CO", "50"), ("OA", "23"), ("PI", "97"), ("CO", "999"), ("CR", "B13")]
)  # fmt: skip


@st.composite
def adjustments(draw: st.DrawFn, most: int = 3) -> tuple[Adjustment, ...]:
    found = draw(st.lists(st.tuples(reasons, amounts), max_size=most))
    return tuple(less(*reason, amount) for reason, amount in found)


@st.composite
def decisions(draw: st.DrawFn, numbers: Sequence[str]) -> PaidClaim:
    """A decision that balances, of lines with any charge and any adjustments, and of the claim."""
    lines: list[PaidLine] = [
        line("99214", str(draw(amounts)), *draw(adjustments()))
        for _ in range(draw(st.integers(0, 3)))
    ]
    of_claim = draw(adjustments(2))
    charge = sum((one.charge for one in lines), Decimal("0.00")) if lines else draw(amounts)
    every = [*of_claim, *(a for one in lines for a in one.adjustments)]
    return PaidClaim(
        id=draw(st.sampled_from(numbers)),
        status=draw(st.sampled_from(["1", "2", "4", "19"])),
        charge=charge,
        paid=charge - sum((one.amount for one in every), Decimal("0.00")),
        adjustments=of_claim,
        lines=tuple(lines),
    )


def _ledger(tx: Connection, numbers: Sequence[str]) -> Ledger:
    ledger = Ledger(tx, now)
    for one in numbers:
        ledger.enter(claim(one), None, SUBJECT, ROSA)
        ledger.move(one, ClaimState.BATCHED, ROSA, "batched")
    return ledger


def _holds(balance: Balance) -> None:
    assert balance.charge - balance.paid - balance.adjusted == balance.open


@pytest.mark.requirement("REV-06")
@FEW
@given(data=st.data())
def test_whatever_is_posted_balances(tx: Connection, data: st.DataObject) -> None:
    numbers = ["A", "B"]
    with tx.begin_nested() as undone:
        ledger, cash = _ledger(tx, numbers), 0
        found = data.draw(st.lists(decisions([*numbers, "X"]), min_size=1, max_size=6))
        provider = data.draw(st.lists(amounts, max_size=2))
        for n, paid in enumerate(found):
            given_back = tuple(str(one) for one in provider) if n == 0 else ()
            one: Remittance = remittance(f"T{n}", paid, plb=given_back)
            Postings(tx, now).post([one], ROSA)
            cash += int(one.amount * 100)
        for number in numbers:
            balance = ledger.find(number).listed.balance
            _holds(balance)
            paid_for = sum((p.paid for p in found if p.id == number), Decimal("0.00"))
            assert balance.paid == paid_for
        assert Books(tx).total(Account.CASH) == cash
        unknown = sum((int(p.paid * 100) for p in found if p.id == "X"), 0)
        assert Books(tx).total(Account.UNAPPLIED) == -unknown
        assert tx.execute(select(func.sum(entries.c.cents))).scalar() == 0
        undone.rollback()


@pytest.mark.requirement("REV-06")
@FEW
@given(data=st.data())
def test_reversals_restore_in_any_order(tx: Connection, data: st.DataObject) -> None:
    """Each decision and its reversal, shuffled: the claim is again asked of the payer, whole."""
    with tx.begin_nested() as undone:
        ledger = _ledger(tx, ["A"])
        before = ledger.find("A").listed.balance
        found = data.draw(st.lists(decisions(["A"]), min_size=1, max_size=4))
        both = data.draw(st.permutations([*found, *map(reversed_of, found)]))
        for n, paid in enumerate(both):
            Postings(tx, now).post([remittance(f"T{n}", paid)], ROSA)
        after = ledger.find("A").listed.balance
        assert not after.paid
        assert not after.contractual
        assert not after.patient
        assert after.open == before.charge
        _holds(after)
        undone.rollback()


@FEW
@given(data=st.data())
def test_one_decision_and_its_reversal_restore_every_account(
    tx: Connection, data: st.DataObject
) -> None:
    with tx.begin_nested() as undone:
        ledger = _ledger(tx, ["A"])
        before = ledger.find("A").listed.balance
        lines = data.draw(
            st.lists(st.decimals(min_value=CENT, max_value=90, places=2), min_size=1, max_size=3)
        )
        paid_lines = [
            line("99214", str(charge), less(*data.draw(reasons), charge)) for charge in lines
        ]
        charge = sum((one.charge for one in paid_lines), Decimal("0.00"))
        paid = PaidClaim(
            id="A", status="1", charge=charge, paid=Decimal("0.00"), lines=tuple(paid_lines)
        )
        Postings(tx, now).post([remittance("T1", paid)], ROSA)
        Postings(tx, now).post([remittance("T2", reversed_of(paid))], ROSA)
        one = ledger.find("A").listed
        assert one.state is ClaimState.ACCEPTED or before.charge < charge
        assert one.balance.open == before.open
        assert one.balance.denied + one.balance.payer == before.payer
        undone.rollback()
