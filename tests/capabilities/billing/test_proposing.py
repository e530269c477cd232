"""Services that the record holds beside the signed codes: proposed, with where they stand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.capabilities.billing.chart import (
    CPT,
    DIABETES,
    LEVEL,
    PATIENT,
    PRESSURE,
    VISIT,
    Charts,
    charge,
)
from tests.capabilities.billing.test_service import billing, drafted, edited, order
from wardround.capabilities.billing import Billed, Billing
from wardround.capabilities.billing.proposing import Proposed, proposed
from wardround.kernel import ChartPath, Drafted, Edit, Severity

__all__ = ["billing"]

HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
AT = "2026-11-27T10:00:00Z"


def done(kind: str, number: int, what: str, system: str = CPT, **more: Any) -> dict[str, Any]:
    """Return a resource of the visit that says that something was done."""
    named = "vaccineCode" if kind == "Immunization" else "code"
    when = "performedDateTime" if kind == "Procedure" else "occurrenceDateTime"
    who = "patient" if kind == "Immunization" else "subject"
    return {
        "resourceType": kind,
        "id": f"s{number}",
        "status": "completed",
        named: {"coding": [{"system": system, "code": what}]},
        who: {"reference": PATIENT},
        "encounter": {"reference": VISIT},
        when: AT,
        **more,
    }


def found(*resources: dict[str, Any], taken: frozenset[str] = frozenset()) -> list[Proposed]:
    return list(proposed(Charts(*resources), PATIENT, VISIT, taken))


def claimed(billing: Billing, *resources: dict[str, Any]) -> tuple[Drafted, Billed]:
    made, inputs = order()
    charts = Charts(DIABETES, PRESSURE, LEVEL, *resources, inputs=inputs)
    answer = billing.draft(made, charts)
    return answer, Billed.model_validate(answer.content)


@pytest.mark.requirement("BILL-07")
@pytest.mark.parametrize("kind", ["Procedure", "Immunization", "ServiceRequest"])
def test_what_was_done_in_the_visit_is_proposed(kind: str) -> None:
    (one,) = found(done(kind, 1, "90686"))
    assert (one.code, one.day, one.units) == ("90686", date(2026, 11, 27), Decimal(1))
    element = "vaccineCode" if kind == "Immunization" else "code"
    assert one.sources == (ChartPath(resource=f"{kind}/s1", path=element),)


@pytest.mark.requirement("BILL-07")
@pytest.mark.parametrize(
    "more",
    [
        {"status": "in-progress"},
        {"status": "entered-in-error"},
        {"status": "active"},
        {"encounter": {"reference": "Encounter/other"}},
        {"code": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}},
        {"code": {"text": "Injection"}},
    ],
)
def test_what_was_not_done_here_or_has_no_code_is_not(more: dict[str, Any]) -> None:
    assert found(done("Procedure", 1, "20610", **more)) == []


def test_one_service_told_twice_is_one_line() -> None:
    item = charge(7, "J3301") | {
        "quantity": {"value": 4},
        "occurrenceDateTime": AT,
        "code": {"coding": [{"system": HCPCS, "code": "J3301"}]},
    }
    (one,) = found(item, done("Procedure", 1, "J3301", HCPCS))
    assert one.units == Decimal(4)
    assert [each.resource for each in one.sources] == ["ChargeItem/i7", "Procedure/s1"]
    (twice,) = found(done("Procedure", 1, "20610"), done("Procedure", 2, "20610"))
    assert twice.units == 2
    assert found(done("Procedure", 1, "20610"), taken=frozenset({"20610"})) == []


@pytest.mark.requirement("BILL-07")
def test_the_biller_keeps_or_removes_it(billing: Billing) -> None:
    why = [{"reference": "Condition/c2"}]
    answer, billed = claimed(billing, done("Procedure", 1, "93000", reasonReference=why))
    assert [one.procedure for one in billed.claim.lines] == ["99214", "93000"]
    line = billed.claim.lines[1]
    assert (line.pointers, line.begins, line.number) == ((2,), date(2026, 11, 27), 2)
    where = {item.claim: item.sources for item in answer.evidence}
    assert where["/claim/lines/1"] == (ChartPath(resource="Procedure/s1", path="code"),)
    _, guard = billing.guardrails
    made, inputs = order()
    charts = Charts(inputs=inputs)
    (told,) = guard.check(answer, made, charts)
    assert (told.severity, told.claim) == (Severity.WARN, "/claim/lines/1")
    gone = edited(billing, answer, Edit(op="remove", path="/claim/lines/1"))
    assert list(guard.check(gone, made, charts)) == []


def test_without_any_the_claim_is_that_of_the_codes(billing: Billing) -> None:
    answer, _, _ = drafted(billing)
    assert Billed.model_validate(answer.content).proposed == ()
