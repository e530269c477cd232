"""How a signed note becomes FHIR R4: a Composition and two DocumentReferences.

The note is a ``Composition`` (sections by LOINC code) and a ``DocumentReference`` with its text
and with the evidence of every sentence; what was said is a ``DocumentReference`` of its own, so
that whoever reads the note later can follow each sentence to its source.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from wardround.capabilities.documentation.model import Note, Section
from wardround.kernel import Actor, Context, Draft, Input, resource_id

LOINC = "http://loinc.org"
PROGRESS_NOTE = {"system": LOINC, "code": "11506-3", "display": "Progress note"}
CATEGORY = {
    "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
    "code": "clinical-note",
    "display": "Clinical Note",
}


def resources(draft: Draft, signer: Actor, at: datetime, context: Context) -> list[dict[str, Any]]:
    """Return Composition, DocumentReference and the transcript's DocumentReference.

    An amended note replaces the one before: its Composition is ``amended``, and the document it
    replaces comes along once more, marked ``superseded``.
    """
    note = Note.model_validate(draft.content)
    composition = _composition(draft, note, signer, at)
    document = _document(draft, note, signer, at)
    spoken = transcript(draft.inputs, draft.subject, draft.encounter, draft.created)
    heard = {"reference": f"DocumentReference/{spoken['id']}"}
    document["context"] = {**document.get("context", {}), "related": [heard]}
    made = [composition, document, spoken]
    if draft.supersedes is not None:
        old = f"DocumentReference/{resource_id(draft.supersedes, 'document')}"
        document["relatesTo"] = [{"code": "replaces", "target": {"reference": old}}]
        replaced = f"Composition/{resource_id(draft.supersedes, 'composition')}"
        composition["relatesTo"] = [
            {"code": "replaces", "targetReference": {"reference": replaced}}
        ]
        made.append({**context.read(old), "status": "superseded"})
    return made


def transcript(
    inputs: Sequence[Input], subject: str, encounter: str | None, at: datetime
) -> dict[str, Any]:
    """Return the ``DocumentReference`` of what was said; ``inputs`` are as they were saved."""
    name = "+".join(item.sha256 for item in inputs)
    return {
        "resourceType": "DocumentReference",
        "id": str(uuid5(NAMESPACE_URL, f"urn:wardround:transcript:{subject}:{encounter}:{name}")),
        "status": "current",
        "docStatus": "final",
        "type": {"text": "Transcript of the visit"},
        "subject": {"reference": subject},
        "date": at.isoformat(),
        "content": [{"attachment": _stored(item)} for item in inputs],
        **_during(encounter),
    }


def _composition(draft: Draft, note: Note, signer: Actor, at: datetime) -> dict[str, Any]:
    composition: dict[str, Any] = {
        "resourceType": "Composition",
        "id": resource_id(draft.id, "composition"),
        "status": "amended" if draft.supersedes else "final",
        "type": {"coding": [PROGRESS_NOTE]},
        "category": [{"coding": [CATEGORY]}],
        "subject": {"reference": draft.subject},
        "date": at.isoformat(),
        "author": [{"reference": signer.reference, "display": signer.name}],
        "title": "Visit note",
        "attester": [
            {
                "mode": "legal",
                "time": at.isoformat(),
                "party": {"reference": signer.reference, "display": signer.name},
            }
        ],
        "section": [_section(section) for section in note.sections],
    }
    if draft.encounter is not None:
        composition["encounter"] = {"reference": draft.encounter}
    return composition


def _section(section: Section) -> dict[str, Any]:
    said = "".join(f"<p>{escape(sentence.text)}</p>" for sentence in section.sentences)
    return {
        "title": section.title,
        "code": {"coding": [{"system": LOINC, "code": section.code}], "text": section.title},
        "text": {
            "status": "additional",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>',
        },
    }


def _document(draft: Draft, note: Note, signer: Actor, at: datetime) -> dict[str, Any]:
    evidence = {
        "draft": draft.id,
        "model": draft.model.model_dump(),
        "content": draft.content,
        "evidence": [item.model_dump(mode="json") for item in draft.evidence],
        "findings": [item.model_dump(mode="json") for item in draft.findings],
    }
    return {
        "resourceType": "DocumentReference",
        "id": resource_id(draft.id, "document"),
        "status": "current",
        "docStatus": "amended" if draft.supersedes else "final",
        "type": {"coding": [PROGRESS_NOTE]},
        "category": [{"coding": [CATEGORY]}],
        "subject": {"reference": draft.subject},
        "date": at.isoformat(),
        "author": [{"reference": signer.reference, "display": signer.name}],
        "authenticator": {"reference": signer.reference, "display": signer.name},
        "content": [
            {"attachment": _inline("text/plain; charset=utf-8", "Visit note", note.text.encode())},
            {
                "attachment": {
                    "contentType": "application/fhir+json",
                    "url": f"Composition/{resource_id(draft.id, 'composition')}",
                    "title": "Visit note by section",
                }
            },
            {
                "attachment": _inline(
                    "application/json", "Evidence of every sentence", orjson.dumps(evidence)
                )
            },
        ],
        **_during(draft.encounter),
    }


def _during(encounter: str | None) -> dict[str, Any]:
    return {"context": {"encounter": [{"reference": encounter}]}} if encounter else {}


def _inline(kind: str, title: str, data: bytes) -> dict[str, Any]:
    return {"contentType": kind, "title": title, "data": b64encode(data).decode()}


def _stored(item: Input) -> dict[str, Any]:
    return {"contentType": item.media_type, "url": item.reference, "title": item.name}
