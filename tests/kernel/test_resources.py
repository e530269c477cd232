"""What the FHIR resources of signed drafts have in common."""

from datetime import UTC, datetime
from typing import Any, cast

from wardround.kernel import (
    Context,
    Draft,
    Model,
    NotFound,
    resource_id,
    whose,
    withdrawn,
)

AT = datetime(2026, 3, 4, tzinfo=UTC)
DRAFT = Draft(
    id="d2",
    capability="radiology",
    subject="Patient/ada",
    encounter="Encounter/e1",
    model=Model(name="m", version="1", digest="0" * 64),
    created=AT,
    updated=AT,
    supersedes="d1",
)


class Held:
    """A chart of some resources."""

    def __init__(self, **held: dict[str, Any]) -> None:
        self._held = {f"{one['resourceType']}/{one['id']}": one for one in held.values()}

    def read(self, reference: str) -> dict[str, Any]:
        if reference not in self._held:
            raise NotFound("There is no such resource.")
        return self._held[reference]


def test_a_resource_says_whose_it_is() -> None:
    subject = {"subject": {"reference": "Patient/ada"}}
    assert whose(DRAFT) == {**subject, "encounter": {"reference": "Encounter/e1"}}
    assert whose(DRAFT.model_copy(update={"encounter": None})) == subject


def test_an_amendment_withdraws_the_report_before_and_its_results() -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "id": resource_id("d1", "report"),
        "status": "final",
        "result": [{"reference": "Observation/o1"}],
    }
    found = {"resourceType": "Observation", "id": "o1", "status": "final"}
    context = cast("Context", Held(report=report, found=found))
    gone = withdrawn(DRAFT, context)
    assert [(one["id"], one["status"]) for one in gone] == [
        (report["id"], "entered-in-error"),
        ("o1", "entered-in-error"),
    ]
    assert report["status"] == "final", "what the chart holds is not changed in place"
    assert withdrawn(DRAFT.model_copy(update={"supersedes": None}), context) == []
    assert withdrawn(DRAFT, cast("Context", Held())) == []
