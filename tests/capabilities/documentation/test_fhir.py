"""A signed note as FHIR: valid resources that point at one another, with the evidence inside."""

from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from fhir.resources.R4B import get_fhir_model_class

from wardround.capabilities.documentation import fhir
from wardround.kernel import (
    Actor,
    Draft,
    Evidence,
    InMemory,
    Input,
    Model,
    Part,
    Resource,
    Role,
    Status,
    TextSpan,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OSEI = Actor(id="osei", name="Dr Amara Osei", role=Role.CLINICIAN, reference="Practitioner/osei")
SHA = "ab" * 32


def signed(**changes: object) -> Draft:
    draft = Draft(
        id="d1",
        capability="documentation",
        subject="Patient/1",
        encounter="Encounter/1",
        status=Status.SIGNED,
        content={
            "sections": [
                {
                    "code": "10164-2",
                    "title": "History of present illness",
                    "sentences": [{"text": "Cough < 3 weeks & no fever."}],
                }
            ]
        },
        evidence=(
            Evidence(
                claim="/sections/0/sentences/0",
                sources=(TextSpan(input="transcript", part=1, start=10, end=20),),
            ),
        ),
        model=Model(name="sections", version="1", digest=SHA),
        inputs=(
            Input(
                name="transcript", reference=f"Binary/{SHA}", sha256=SHA, media_type="text/plain"
            ),
        ),
        created=AT,
        updated=AT,
        decided_by=OSEI,
        decided_at=AT,
    )
    return draft.model_copy(update=changes)


def made(draft: Draft, context: InMemory | None = None) -> list[dict[str, Any]]:
    return fhir.resources(draft, OSEI, AT, context or InMemory([]))


@pytest.mark.requirement("DOC-13")
@pytest.mark.parametrize("encounter", ["Encounter/1", None])
def test_what_is_made_is_fhir(encounter: str | None) -> None:
    resources = made(signed(encounter=encounter))
    kinds = [resource["resourceType"] for resource in resources]
    assert kinds == ["Composition", "DocumentReference", "DocumentReference"]
    for resource in resources[1:] if encounter is None else resources:
        model = get_fhir_model_class(resource["resourceType"])
        model.model_validate(orjson.loads(orjson.dumps(resource)))


@pytest.mark.requirement("DOC-13")
def test_the_note_leads_to_its_transcript_and_its_sections() -> None:
    composition, document, spoken = made(signed())
    assert document["context"] == {
        "encounter": [{"reference": "Encounter/1"}],
        "related": [{"reference": f"DocumentReference/{spoken['id']}"}],
    }
    assert spoken["content"][0]["attachment"]["url"] == f"Binary/{SHA}"
    assert document["content"][1]["attachment"]["url"] == f"Composition/{composition['id']}"
    assert composition["section"][0]["code"]["coding"][0]["code"] == "10164-2"
    assert "Cough &lt; 3 weeks &amp; no fever." in composition["section"][0]["text"]["div"]
    assert composition["attester"][0]["party"]["reference"] == "Practitioner/osei"


@pytest.mark.requirement("DOC-13")
def test_the_text_and_the_evidence_travel_with_the_note() -> None:
    draft = signed()
    _, document, _ = made(draft)
    text = b64decode(document["content"][0]["attachment"]["data"]).decode()
    assert text == "HISTORY OF PRESENT ILLNESS\n\nCough < 3 weeks & no fever."
    kept = orjson.loads(b64decode(document["content"][2]["attachment"]["data"]))
    assert kept["content"] == draft.content
    assert kept["evidence"][0]["sources"] == [
        {"kind": "text", "input": "transcript", "part": 1, "start": 10, "end": 20}
    ]
    assert kept["model"]["digest"] == SHA


def test_signing_again_makes_the_same_resources() -> None:
    assert made(signed()) == made(signed())


def test_an_amended_note_replaces_the_one_before() -> None:
    _, old, _ = made(signed())

    class OldChart(InMemory):
        def read(self, reference: str) -> Resource:
            assert reference == f"DocumentReference/{old['id']}"
            return old

    new = signed(id="d2", supersedes="d1")
    composition, document, _, superseded = made(new, OldChart([Part(name="x", data=b"")]))
    assert composition["status"] == "amended"
    assert document["relatesTo"][0]["target"]["reference"] == f"DocumentReference/{old['id']}"
    assert superseded == {**old, "status": "superseded"}
    assert document["id"] != old["id"]
