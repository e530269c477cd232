"""What payers answer to a file: 999, TA1, 277CA."""

import pytest

from tests.capabilities.billing.x12.texts import (
    ACCEPTED,
    CLAIMS,
    ISA,
    REJECTED,
    REMITTANCE,
    file,
)
from wardround.capabilities.billing import Acknowledgement, Answer
from wardround.capabilities.billing.x12 import read_acknowledgements, unknown_claims
from wardround.kernel import InvalidInput


def read(kind: str, text: str) -> Acknowledgement:
    (one,) = read_acknowledgements(file(kind, text))
    return one


def refusal(kind: str, text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        read(kind, text)
    return str(refused.value)


def test_an_accepted_file_is_told_by_its_group() -> None:
    one = read("999", ACCEPTED)
    assert one.answer is Answer.ACCEPTED
    assert one.group_control == "77"
    assert (one.accepted_sets, one.rejected_sets, one.faults) == (("0001",), (), ())


def test_a_rejected_set_is_told_with_segment_element_and_reason() -> None:
    one = read("999", REJECTED)
    assert one.answer is Answer.WITH_ERRORS
    assert (one.accepted_sets, one.rejected_sets) == (("0002",), ("0001",))
    told = [(fault.segment, fault.position, fault.element, fault.code) for fault in one.faults]
    assert told == [
        ("NM1", 22, "", "8"),
        ("NM1", 22, "NM109-1", "1"),
        ("ZZZ", 30, "", "1"),
        ("ST", None, "", "5"),
        ("ST", None, "", "I5"),
    ]
    assert all(fault.set_control == "0001" for fault in one.faults)
    assert one.faults[1].says == "A required element is missing."


def test_a_value_that_a_999_returns_is_left_out() -> None:
    one = read("999", REJECTED.replace("IK4*9:1*67*1", "IK4*3*1035*6*DOE JANE"))
    assert "DOE" not in one.model_dump_json()


@pytest.mark.parametrize(
    ("code", "answer"),
    [("A", Answer.ACCEPTED), ("E", Answer.WITH_ERRORS), ("R", Answer.REJECTED),
     ("M", Answer.REJECTED), ("W", Answer.REJECTED), ("X", Answer.REJECTED)],
)  # fmt: skip
def test_the_answers_of_a_group(code: str, answer: Answer) -> None:
    one = read("999", ACCEPTED.replace("AK9*A", f"AK9*{code}").replace("IK5*A", f"IK5*{code}"))
    assert one.answer is answer
    assert bool(one.rejected_sets) is (answer is Answer.REJECTED)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("AK1*HC*77*005010X222A1\n", "", "This 999 has no AK1"),
        ("AK9*A*1*1*1\n", "", "This 999 has no AK9"),
        ("IK5*A\n", "", "segment 6, AK9: The transaction set before this has no answer (IK5)"),
        ("IK5*A", "ZZZ*A", "segment 6, ZZZ: This segment has no place in a 999"),
        ("IK5*A", "IK4*1**1\nIK5*A", "segment 6, IK401".replace("401", "4: It stands before")),
        ("IK5*A", "IK3*NM1*X**8\nIK5*A", "segment 6, IK302: The position"),
    ],
)
def test_what_is_wrong_with_a_999_is_told(old: str, new: str, said: str) -> None:
    assert said in refusal("999", ACCEPTED.replace(old, new, 1))


def test_an_interchange_that_is_refused_is_told() -> None:
    text = f"{ISA.format(control=9)}TA1*000000905*260301*1200*R*009~IEA*0*000000009~"
    (one,) = read_acknowledgements(text)
    assert (one.kind, one.answer, one.reference) == ("TA1", Answer.REJECTED, "000000905")
    assert one.faults[0].says == "The receiver is not known."


def test_the_claims_of_a_277ca_are_told_one_by_one() -> None:
    one = read("277", CLAIMS)
    assert (one.kind, one.reference) == ("277CA", "000000905-77-0001")
    assert one.answer is Answer.WITH_ERRORS
    taken, refused = one.claims
    assert (taken.id, taken.answer, taken.payer_control) == ("WR1", Answer.ACCEPTED, "ICN9")
    assert taken.statuses == ("A2:20",)
    assert (refused.id, refused.answer) == ("WR2", Answer.REJECTED)
    assert refused.statuses == ("A7:562", "A7:21")
    assert refused.says == "Rejected: information is invalid (status 562)"


def test_a_claim_that_is_none_of_ours_is_named() -> None:
    assert unknown_claims(read("277", CLAIMS), {"WR1"}) == ["WR2"]
    assert unknown_claims(read("277", CLAIMS), {"WR1", "WR2"}) == []


def test_a_file_that_is_rejected_whole_names_no_claim() -> None:
    head = CLAIMS[: CLAIMS.index("HL*3")].replace("STC*A1:19:PR*20260301*WQ", "STC*A8:21:PR**U")
    one = read("277", head)
    assert (one.answer, one.claims) == (Answer.REJECTED, ())


def test_a_provider_that_is_rejected_is_no_whole_acceptance() -> None:
    taken = CLAIMS[: CLAIMS.index("HL*5")].replace("STC*A1:19:PR**WQ", "STC*A3:21:85**U")
    assert read("277", taken).answer is Answer.WITH_ERRORS


@pytest.mark.requirement("BILL-05")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("TRN*2*WR2", "TRN*2*", "segment 28, TRN02: The patient control number is missing"),
        ("STC*A2:20:PR*20260301*WQ*200\n", "", "segment 22, TRN: The claim that begins here"),
        ("STC*A2:20:PR*", "STC*A2*", "segment 23, STC01: The category and the status"),
        ("TRN*2*000000905-77-0001\n", "", "does not name the file"),
        ("REF*1K*ICN9", "CLP*1", "segment 24, CLP: This segment has no place in a 277CA"),
    ],
)
def test_what_is_wrong_with_a_277ca_is_told(old: str, new: str, said: str) -> None:
    assert old in CLAIMS
    assert said in refusal("277", CLAIMS.replace(old, new, 1))


def test_another_file_is_said_to_be_none() -> None:
    with pytest.raises(InvalidInput, match="neither a 999 nor a 277CA"):
        read_acknowledgements(file("835", REMITTANCE))
