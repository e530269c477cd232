"""Whether a remittance balances: to the cent, at each level, whatever the sums are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capabilities.billing.x12.texts import REMITTANCE, file
from wardround.capabilities.billing import (
    Adjustment,
    PaidClaim,
    PaidLine,
    ProviderAdjustment,
    Remittance,
)
from wardround.capabilities.billing.x12 import Imbalance, Level, read_835, unbalanced

MONEY = st.decimals(min_value=-9999, max_value=9999, places=2)
CENTS = st.decimals(min_value=-9999, max_value=9999, places=2).filter(bool)
ADJUSTMENTS = st.lists(
    st.builds(
        Adjustment,
        group=st.sampled_from(["CO", "PR", "OA", "PI"]),
        reason=st.sampled_from(["1", "45", "97"]),
        amount=MONEY,
    ),
    max_size=4,
).map(tuple)


def total(adjustments: tuple[Adjustment, ...]) -> Decimal:
    return sum((one.amount for one in adjustments), Decimal())


@st.composite
def lines(draw: st.DrawFn) -> PaidLine:
    charge, less = draw(MONEY), draw(ADJUSTMENTS)
    paid = charge - total(less)
    return PaidLine(procedure="99213", charge=charge, paid=paid, adjustments=less)


@st.composite
def claims(draw: st.DrawFn) -> PaidClaim:
    told = tuple(draw(st.lists(lines(), max_size=3)))
    less = draw(ADJUSTMENTS)
    charge = sum((one.charge for one in told), Decimal()) if told else draw(MONEY)
    paid = charge - total(less) - sum((total(one.adjustments) for one in told), Decimal())
    return PaidClaim(id="WR1", status="1", charge=charge, paid=paid, adjustments=less, lines=told)


@st.composite
def payments(draw: st.DrawFn) -> Remittance:
    told = tuple(draw(st.lists(claims(), max_size=4)))
    withheld = tuple(
        ProviderAdjustment(reason="WO", amount=one) for one in draw(st.lists(MONEY, max_size=3))
    )
    amount = sum((one.paid for one in told), Decimal())
    amount -= sum((one.amount for one in withheld), Decimal())
    return Remittance(
        control="1", trace="T", payer_id="P", payer="P", payee="V", method="CHK",
        amount=amount, claims=told, adjustments=withheld,
    )  # fmt: skip


@given(payments())
def test_what_balances_is_not_complained_of(payment: Remittance) -> None:
    assert unbalanced(payment) == []


@given(payments(), CENTS)
def test_a_payment_that_is_off_by_anything_is_found(payment: Remittance, off: Decimal) -> None:
    wrong = payment.model_copy(update={"amount": payment.amount + off})
    (found,) = unbalanced(wrong)
    assert found.level is Level.PAYMENT
    assert found.told - found.expected == off


@given(claims(), CENTS)
def test_a_claim_that_is_off_by_anything_is_found(claim: PaidClaim, off: Decimal) -> None:
    wrong = claim.model_copy(update={"paid": claim.paid + off})
    payment = Remittance(
        control="1", trace="T", payer_id="P", payer="P", payee="V", method="CHK",
        amount=wrong.paid, claims=(wrong,),
    )  # fmt: skip
    (found,) = unbalanced(payment)
    assert (found.level, found.claim) == (Level.CLAIM, "WR1")
    assert found.told - found.expected == off


@given(claims().filter(lambda one: bool(one.lines)), CENTS)
def test_a_line_that_is_off_by_anything_is_found(claim: PaidClaim, off: Decimal) -> None:
    last = claim.lines[-1].model_copy(update={"paid": claim.lines[-1].paid + off})
    wrong = claim.model_copy(update={"lines": (*claim.lines[:-1], last)})
    payment = Remittance(
        control="1", trace="T", payer_id="P", payer="P", payee="V", method="CHK",
        amount=claim.paid, claims=(wrong,),
    )  # fmt: skip
    (found,) = unbalanced(payment)
    assert (found.level, found.line) == (Level.LINE, len(claim.lines))
    assert found.told - found.expected == off


@pytest.mark.requirement("BILL-05")
@pytest.mark.parametrize(
    ("old", "new", "levels"),
    [
        ("BPR*I*132.5*", "BPR*I*132.51*", [Level.PAYMENT]),
        ("WO:REF1*7.5", "WO:REF1*7.49", [Level.PAYMENT]),
        ("CAS*PR*3*20", "CAS*PR*3*20.01", [Level.LINE, Level.CLAIM]),
        ("SVC*HC:99213:25*150*100*", "SVC*HC:99213:25*150*99*", [Level.LINE]),
        ("CLP*WR1*1*200*140*", "CLP*WR1*1*200*140.5*", [Level.CLAIM, Level.PAYMENT]),
    ],
)
def test_a_file_that_does_not_balance_is_told_by_level(
    old: str, new: str, levels: list[Level]
) -> None:
    assert old in REMITTANCE
    (read,) = read_835(file("835", REMITTANCE.replace(old, new, 1)))
    found: list[Imbalance] = unbalanced(read)
    assert [one.level for one in found] == levels
