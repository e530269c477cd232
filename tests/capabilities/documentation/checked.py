"""A note of one sentence and what the guardrails find in it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from wardround.capabilities.documentation.guardrails import GUARDRAILS
from wardround.capabilities.documentation.model import SECTIONS, Transcript, Turn
from wardround.kernel import (
    NOBODY,
    Drafted,
    Evidence,
    Finding,
    InMemory,
    Model,
    NotFound,
    Order,
    Part,
    Statement,
    TextSpan,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CLAIM = "/sections/0/sentences/0"
Said = Sequence[tuple[str, str]]


class Chart:
    """The chart of one patient, in memory."""

    def __init__(self, patient: dict[str, Any], *resources: dict[str, Any]) -> None:
        self._patient = patient
        self._resources = resources

    def read(self, reference: str) -> dict[str, Any]:
        return self._patient

    def search(self, kind: str, **parameters: str) -> list[dict[str, Any]]:
        assert parameters == {"patient": "Patient/1"}
        return [item for item in self._resources if item["resourceType"] == kind]

    def open(self, item: object) -> bytes:
        raise NotFound("There is no such input.")

    def file(self, item: object) -> AbstractContextManager[str]:
        raise NotFound("There is no such file.")


WOMAN = {"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1968-02-01"}


def allergy(name: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "AllergyIntolerance", "code": {"text": name}, **more}


def request(name: str) -> dict[str, Any]:
    return {"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": name}}


def check(
    sentence: str,
    said: Said,
    *,
    sources: Sequence[int] | None = None,
    section: str = "plan",
    own: bool = False,
    chart: Chart | None = None,
    evidence: tuple[Evidence, ...] | None = None,
) -> dict[str, Finding]:
    """Return what the guardrails find in a note of one sentence that stands on ``said``."""
    turns = tuple(Turn(speaker=who, source=text) for who, text in said)
    spans: list[Any] = [
        TextSpan(input="transcript", part=part, start=0, end=len(turns[part].source))
        for part in (sources if sources is not None else range(len(turns)))
    ]
    if own:
        spans.append(Statement(by="osei", at=AT))
    code, title = SECTIONS[section]
    content: dict[str, Any] = {
        "sections": [{"code": code, "title": title, "sentences": [{"text": sentence}]}]
    }
    drafted = Drafted(
        content=content,
        evidence=evidence
        if evidence is not None
        else (Evidence(claim=CLAIM, sources=tuple(spans)),),
        model=Model(name="m", version="1", digest="0"),
    )
    data = Transcript(turns=turns).model_dump_json(exclude_none=True).encode()
    context = InMemory([Part(name="transcript", data=data)], chart)
    order = Order(
        id="o",
        capability="documentation",
        subject="Patient/1" if chart else NOBODY,
        inputs=context.inputs,
        ordered_by="osei",
        ordered_at=AT,
    )
    findings = [finding for rail in GUARDRAILS for finding in rail.check(drafted, order, context)]
    assert len({finding.key for finding in findings}) == len(findings)
    assert all(finding.mend for finding in findings)
    return {finding.rule: finding for finding in findings}
