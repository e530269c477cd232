"""What a claim still lacks to be an 837, said in a biller's words."""

import pytest

from tests.capabilities.billing.x12.made import Maker
from tests.capabilities.billing.x12.plain import CLAIM, STAY, line_with, with_
from wardround.capabilities.billing import Coded
from wardround.capabilities.billing.x12 import unfinished


@pytest.mark.parametrize(
    ("update", "lacks"),
    [
        ({"place": ""}, "the place of service"),
        ({"accident": "AA"}, "the state of the accident"),
        ({"accident_date": "2026-01-01"}, "what kind of accident it was (AA, EM or OA)"),
        ({"accept_assignment": ""}, "whether assignment is accepted (A, B or C)"),
        ({"drg": "193"}, "a DRG has no place in an 837P"),
        ({"diagnoses": [{"code": f"R{at}.0"} for at in range(10, 23)]}, "more than 12 diagnoses"),
        ({"diagnoses": [{"code": "E11.9", "on_admission": "Y"}, {"code": "I10"}]},
         "present on admission has no place in an 837P"),
        ({"rendering": {"npi": "1"}}, "the name of the rendering provider"),
        ({"facility": {"name": "Site", "address": {"line": "1", "city": "A", "state": "NY",
                                                   "zip": "12207"}}},
         "facility address (ZIP of 9 digits)"),
    ],
)  # fmt: skip
def test_what_a_professional_claim_lacks_is_said(update: dict[str, object], lacks: str) -> None:
    assert unfinished(CLAIM) == []
    assert unfinished(with_(CLAIM, **update)) == [lacks]


def test_a_claim_without_a_diagnosis_or_a_name_that_can_be_written_is_unfinished() -> None:
    assert unfinished(with_(CLAIM, diagnoses=[]))[0] == "no diagnosis"
    named = with_(
        CLAIM, patient=CLAIM.patient.model_dump() | {"last": "\N{CJK UNIFIED IDEOGRAPH-674E}"}
    )
    assert unfinished(named) == ["the patient's name"]


@pytest.mark.parametrize(
    ("update", "lacks"),
    [
        ({"procedure": ""}, "line 1: procedure"),
        ({"begins": None}, "line 1: day of service"),
        ({"pointers": ()}, "line 1: which diagnosis it is for"),
        ({"pointers": (3,)}, "line 1: it points at a diagnosis that the claim does not have"),
        ({"units": 0}, "line 1: units"),
        ({"ndc": "00409379301"}, "line 1: how much of the drug (NDC units)"),
        ({"charge": "-1"}, "line 1: a charge below zero"),
        ({"revenue": "0510"}, "line 1: a revenue code has no place in an 837P"),
    ],
)
def test_what_a_line_lacks_is_said(update: dict[str, object], lacks: str) -> None:
    assert unfinished(line_with(CLAIM, **update)) == [lacks]


@pytest.mark.parametrize(
    ("update", "lacks"),
    [
        ({"bill_type": ""}, "the type of bill (such as 0131)"),
        ({"bill_type": "0117", "frequency": "8", "original": "I"},
         "another frequency than the type of bill says"),
        ({"ends": None}, "the last day of the statement"),
        ({"attending": None}, "the attending provider"),
        ({"admitted": None}, "the day of admission"),
        ({"patient_paid": "5"},
         "a sum that the patient paid (use a value code) has no place in an 837I"),
        ({"values": [Coded(code="80")]}, "a value code without its amount"),
    ],
)  # fmt: skip
def test_what_an_institutional_claim_lacks_is_said(update: dict[str, object], lacks: str) -> None:
    assert unfinished(STAY) == []
    assert unfinished(with_(STAY, **update)) == [lacks]


def test_made_claims_are_finished() -> None:
    assert [one.id for one in Maker(3).claims(200) if unfinished(one)] == []
