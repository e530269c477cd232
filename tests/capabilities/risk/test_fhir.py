"""What signing an assessment writes: an Observation, a RiskAssessment, and what they withdraw."""

from typing import Any

import pytest

from tests.capabilities.risk.drafts import OSEI, ROOM, answered, drafted, result
from tests.capabilities.risk.patients import AT, VITALS, Held, observed
from wardround.kernel import Draft, Drafted, NotAllowed, resource_id


def signed(made: Drafted, **more: Any) -> Draft:
    draft = Draft(
        id="d1",
        capability="risk",
        subject="Patient/ada",
        content=made.content,
        evidence=made.evidence,
        findings=made.findings,
        model=made.model,
        created=AT,
        updated=AT,
        **more,
    )
    return draft.signed(OSEI, AT)


def test_a_signed_score_is_an_observation_and_a_risk_assessment() -> None:
    chart = Held(observed("c", "2160-0", 1.4, "mg/dL"))
    made = answered(drafted("ckd-epi", chart), chart, comment="Steady for a year.", pregnant="no")
    observation, assessment = ROOM.resources(signed(made), OSEI, AT, chart)
    assert observation["valueQuantity"] == {
        "value": result(made)["value"],
        "unit": "mL/min/{1.73_m2}",
        "system": "http://unitsofmeasure.org",
        "code": "mL/min/{1.73_m2}",
    }
    assert observation["derivedFrom"] == [{"reference": "Observation/c"}]
    assert observation["effectiveDateTime"] == AT.isoformat()
    own = {"reference": f"Observation/{resource_id('d1', 'observation')}"}
    assert assessment["basis"] == [
        own,
        {"reference": "Patient/ada"},
        {"reference": "Observation/c"},
    ]
    assert assessment["note"] == [
        {"text": "Steady for a year."},
        {"text": "Stated by the person who signed, not taken from the chart: Pregnant."},
    ]


def test_a_risk_in_percent_is_a_probability() -> None:
    chart = Held(observed("e", "98979-8", 38.0, "mL/min/{1.73_m2}"))
    made = drafted("kfre-2", chart)
    whole = answered(made, chart, uacr="120")
    _, assessment = ROOM.resources(signed(whole), OSEI, AT, chart)
    (prediction,) = assessment["prediction"]
    assert prediction["probabilityDecimal"] == result(whole)["value"]


def test_a_range_is_signed_as_a_range() -> None:
    chart = Held(*VITALS)
    made = drafted("news2", chart)
    findings = [f.model_copy(update={"acknowledged_by": "p1"}) for f in made.findings]
    seen = made.model_copy(update={"findings": tuple(findings)})
    observation, _ = ROOM.resources(signed(seen), OSEI, AT, chart)
    ends = observation["valueRange"]
    assert (ends["low"]["value"], ends["high"]["value"]) == (7, 14)


def test_what_has_no_result_cannot_be_signed() -> None:
    with pytest.raises(NotAllowed):
        signed(drafted("has-bled", Held(*VITALS)))


def test_an_amendment_withdraws_the_result_before() -> None:
    chart = Held(observed("c", "2160-0", 1.4, "mg/dL"))
    made = drafted("ckd-epi", chart)
    for resource in ROOM.resources(signed(made), OSEI, AT, chart):
        chart.resources[f"{resource['resourceType']}/{resource['id']}"] = resource
    second = signed(made, supersedes="d1").model_copy(update={"id": "d2"})
    found = {
        (r["resourceType"], r["id"] == resource_id("d1", part)): r["status"]
        for r, part in zip(
            ROOM.resources(second, OSEI, AT, chart),
            ("observation", "assessment", "observation", "assessment"),
            strict=True,
        )
    }
    assert found == {
        ("Observation", False): "amended",
        ("RiskAssessment", False): "amended",
        ("Observation", True): "entered-in-error",
        ("RiskAssessment", True): "entered-in-error",
    }
