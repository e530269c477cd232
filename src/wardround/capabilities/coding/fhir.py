"""How signed codes become FHIR R4: Conditions in the order of the claim, a charge, the evidence.

Each code that stands is a ``Condition`` of the encounter; a ``List`` names them in the order of
the claim, as a ``Condition`` knows no place among others. A ``DocumentReference`` keeps what each
code rests on: the words of the note, and what the coder decided. Codes that are signed anew
withdraw those before.
"""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from wardround.capabilities.coding.model import Code, Coded
from wardround.capabilities.coding.reading import request_in, spans_of, text_in
from wardround.kernel import (
    Actor,
    Context,
    Draft,
    Evidence,
    Resource,
    TextSpan,
    resource_id,
)

CPT = "http://www.ama-assn.org/go/cpt"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
_TERMS = "http://terminology.hl7.org/CodeSystem"
_LONGEST, _MOST = 400, 3
"""Characters of a line, and lines of a code, that a condition carries."""
CODED = "urn:wardround:codes"
"""The system of the identifier by which signed codes know the draft that they come from."""


def resources(draft: Draft, signer: Actor, at: datetime, context: Context) -> list[dict[str, Any]]:
    """Return what signing adds: Conditions, the principal first, then List and evidence."""
    coded = Coded.model_validate(draft.content)
    asked, text = request_in(draft.inputs, context), text_in(draft.inputs, context)
    notes = [asked.note, *asked.addenda]
    conditions = [
        _condition(draft, place, code, notes, text, at) | _recorded(signer)
        for place, code in coded.standing
    ]
    return [
        *conditions,
        _list(draft, coded, conditions, signer, at),
        *_charges(draft, coded, asked.note, signer, at, context),
        _document(draft, coded, notes, text, signer, at),
        *_withdrawn(draft, context),
    ]


def _condition(
    draft: Draft, place: int, code: Code, notes: list[str], text: str, at: datetime
) -> dict[str, Any]:
    said = _lines(draft, place, text)
    return {
        "resourceType": "Condition",
        "id": resource_id(draft.id, f"condition-{code.id}"),
        "identifier": [{"system": CODED, "value": f"{draft.id}/codes/{place}"}],
        "clinicalStatus": _coding("condition-clinical", "active"),
        "verificationStatus": _coding("condition-ver-status", "confirmed"),
        "category": [_coding("condition-category", "encounter-diagnosis", "Encounter Diagnosis")],
        "code": {
            "coding": [{"system": ICD10CM, "code": code.code, "display": code.display}],
            "text": code.display or code.code,
        },
        "subject": {"reference": draft.subject},
        **_during(draft),
        "recordedDate": at.isoformat(),
        "evidence": [
            {
                **({"code": [{"text": words} for words in said]} if said else {}),
                "detail": [
                    *({"reference": note} for note in notes),
                    {
                        "reference": f"DocumentReference/{resource_id(draft.id, 'document')}",
                        "display": f"Evidence of every code, /codes/{place}",
                    },
                ],
            }
        ],
        **({"note": [{"text": code.why}]} if code.why else {}),
    }


def _recorded(signer: Actor) -> dict[str, Any]:
    return {"recorder": {"reference": signer.reference, "display": signer.name}}


def _lines(draft: Draft, place: int, text: str) -> list[str]:
    """Return the lines of the note that say a code, for who reads it without the note."""
    found = []
    for one in spans_of(draft.evidence, f"/codes/{place}"):
        begin = text.rfind("\n", 0, one.start) + 1
        end = text.find("\n", one.end)
        found.append(text[begin : end if end >= 0 else len(text)].strip()[:_LONGEST])
    return list(dict.fromkeys(found))[:_MOST]


def _list(
    draft: Draft,
    coded: Coded,
    conditions: list[dict[str, Any]],
    signer: Actor,
    at: datetime,
) -> dict[str, Any]:
    """Return the ``List`` that keeps the order of the claim."""
    comment = [{"text": coded.comment}] if coded.comment else []
    return {
        "resourceType": "List",
        "id": resource_id(draft.id, "list"),
        "identifier": [{"system": CODED, "value": draft.id}],
        "status": "current",
        "mode": "snapshot",
        "title": "Diagnoses in the order of the claim",
        "orderedBy": _coding("list-order", "priority", "Sorted by Priority"),
        "subject": {"reference": draft.subject},
        **_during(draft),
        "date": at.isoformat(),
        "source": {"reference": signer.reference, "display": signer.name},
        **({"note": comment} if comment else {}),
        "entry": [
            {
                "item": {
                    "reference": f"Condition/{condition['id']}",
                    "display": condition["code"]["coding"][0]["code"],
                }
            }
            for condition in conditions
        ],
    }


def _charges(
    draft: Draft, coded: Coded, note: str, signer: Actor, at: datetime, context: Context
) -> Iterator[dict[str, Any]]:
    """Yield the charge of the visit's level, confirmed by itself or, where clear, by signing."""
    if coded.level is None or not coded.level.billed:
        return
    performers = [{"actor": one} for one in context.read(note).get("author", [])[:1]]
    document = f"DocumentReference/{resource_id(draft.id, 'document')}"
    yield {
        "resourceType": "ChargeItem",
        "id": resource_id(draft.id, "charge-level"),
        "identifier": [{"system": CODED, "value": f"{draft.id}/level"}],
        "status": "billable",
        "code": {"coding": [{"system": CPT, "code": coded.level.billed}]},
        "subject": {"reference": draft.subject},
        **({"context": {"reference": draft.encounter}} if draft.encounter else {}),
        "occurrenceDateTime": coded.date.isoformat(),
        **({"performer": performers} if performers else {}),
        "quantity": {"value": 1},
        "enterer": {"reference": signer.reference, "display": signer.name},
        "enteredDate": at.isoformat(),
        "supportingInformation": [
            {"reference": note},
            {"reference": document, "display": "Evidence of every code, /level"},
        ],
    }


def _document(
    draft: Draft, coded: Coded, notes: list[str], text: str, signer: Actor, at: datetime
) -> dict[str, Any]:
    """Return the evidence of every code as a document: places in the note, and the words there."""
    evidence = {
        "draft": draft.id,
        "model": draft.model.model_dump(),
        "notes": notes,
        "content": draft.content,
        "not_taken": [code.code for _, code in coded.untaken],
        "level": "" if coded.level is None else coded.level.billed,
        "evidence": [_quoted(item, text) for item in draft.evidence],
        "findings": [item.model_dump(mode="json") for item in draft.findings],
    }
    during = {"encounter": [{"reference": draft.encounter}]} if draft.encounter else {}
    return {
        "resourceType": "DocumentReference",
        "id": resource_id(draft.id, "document"),
        "status": "current",
        "docStatus": "final",
        "type": {"text": "Evidence of every code"},
        "subject": {"reference": draft.subject},
        "date": at.isoformat(),
        "author": [{"reference": signer.reference, "display": signer.name}],
        "content": [
            {
                "attachment": {
                    "contentType": "application/json",
                    "title": "Evidence of every code",
                    "data": b64encode(orjson.dumps(evidence)).decode(),
                }
            }
        ],
        "context": {**during, "related": [{"reference": note} for note in notes]},
    }


def _quoted(item: Evidence, text: str) -> dict[str, Any]:
    """Return an evidence with the words at its places, for who reads it without the note."""
    spans = [one for one in item.sources if isinstance(one, TextSpan)]
    return {
        **item.model_dump(mode="json"),
        "words": [text[one.start : one.end] for one in spans],
    }


def _withdrawn(draft: Draft, context: Context) -> Iterator[dict[str, Any]]:
    """Yield what was signed of the same encounter before, marked as no longer so."""
    if draft.encounter is None:
        return
    before: dict[str, None] = {}
    for condition in context.search("Condition", encounter=draft.encounter):
        made_by = _made_by(condition)
        if made_by in {"", draft.id} or not _stands(condition):
            continue
        before[made_by] = None
        bare = {name: value for name, value in condition.items() if name != "clinicalStatus"}
        wrong = _coding("condition-ver-status", "entered-in-error")
        yield {**bare, "verificationStatus": wrong}
    for made_by in before:
        listed = context.read(f"List/{resource_id(made_by, 'list')}")
        yield {**listed, "status": "retired"}
        for charge in context.search("ChargeItem", _id=resource_id(made_by, "charge-level")):
            yield {**charge, "status": "entered-in-error"}
        document = context.read(f"DocumentReference/{resource_id(made_by, 'document')}")
        yield {**document, "status": "superseded"}


def _made_by(resource: Resource) -> str:
    """Return the draft of codes that a resource came from; empty where from none."""
    for identifier in resource.get("identifier", []):
        if identifier.get("system") == CODED:
            return str(identifier.get("value", "")).partition("/")[0]
    return ""


def _stands(condition: Resource) -> bool:
    codings = condition.get("verificationStatus", {}).get("coding", [])
    return all(one.get("code") != "entered-in-error" for one in codings)


def _during(draft: Draft) -> dict[str, Any]:
    return {"encounter": {"reference": draft.encounter}} if draft.encounter else {}


def _coding(system: str, code: str, display: str = "") -> dict[str, Any]:
    coding = {"system": f"{_TERMS}/{system}", "code": code}
    return {"coding": [coding | ({"display": display} if display else {})]}
