"""Claim files read back: what we write is read to the same bytes; what is not kept is told."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capabilities.billing.x12.made import Maker
from tests.capabilities.billing.x12.plain import CLAIM, STAY, with_
from tests.capabilities.billing.x12.texts import FOREIGN, REMITTANCE, file
from tests.capabilities.billing.x12.words import ENVELOPE
from wardround.capabilities.billing import ClaimKind
from wardround.capabilities.billing.x12 import check, read_837, write_837
from wardround.capabilities.billing.x12.syntax import segments
from wardround.capabilities.billing.x12.values import words
from wardround.kernel import InvalidInput

TEXT = file("837P", FOREIGN)


def refusal(text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_837(text)
    return str(refused.value)


@pytest.mark.requirement("BILL-04")
@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=12))
def test_what_is_written_is_read_to_the_same_bytes(seed: int, count: int) -> None:
    text = write_837(Maker(seed).claims(count), ENVELOPE)
    read = read_837(text)
    assert [one.unheld for one in read] == [()] * count
    assert write_837([one.claim for one in read], ENVELOPE) == text


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=3), st.text(max_size=2), st.text(max_size=4))
def test_any_names_and_notes_come_back_as_they_were_written(
    last: str, first: str, note: str
) -> None:
    last = last if words(last) else "Berg"
    note = note if words(note) else ""
    patient = CLAIM.patient.model_dump() | {"last": last, "first": first}
    claim = with_(CLAIM, patient=patient, note=note)
    text = write_837([claim], ENVELOPE)
    (read,) = read_837(text)
    assert read.claim.patient.last == words(last)
    assert read.claim.note == words(note)
    assert write_837([read.claim], ENVELOPE) == text


@pytest.mark.parametrize("claim", [CLAIM, STAY])
def test_a_claim_in_capitals_comes_back_as_it_was(claim: object) -> None:
    (first,) = read_837(write_837([claim], ENVELOPE))  # type: ignore[list-item]
    (second,) = read_837(write_837([first.claim], ENVELOPE))
    assert second.claim == first.claim


def test_claims_come_back_with_all_that_a_file_holds() -> None:
    made = {one.id: one for one in Maker(11).claims(150)}
    for one in read_837(write_837(made.values(), ENVELOPE)):
        was, now = made[one.claim.id], one.claim
        assert now.total == was.total
        assert now.diagnoses == tuple(sorted(was.diagnoses, key=_by_use))
        assert [line.pointers for line in now.lines] == [line.pointers for line in was.lines]
        assert [line.adjudications for line in now.lines] == [
            line.adjudications for line in was.lines
        ]
        assert [line.ndc_units for line in now.lines] == [line.ndc_units for line in was.lines]
        assert (now.frequency, now.original) == (was.frequency, was.original)
        assert [one.paid for one in now.subscribers] == [one.paid for one in was.subscribers]
        assert now.patient.birth_date == was.patient.birth_date
        assert now.patient.relationship == was.patient.relationship


def _by_use(one: object) -> int:
    return ("diagnosis", "admitting", "reason", "external").index(one.use)  # type: ignore[attr-defined]


def test_another_programs_file_is_read() -> None:
    assert check(TEXT) == []
    (read,) = read_837(TEXT)
    claim = read.claim
    assert (claim.id, claim.kind, claim.total) == (
        "26463774",
        ClaimKind.PROFESSIONAL,
        Decimal(100),
    )
    assert (claim.patient.first, claim.patient.relationship) == ("TED", "19")
    assert claim.subscribers[0].last == "SMITH"
    assert claim.pay_to is not None
    assert claim.pay_to.line == "2345 OCEAN BLVD"
    assert [one.code for one in claim.diagnoses] == ["J02.0", "Z11.59"]
    assert claim.lines[0].units == Decimal("1.0")
    assert claim.lines[1].ends is None


def test_what_is_not_kept_of_another_programs_file_is_told() -> None:
    (read,) = read_837(TEXT)
    by_number = {one.number: one for one in segments(TEXT)}
    told = [("*".join(by_number[one.number].elements), one.element) for one in read.unheld]
    assert told == [
        ("REF*1G*LICENCE7", ""),
        ("REF*G2*KA6663", ""),
        ("DTP*454*D8*20260201", ""),
        ("PWK*OZ*BM***AC*DMN0012", ""),
        ("REF*D9*17312345600006351", ""),
        ("K3*STATE DATA REQUIREMENT", ""),
        ("REF*G2*KA6663", ""),
        ("SV1*HC:87070*15*UN*1***1**Y", "SV109"),
        ("REF*BT*BATCH7", ""),
        ("SV1*HC:99214:::::NEW WORDS*35*UN*1***2", "SV101"),
    ]
    assert read.unheld[3].says == "PWK OZ is not kept."
    assert not any("KA6663" in one.says or "WORDS" in one.says for one in read.unheld)


@pytest.mark.parametrize(
    ("old", "new", "segment", "where"),
    [
        ("HL*2*1*22*1", "HL*3*1*22*1", "HL*3*1", "HL01: The level should have the number 2"),
        ("HL*2*1*22*1", "HL*2*9*22*1", "HL*2*9", "HL02: It names no level before it"),
        ("HL*2*1*22*1", "HL*2*1*21*1", "HL*2*1", "HL03: An 837 has levels 20, 22 and 23"),
        ("CLM*26463774*", "CLM**", "CLM", "CLM01: The patient control number"),
        ("SV1*HC:99213*40.00*", "SV1*HC:99213*4O*", "SV1", "SV102: This is no number"),
        ("SV1*HC:99213*40.00*UN*1.0*11**1", "SV1*HC:99213*40*UN*1***A", "SV1",
         "SV107: A pointer names a diagnosis"),
        ("DMG*D8*19730501", "DMG*D8*19730230", "DMG", "DMG02: This is no day"),
        ("PAT*19\n", "", "NM1*QC", "NM1: PAT is missing"),
        ("SBR*P**2222-SJ******CI\n", "", "NM1*IL", "NM1: SBR is missing"),
        ("NM1*85*2*", "NM1*8X*2*", "PRV*BI", "PRV: The billing provider (NM1*85) is missing"),
        ("SV1*HC:86663*10*UN*1***2\n", "", "LX*4", "LX: The line has neither SV1 nor SV2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, segment: str, where: str) -> None:
    assert old in FOREIGN
    text = file("837P", FOREIGN.replace(old, new, 1))
    number = next(
        one.number for one in segments(text) if "*".join(one.elements).startswith(segment)
    )
    assert refusal(text).startswith(f"segment {number}, {where}")


def test_a_claim_above_all_levels_is_refused() -> None:
    text = file("837P", "BHT*0019*00*1*20260301*1023*CH\nCLM*1*1***11:B:1*Y*A*Y*Y\n")
    assert "segment 5, CLM: A claim stands before the first level" in refusal(text)


def test_other_files_are_said_to_be_none() -> None:
    assert "ST01: This is no claim file" in refusal(file("835", REMITTANCE))
    dental = TEXT.replace("005010X222A1", "005010X224A2")
    assert "ST03: This is neither an 837P" in refusal(dental)
