"""The 835 read: payments, claims, lines, adjustments, remarks."""

from datetime import date
from decimal import Decimal

import pytest

from tests.capabilities.billing.x12.texts import ACCEPTED, REMITTANCE, file
from wardround.capabilities.billing import Adjustment, ProviderAdjustment, Remittance
from wardround.capabilities.billing.x12 import read_835, unbalanced
from wardround.capabilities.billing.x12.syntax import segments
from wardround.kernel import InvalidInput

TEXT = file("835", REMITTANCE)


def read(text: str = TEXT) -> Remittance:
    (one,) = read_835(text)
    return one


def with_(old: str, new: str) -> str:
    assert old in REMITTANCE
    return file("835", REMITTANCE.replace(old, new, 1))


def refusal(text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_835(text)
    return str(refused.value)


def test_the_payment_is_read() -> None:
    one = read()
    assert one.amount == Decimal("132.50")
    assert (one.trace, one.payer_id, one.method) == ("CHK123", "1999999999", "CHK")
    assert (one.payer, one.payee, one.payee_npi) == ("ACME HEALTH", "VEGA CLINIC", "1234567893")
    assert one.paid_on == date(2026, 3, 1)
    assert one.adjustments == (
        ProviderAdjustment(reason="WO", reference="REF1", amount=Decimal("7.50")),
    )
    assert unbalanced(one) == []


def test_a_claim_and_its_lines_are_read() -> None:
    (claim,) = read().claims
    assert (claim.id, claim.status, claim.payer_control) == ("WR1", "1", "ICN1")
    assert (claim.charge, claim.paid, claim.patient_owes) == tuple(map(Decimal, (200, 140, 20)))
    assert claim.remarks == ("MA01", "MA18")
    visit, emergency = claim.lines
    assert (visit.procedure, visit.modifiers, visit.revenue) == ("99213", ("25",), "")
    assert (visit.control, visit.remarks) == ("WR1-1", ("N130",))
    assert visit.allowed == Decimal(120)
    assert visit.begins == date(2026, 2, 1)
    assert visit.adjustments == (
        Adjustment(group="CO", reason="45", amount=Decimal(30)),
        Adjustment(group="PR", reason="3", amount=Decimal(20)),
    )
    assert (emergency.procedure, emergency.revenue) == ("", "0450")
    assert emergency.units == Decimal(2)


def test_units_that_are_not_told_are_one() -> None:
    text = with_("SVC*HC:99213:25*150*100**1", "SVC*HC:99213:25*150*100")
    assert read(text).claims[0].lines[0].units == 1


def test_an_adjustment_segment_has_up_to_six() -> None:
    text = with_("CAS*CO*45*30\n", "CAS*CO*45*10*1*97*10**253*10\n")
    told = read(text).claims[0].lines[0].adjustments
    assert [(one.reason, one.amount, one.units) for one in told[:3]] == [
        ("45", Decimal(10), Decimal(1)),
        ("97", Decimal(10), None),
        ("253", Decimal(10), None),
    ]
    six = "".join(f"*{reason}*5*" for reason in range(1, 7))
    told = read(with_("CAS*CO*45*30\n", f"CAS*CO{six}\n")).claims[0].lines[0].adjustments
    assert sum(one.amount for one in told if one.group == "CO") == 30


def test_adjustments_of_a_claim_stand_before_its_lines() -> None:
    text = with_("NM1*QC", "CAS*PR*1*20\nNM1*QC")
    assert read(text).claims[0].adjustments == (
        Adjustment(group="PR", reason="1", amount=Decimal(20)),
    )


def test_provider_adjustments_come_up_to_six_in_a_segment() -> None:
    text = with_("WO:REF1*7.5", "WO:REF1*17.5*72*-10")
    assert [(one.reason, one.amount) for one in read(text).adjustments] == [
        ("WO", Decimal("17.5")),
        ("72", Decimal(-10)),
    ]


def test_inpatient_remarks_and_the_next_payer_are_read() -> None:
    text = with_("MOA***MA01*MA18", "NM1*TT*2*SECOND PAYER*****PI*9\nMIA*0****MA07")
    (claim,) = read(text).claims
    assert claim.remarks == ("MA07",)
    assert claim.forwarded_to == "SECOND PAYER"


@pytest.mark.requirement("BILL-05")
@pytest.mark.parametrize(
    ("old", "new", "segment", "where"),
    [
        ("CLP*WR1*1*200*", "CLP*WR1*1*2OO*", "CLP", "CLP03: This is no number"),
        ("CLP*WR1*1*200*", "CLP*WR1*1*200.001*", "CLP", "CLP03: An amount has two decimals"),
        ("CLP*WR1*1*200*", "CLP*WR1*1**", "CLP", "CLP03: The number is missing"),
        ("CLP*WR1*", "CLP**", "CLP", "CLP01: The patient control number is missing"),
        ("DTM*472*20260201", "DTM*472*20260231", "DTM*472", "DTM02: This is no day"),
        ("SVC*HC:99213:25*", "SVC**", "SVC", "SVC01: The code of the service is missing"),
        ("CAS*CO*45*30\n", "CAS**45*30\n", "CAS", "CAS01: The group"),
        ("CAS*CO*45*30\n", "CAS*CO**30\n", "CAS", "CAS02: An amount has no reason"),
        ("LX*1\n", "ZZZ*1\n", "ZZZ", "ZZZ: This segment has no place in an 835"),
        ("LX*1\n", "CAS*CO*45*1\n", "CAS", "CAS: It stands before the first claim"),
        ("TRN*1*CHK123", "TRN*1*", "TRN", "TRN02: The number of the payment is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, segment: str, where: str) -> None:
    text = with_(old, new)
    number = next(
        one.number for one in segments(text) if "*".join(one.elements).startswith(segment)
    )
    said = refusal(text)
    assert said.startswith(f"segment {number}, {where}")
    assert "2OO" not in said


def test_a_payment_without_its_head_is_refused() -> None:
    assert "no BPR" in refusal(with_("BPR*I*132.5*C*CHK************20260301\n", ""))
    assert "no TRN" in refusal(with_("TRN*1*CHK123*1999999999\n", ""))


def test_another_file_is_said_to_be_none() -> None:
    assert "segment 3, ST01: This is no remittance (835)" in refusal(file("999", ACCEPTED))
