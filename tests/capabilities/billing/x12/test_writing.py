"""Claims written as 837P and 837I: loops, levels, counts, text, and what may not be written."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capabilities.billing.x12.plain import CLAIM, STAY, line_with, with_
from tests.capabilities.billing.x12.words import ENVELOPE
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.x12 import (
    Trader,
    check_envelopes,
    unfinished,
    write_837,
    written,
)
from wardround.capabilities.billing.x12.syntax import Segment, segments
from wardround.capabilities.billing.x12.values import number, words
from wardround.capabilities.billing.x12.writing.rows import text
from wardround.kernel import InvalidInput


def of(claims: list[Claim], name: str = "", first: str = "") -> list[Segment]:
    found = segments(write_837(claims, ENVELOPE))
    return [
        one for one in found if (not name or one.id == name) and (not first or one.get(1) == first)
    ]


def plain(one: Segment) -> str:
    return "*".join(one.elements)


def test_a_claim_is_written_as_the_guide_has_it() -> None:
    told = [plain(one) for one in of([CLAIM])]
    body = told[told.index("HL*1**20*1") : told.index("SE*23*0001")]
    assert body == [
        "HL*1**20*1",
        "NM1*85*2*VEGA CLINIC*****XX*1234567893",
        "N3*1 ELM",
        "N4*ALBANY*NY*122070001",
        "REF*EI*012345678",
        "HL*2*1*22*0",
        "SBR*P*18*******CI",
        "NM1*IL*1*LINDQVIST*ANA****MI*M1",
        "N3*22 RUE ROAD",
        "N4*ALBANY*NY*12207",
        "DMG*D8*19610407*F",
        "NM1*PR*2*ACME*****PI*P0001",
        "CLM*WR-1*210***11:B:1*Y*A*Y*Y",
        "HI*ABK:E119*ABF:I10",
        "LX*1",
        "SV1*HC:99214:25*210*UN*1***1:2",
        "DTP*472*D8*20261102",
    ]


def test_the_isa_has_its_width_and_the_numbers_are_the_envelopes() -> None:
    written_ = write_837([CLAIM], ENVELOPE)
    assert written_.index("~") == 105
    isa, group, *_ = of([CLAIM])
    assert (isa.get(13), isa.get(15), group.get(6)) == ("000000905", "T", "77")
    assert written_.endswith("GE*1*77~\nIEA*1*000000905~\n")


def test_both_forms_come_in_groups_of_their_own() -> None:
    told = of([with_(STAY, id="WR-2"), CLAIM])
    assert [(one.get(6), one.get(8)) for one in told if one.id == "GS"] == [
        ("77", "005010X222A1"),
        ("78", "005010X223A2"),
    ]
    assert [one.get(2) for one in told if one.id == "ST"] == ["0001", "0002"]


def test_claims_of_one_provider_stand_under_one_level() -> None:
    other = with_(CLAIM, id="WR-2", billing=CLAIM.billing.model_dump() | {"name": "Other"})
    third = with_(CLAIM, id="WR-3", patient=CLAIM.patient.model_dump() | {"first": "Bo"})
    told = of([CLAIM, other, third], "HL")
    assert [plain(one) for one in told] == [
        "HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*0", "HL*4**20*1", "HL*5*4*22*0",
    ]  # fmt: skip
    assert [one.get(1) for one in of([CLAIM, other, third], "CLM")] == ["WR-1", "WR-3", "WR-2"]


def test_claims_of_one_patient_stand_together_up_to_a_hundred() -> None:
    many = [with_(CLAIM, id=f"WR-{at}") for at in range(101)]
    assert [one.get(3) for one in of(many, "HL")] == ["20", "22", "22"]


def test_a_dependent_has_a_level_of_their_own() -> None:
    child = with_(
        CLAIM,
        patient=CLAIM.patient.model_dump() | {"relationship": "19"},
        subscribers=[CLAIM.subscribers[0].model_dump() | {"last": "Berg", "first": "Ida"}],
    )
    told = [plain(one) for one in of([child])]
    assert "HL*2*1*22*1" in told
    assert "HL*3*2*23*0" in told
    assert told[told.index("HL*2*1*22*1") + 1 :][:2] == [
        "SBR*P********CI",
        "NM1*IL*1*BERG*IDA****MI*M1",
    ]
    assert told[told.index("HL*3*2*23*0") + 1 :][:2] == ["PAT*19", "NM1*QC*1*LINDQVIST*ANA"]


@pytest.mark.slow
def test_a_set_has_five_thousand_claims_at_most() -> None:
    many = [with_(CLAIM, id=f"WR-{at}") for at in range(5001)]
    told = write_837(many, ENVELOPE)
    assert re.findall(r"ST\*837\*(\d+)", told) == ["0001", "0002"]
    assert check_envelopes(told) == 2
    first, second = told.split("\nSE*")[:2]
    assert (first.count("\nCLM*"), second.count("\nCLM*")) == (5000, 1)


def test_an_inpatient_stay_is_written_as_the_guide_has_it() -> None:
    stay = with_(
        STAY,
        admission_hour="07",
        discharge_hour="1610",
        drg="193",
        procedures=[{"code": "0DTJ4ZZ", "at": "2026-11-02"},
                    {"code": "0FT44ZZ", "at": "2026-11-03"}],
        occurrences=[{"code": "11", "at": "2026-11-01"},
                     {"code": "70", "at": "2026-10-01", "until": "2026-10-03"}],
        values=[{"code": "80", "amount": "3"}],
        conditions=[{"code": "09"}],
    )  # fmt: skip
    told = [plain(one) for one in of([stay])]
    begin = told.index("CLM*WR-1*210***11:A:1**A*Y*Y")
    assert told[begin + 1 : told.index("LX*1")] == [
        "DTP*096*TM*1610",
        "DTP*434*RD8*20261102-20261102",
        "DTP*435*DT*202611020700",
        "CL1*1*1*01",
        "HI*ABK:E119",
        "HI*ABJ:R0602",
        "HI*DR:193",
        "HI*ABF:I10",
        "HI*BBR:0DTJ4ZZ:D8:20261102",
        "HI*BBQ:0FT44ZZ:D8:20261103",
        "HI*BI:70:RD8:20261001-20261003",
        "HI*BH:11:D8:20261101",
        "HI*BE:80:::3",
        "HI*BG:09",
        "NM1*71*1*OKAFOR*CHIDI****XX*1497758544",
    ]
    assert told[told.index("LX*1") + 1] == "SV2*0510*HC:99214*210*UN*1"


def test_codes_fill_a_segment_by_twelve() -> None:
    main = [{"code": f"R{at}.0"} for at in range(10, 35)]
    told = of([with_(STAY, diagnoses=[*main, {"code": "R06.02", "use": "admitting"}])], "HI")
    assert [len(one.elements) - 1 for one in told] == [1, 1, 12, 12]


def test_a_hipps_rate_says_that_it_is_one() -> None:
    told = of([line_with(STAY, revenue="0023", procedure="1AA11")], "SV2")
    assert told[0].get(2) == "HP:1AA11"


def test_a_replacement_names_the_claim_that_it_replaces() -> None:
    again = with_(CLAIM, frequency="7", original="ICN-9")
    assert of([again], "CLM")[0].get(5) == "11:B:7"
    assert of([again], "REF", "F8")[0].get(2) == "ICN-9"
    assert "replaces" in "".join(unfinished(with_(CLAIM, frequency="8")))


def test_what_another_payer_decided_is_told() -> None:
    other = {
        "responsibility": "P", "member_id": "M2", "filing": "MB", "paid": "100", "owed": "20",
        "payer": {"name": "First", "id": "P9"}, "paid_on": "2026-11-20", "control": "ICN-1",
        "adjustments": [{"group": "CO", "reason": str(at), "amount": "1"} for at in range(7)],
    }  # fmt: skip
    decided = {
        "payer": "P9", "paid": "100", "paid_on": "2026-11-20",
        "adjustments": [{"group": "CO", "reason": "45", "amount": "90"},
                        {"group": "PR", "reason": "1", "amount": "20", "units": "1"}],
    }  # fmt: skip
    asked = CLAIM.subscribers[0].model_dump() | {"responsibility": "S"}
    claim = line_with(with_(CLAIM, subscribers=[asked, other]), adjudications=[decided])
    told = [plain(one) for one in of([claim])]
    start = told.index("SBR*P*18*******MB")
    assert told[start + 1 : told.index("LX*1")] == [
        "CAS*CO*0*1**1*1**2*1**3*1**4*1**5*1",
        "CAS*CO*6*1",
        "AMT*D*100",
        "AMT*EAF*20",
        "OI***Y***Y",
        "NM1*IL*1*LINDQVIST*ANA****MI*M2",
        "N3*22 RUE ROAD",
        "N4*ALBANY*NY*12207",
        "NM1*PR*2*FIRST*****PI*P9",
        "DTP*573*D8*20261120",
        "REF*F8*ICN-1",
    ]
    assert told[told.index("SVD*P9*100*HC:99214:25**1") + 1 :][:3] == [
        "CAS*CO*45*90", "CAS*PR*1*20*1", "DTP*573*D8*20261120",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "written_"),
    [("100.00", "100"), ("0.50", ".5"), ("-0.50", "-.5"), ("0", "0"), ("0.00", "0"),
     ("10.10", "10.1"), ("1E+2", "100"), ("-0.00", "0")],
)  # fmt: skip
def test_numbers_have_no_noughts_without_weight(value: str, written_: str) -> None:
    assert number(Decimal(value)) == written_


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9)))
def test_a_number_that_is_written_is_the_number(value: Decimal) -> None:
    assert Decimal(number(value)) == value


@pytest.mark.parametrize(
    ("said", "written_"),
    [
        ("Nguyễn Đặng", "NGUYEN DANG"),
        ("Müller*Weiß: a~b^c", "MULLER WEISS A B C"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Brien \N{EN DASH} Smith", "O'BRIEN - SMITH"),
        ("  two   words\n", "TWO WORDS"),
        ("Søren Łukasz Æ", "SOREN LUKASZ AE"),
        ("李", ""),
    ],
)
def test_words_are_written_in_the_basic_set(said: str, written_: str) -> None:
    assert words(said) == written_


@given(st.text())
def test_any_words_can_be_written_and_written_again(said: str) -> None:
    once = words(said)
    assert words(once) == once
    assert text(("NTE", "ADD", once[:80].strip())).count("*") <= 2


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("authorization", "A*1", "claim WR-1, REF02: It holds a character"),
        ("authorization", "A:1", "claim WR-1, REF02: It holds a character"),
        ("authorization", "A~1", "claim WR-1, REF02: It holds a character"),
        ("authorization", "A^1", "claim WR-1, REF02: It holds a character"),
        ("authorization", "Ä1", "claim WR-1, REF02: It holds a character"),
        ("authorization", "A1 ", "claim WR-1, REF02: It begins or ends with a blank"),
        ("authorization", "A" * 51, "claim WR-1, REF02: It has more than 50 characters"),
        ("note", "word " * 20, "claim WR-1, NTE02: It has more than 80 characters"),
    ],
)
def test_a_number_is_not_changed_and_words_are_not_cut(field: str, value: str, where: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_837([with_(CLAIM, **{field: value})], ENVELOPE)
    assert str(refused.value).startswith(where)


def test_an_unfinished_claim_is_refused_by_name_and_nothing_is_written() -> None:
    lacking = with_(CLAIM, id="WR-2", subscribers=[], lines=[])
    with pytest.raises(InvalidInput) as refused:
        next(written([CLAIM, lacking], ENVELOPE))
    said = str(refused.value)
    assert "1 of 2 claims cannot be sent" in said
    assert "WR-2: no subscriber; no service line" in said
    assert "WR-1:" not in said


def test_a_claim_comes_once_in_a_file() -> None:
    with pytest.raises(InvalidInput, match="WR-1: the file has this claim already"):
        write_837([CLAIM, CLAIM], ENVELOPE)


def test_no_claim_is_no_file() -> None:
    with pytest.raises(InvalidInput, match="no claim to write"):
        write_837([], ENVELOPE)


def test_whoever_asks_may_refuse_more() -> None:
    with pytest.raises(InvalidInput, match="WR-1: because"):
        write_837([CLAIM], ENVELOPE, lambda _: ["because"])


@pytest.mark.parametrize("bad", ["A B", "A*B", "", "x" * 16])
def test_a_trader_has_an_id_that_fits_the_isa(bad: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Trader(id=bad, name="Vega")
