from datetime import date, timedelta

import pytest

from tests.capabilities.billing.scrubbing.made import DAY, ON, PLAIN, STAY, changed, found
from wardround.capabilities.billing import Claim

OUT = changed(
    STAY, bill_type="0131", admitted=None, admission_hour="", admission_type="3",
    discharge_hour="", ends=DAY, values=[], diagnoses=[{"code": "M17.11"}],
    lines=[{"number": 1, "revenue": "0420", "procedure": "97110", "modifiers": ["GP"],
            "charge": "80.00", "begins": DAY}],
)  # fmt: skip


def test_an_outpatients_claim_without_a_fault_has_no_edit() -> None:
    assert not found(OUT)


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"bill_type": "111"}, set()),
        ({"bill_type": "0991"}, {"bill-type"}),
        ({"bill_type": "0117"}, {"bill-frequency"}),
        ({"begins": None}, {"statement-missing"}),
        ({"admission_hour": ""}, {"admission-hour"}),
        ({"admission_hour": "1415"}, set()),
        ({"admission_type": "6"}, {"admission-type"}),
        ({"admission_type": "4", "admission_source": "1"}, {"admission-source"}),
        ({"admission_type": "4", "admission_source": "5"}, set()),
        ({"admission_source": "7"}, {"admission-source"}),
        ({"discharge_status": "30"}, {"discharge-interim"}),
        ({"discharge_status": "30", "frequency": "2", "bill_type": "0112"}, set()),
        ({"discharge_status": "01", "frequency": "2", "bill_type": "0112"}, {"discharge-final"}),
        ({"discharge_hour": ""}, {"discharge-hour"}),
        ({"discharge_hour": "25"}, {"discharge-hour"}),
        ({"attending": None}, {"attending-missing"}),
        ({"admitted": DAY - timedelta(days=3)}, set()),
        ({"admitted": DAY + timedelta(days=3)}, set()),
        ({"admitted": DAY + timedelta(days=4)}, {"admission-late"}),
        ({"begins": DAY - timedelta(days=4)}, {"admission-window"}),
        ({"drg": "193"}, set()),
        ({"drg": "19"}, {"drg-form"}),
        ({"conditions": [{"code": "09"}, {"code": "C5"}]}, set()),
        ({"conditions": [{"code": "9"}]}, {"qualified-form"}),
        ({"occurrences": [{"code": "70", "at": DAY}]}, {"occurrence-date"}),
        ({"occurrences": [{"code": "70", "at": DAY, "until": DAY}]}, set()),
        ({"occurrences": [{"code": "11", "at": ON + timedelta(days=1)}]}, {"occurrence-date"}),
        ({"values": [{"code": "80"}]}, {"value-amount"}),
    ],
)
def test_fields_of_a_stay(fields: dict[str, object], rules: set[str]) -> None:
    assert found(changed(STAY, **fields)) == rules


def test_the_frequency_is_that_of_the_bill_type_where_the_claim_says_none() -> None:
    silent = {name: value for name, value in STAY.model_dump().items() if name != "frequency"}
    assert not found(Claim.model_validate(silent | {"bill_type": "0112", "discharge_status": "30"}))
    assert found(Claim.model_validate(silent | {"bill_type": "0117"})) == {"original-missing"}


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ({"revenue": "0420"}, set()),
        ({"revenue": "420"}, {"revenue-form"}),
        ({"revenue": "0001"}, {"revenue-form"}),
        ({"revenue": "9999"}, {"revenue-form"}),
        ({"revenue": ""}, {"revenue-missing"}),
        ({"procedure": ""}, {"revenue-code"}),
        ({"procedure": "", "revenue": "0250", "modifiers": []}, set()),
        ({"begins": DAY - timedelta(days=1)}, {"statement-line"}),
        ({"begins": None}, set()),
        ({"modifiers": ["GP", "LT"]}, {"laterality"}),
        ({"modifiers": ["GP", "RT"]}, set()),
    ],
)
def test_a_line_of_an_outpatient(line: dict[str, object], rules: set[str]) -> None:
    assert found(changed(OUT, lines=[OUT.lines[0].model_dump() | line])) == rules


def test_lines_of_days_say_which() -> None:
    silent = [OUT.lines[0].model_dump() | {"begins": None}]
    days = {"begins": DAY, "ends": DAY + timedelta(days=2), "lines": silent}
    assert found(changed(OUT, **days)) == {"date-missing"}


def test_an_emergency_says_why_the_patient_came() -> None:
    line = OUT.lines[0].model_dump() | {"revenue": "0450", "procedure": "99283", "modifiers": []}
    came = changed(OUT, lines=[line], admission_type="1")
    assert found(came) == {"reason-missing"}
    told = [{"code": "M17.11"}, {"code": "M25.561", "use": "reason"}]
    assert not found(changed(came, diagnoses=told))


@pytest.mark.parametrize(
    ("code", "at", "rules"),
    [
        ("0DTJ4ZZ", DAY, set()),
        ("0DTJ4ZZ", DAY - timedelta(days=3), set()),
        ("0DTJ4ZZ", DAY - timedelta(days=4), {"operation-date"}),
        ("0DTJ4ZZ", None, {"operation-date"}),
        ("ODTJ4ZZ", DAY, {"operation-form"}),
        ("0DTJ4Z", DAY, {"operation-form"}),
    ],
)
def test_operations(code: str, at: date | None, rules: set[str]) -> None:
    operated = changed(STAY, procedures=[{"code": code, "at": at}], operating=STAY.attending)
    assert found(operated) == rules


def test_presence_on_admission() -> None:
    def said(value: str, code: str = "J18.9") -> set[str]:
        first = {"code": code, "on_admission": value}
        return found(changed(STAY, diagnoses=[first, STAY.diagnoses[1].model_dump()]))

    assert not any(said(value) for value in "YNUW")
    assert said("1") == {"poa-form"}
    assert said("") == {"poa-missing"}


def test_who_died_did_not_go_home() -> None:
    patient = STAY.patient.model_dump() | {"death_date": STAY.ends}
    claim = changed(STAY, patient=patient)
    assert found(claim) == {"discharge-died"}
    assert not found(changed(claim, discharge_status="20"))


def test_rooms_are_counted_without_the_day_of_discharge() -> None:
    more = [STAY.lines[0].model_dump() | {"units": "4"}]
    assert found(changed(STAY, lines=more)) == {"revenue-room"}


def test_a_professional_claim_has_nothing_of_an_institutional_one() -> None:
    assert found(changed(PLAIN, bill_type="131")) == {"kind-mixed"}
