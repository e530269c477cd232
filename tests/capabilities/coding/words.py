"""A coder that knows a few terms, so that a test knows what it will find; and a visit's chart."""

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import orjson

from tests.searchable import require_searchable
from wardround.capabilities.coding import NOTE, REQUEST, Coding, Found, Span
from wardround.capabilities.coding.ranking.model import Thresholds
from wardround.engines.terminology import load_icd10cm
from wardround.kernel import (
    Actor,
    Draft,
    Drafted,
    Edit,
    Input,
    Model,
    NotFound,
    Order,
    Part,
    Role,
    Severity,
    Statement,
    apply,
)

AT = datetime(2026, 5, 12, 15, tzinfo=UTC)
FISCHER = Actor(id="p7", name="Lena Fischer", role=Role.CODER, reference="Practitioner/fischer")
MODEL = Model(name="few-terms", version="1", digest="b" * 64)

TERMS = {
    "hypertension": ("I10", 0.97),
    "type 2 diabetes": ("E11.9", 0.95),
    "sore throat": ("J02.9", 0.62),
    "right knee pain": ("M25.561", 0.93),
    "left knee pain": ("M25.562", 0.93),
    "fell from a ladder": ("W11.XXXA", 0.7),
    "asthma": ("J45.909", 0.55),
    "anemia": ("D64.9", 0.95),
    "iron deficiency anemia": ("D50.9", 0.96),
    "retired code": ("E11.99", 0.95),
}

NOTE_TEXT = """CHIEF COMPLAINT

Sore throat.

HISTORY OF PRESENT ILLNESS

She has had a sore throat since Monday, with a fever of 38.5 last night.
She takes lisinopril for hypertension and metformin for type 2 diabetes.
No known asthma.

ASSESSMENT AND PLAN

Hypertension, well controlled. Continue lisinopril.
"""


class FewTerms:
    """Finds the terms of a short list, wherever they stand."""

    model = MODEL
    thresholds = Thresholds(0.3, 0.9)

    def __init__(self, terms: Mapping[str, tuple[str, float]] | None = None) -> None:
        self._terms = TERMS if terms is None else terms

    def find(self, text: str, on: date | None = None) -> Sequence[Found]:
        found = []
        for term, (code, score) in self._terms.items():
            spans = [Span(*m.span()) for m in re.finditer(re.escape(term), text, re.IGNORECASE)]
            if spans:
                found.append(Found(code, score, tuple(spans), (f"The note says “{term}”.",)))
        return sorted(found, key=lambda one: -one.score)

    def find_many(
        self, texts: Sequence[str], dates: Sequence[date | None] | None = None
    ) -> Sequence[Sequence[Found]]:
        return [self.find(text) for text in texts]


ROOM = Coding(FewTerms(), load_icd10cm())

ENCOUNTER = {
    "resourceType": "Encounter",
    "id": "v1",
    "status": "finished",
    "class": {"code": "AMB"},
    "subject": {"reference": "Patient/ada"},
    "period": {"start": "2026-05-12T09:00:00-04:00"},
}


class Held:
    """A chart and inputs held in memory."""

    def __init__(self, *resources: Mapping[str, Any], text: str = NOTE_TEXT) -> None:
        known = (ENCOUNTER, *resources)
        self.resources = {f"{one['resourceType']}/{one['id']}": one for one in known}
        asked = {"note": "DocumentReference/n1", "draft": "d0", "encounter": "Encounter/v1"}
        self.parts = ROOM.accept(
            [
                Part(name=REQUEST, data=orjson.dumps(asked)),
                Part(name=NOTE, data=text.encode()),
            ]
        )

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(
            Input(
                name=part.name,
                reference=f"Binary/{part.name}",
                sha256="0" * 64,
                media_type=part.media_type,
            )
            for part in self.parts
        )

    def read(self, reference: str) -> Mapping[str, Any]:
        if reference not in self.resources:
            raise NotFound("There is no such resource.", where=reference)
        return self.resources[reference]

    def search(self, kind: str, **parameters: str) -> list[Mapping[str, Any]]:
        require_searchable(kind, parameters)
        found = [one for one in self.resources.values() if one["resourceType"] == kind]
        if "_id" in parameters:
            return [one for one in found if one["id"] == parameters["_id"]]
        if "date" in parameters:
            first = parameters["date"].removeprefix("ge")
            return [one for one in found if one["period"]["start"][:10] >= first]
        if "encounter" in parameters:
            wanted = {"reference": parameters["encounter"]}
            return [one for one in found if one.get("encounter") == wanted]
        return found

    def open(self, item: Input) -> bytes:
        return next(part.data for part in self.parts if part.name == item.name)

    def file(self, item: Input) -> AbstractContextManager[str]:
        raise NotFound("There is no such file.")


def order(chart: Held, encounter: str | None = "Encounter/v1") -> Order:
    return Order(
        id="o1",
        capability="coding",
        subject="Patient/ada",
        encounter=encounter,
        inputs=chart.inputs,
        ordered_by="p1",
        ordered_at=AT,
    )


def drafted(text: str = NOTE_TEXT, chart: Held | None = None, room: Coding = ROOM) -> Draft:
    """Return the draft of a note, checked, as the route makes it."""
    chart = chart or Held(text=text)
    made = room.draft(order(chart), chart)
    assert made.abstained is None, made.abstained
    draft = Draft(
        id="d1",
        capability="coding",
        subject="Patient/ada",
        encounter="Encounter/v1",
        content=made.content,
        evidence=made.evidence,
        model=made.model,
        inputs=chart.inputs,
        created=AT,
        updated=AT,
    )
    return checked(draft, chart, room)


def checked(draft: Draft, chart: Held | None = None, room: Coding = ROOM) -> Draft:
    chart = chart or Held()
    made = Drafted(content=draft.content, evidence=draft.evidence, model=draft.model)
    found = [f for rail in room.guardrails for f in rail.check(made, order(chart), chart)]
    return draft.model_copy(update={"findings": tuple(found)})


def edited(draft: Draft, edit: Edit, chart: Held | None = None, room: Coding = ROOM) -> Draft:
    """Return a draft after one edit, checked again, as the route does it."""
    by = Statement(by=FISCHER.id, at=AT)
    content, evidence = apply(edit, draft.content, draft.evidence, by)
    after = draft.model_copy(update={"content": room.validate(content), "evidence": evidence})
    return checked(after, chart, room)


def rules(draft: Draft) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in draft.findings}
