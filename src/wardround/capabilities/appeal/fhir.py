"""How a signed letter becomes FHIR R4: a Composition, and a DocumentReference with its text.

The document carries the letter as it is sent, and the evidence of every sentence, for who reads it
later. It names the claim, the note and the conditions that it rests on.
"""

from base64 import b64encode
from datetime import datetime
from html import escape
from typing import Any

import orjson

from wardround.capabilities.appeal.model import Asked, Letter, Section
from wardround.capabilities.appeal.reading import asked_in
from wardround.kernel import Actor, Context, Draft, resource_id

TYPE = {
    "coding": [{"system": "http://loinc.org", "code": "51851-4", "display": "Administrative note"}],
    "text": "Appeal to the payer",
}
TITLE = "Appeal to the payer"
CLAIM_NUMBER = "urn:wardround:claim"
"""The system of a claim's own number, in an identifier that names it."""


def resources(draft: Draft, signer: Actor, at: datetime, context: Context) -> list[dict[str, Any]]:
    """Return the letter as Composition and DocumentReference; one it replaces is superseded."""
    letter = Letter.model_validate(draft.content)
    asked = asked_in(draft.inputs, context)
    composition = _composition(draft, letter, signer, at)
    document = _document(draft, letter, asked, signer, at)
    made = [composition, document]
    if draft.supersedes is not None:
        old = f"DocumentReference/{resource_id(draft.supersedes, 'document')}"
        document["relatesTo"] = [{"code": "replaces", "target": {"reference": old}}]
        made.append({**context.read(old), "status": "superseded"})
    return made


def _composition(draft: Draft, letter: Letter, signer: Actor, at: datetime) -> dict[str, Any]:
    named = {"reference": signer.reference, "display": signer.name}
    during = {"encounter": {"reference": draft.encounter}} if draft.encounter else {}
    return {
        "resourceType": "Composition",
        "id": resource_id(draft.id, "composition"),
        "identifier": {"system": CLAIM_NUMBER, "value": letter.claim},
        "status": "amended" if draft.supersedes else "final",
        "type": TYPE,
        "subject": {"reference": draft.subject},
        **during,
        "date": at.isoformat(),
        "author": [named],
        "title": TITLE,
        "attester": [{"mode": "official", "time": at.isoformat(), "party": named}],
        "section": [_section(one) for one in letter.sections if one.sentences],
    }


def _section(section: Section) -> dict[str, Any]:
    said = "".join(f"<p>{escape(one.text)}</p>" for one in section.sentences)
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>'
    return {"title": section.title, "text": {"status": "additional", "div": div}}


def _document(
    draft: Draft, letter: Letter, asked: Asked, signer: Actor, at: datetime
) -> dict[str, Any]:
    evidence = {
        "draft": draft.id,
        "model": draft.model.model_dump(),
        "content": draft.content,
        "evidence": [item.model_dump(mode="json") for item in draft.evidence],
        "findings": [item.model_dump(mode="json") for item in draft.findings],
    }
    named = {"reference": signer.reference, "display": signer.name}
    rests_on = [asked.note, *(one.source for one in asked.diagnoses)]
    during = {"encounter": [{"reference": draft.encounter}]} if draft.encounter else {}
    related: list[dict[str, Any]] = [{"reference": one} for one in rests_on if one]
    related.append({"identifier": {"system": CLAIM_NUMBER, "value": letter.claim}})
    text = f"{letter.text}\n\nSigned by {signer.name}, {at:%Y-%m-%d}\n"
    return {
        "resourceType": "DocumentReference",
        "id": resource_id(draft.id, "document"),
        "status": "current",
        "docStatus": "amended" if draft.supersedes else "final",
        "type": TYPE,
        "subject": {"reference": draft.subject},
        "date": at.isoformat(),
        "author": [named],
        "authenticator": named,
        "content": [
            {"attachment": _inline("text/plain; charset=utf-8", TITLE, text.encode())},
            {
                "attachment": _inline(
                    "application/json", "Evidence of every sentence", orjson.dumps(evidence)
                )
            },
        ],
        "context": {**during, "related": related},
    }


def _inline(kind: str, title: str, data: bytes) -> dict[str, Any]:
    return {"contentType": kind, "title": title, "data": b64encode(data).decode()}
