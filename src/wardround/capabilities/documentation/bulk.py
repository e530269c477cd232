"""The record of one note in a bulk run; docs/cli.md describes it to its readers."""

from typing import Any

from wardround.capabilities.documentation.model import Note
from wardround.kernel import Drafted, TextSpan


def record(identity: object, drafted: Drafted) -> dict[str, Any]:
    """Return a drafted note as one record; ``turn`` counts from 0, characters within the turn."""
    spans: dict[str, list[dict[str, int]]] = {}
    for item in drafted.evidence:
        spans[item.claim] = [
            {"turn": source.part, "start": source.start, "end": source.end}
            for source in item.sources
            if isinstance(source, TextSpan)
        ]
    note = Note.model_validate(drafted.content)
    answer: dict[str, Any] = {
        "id": identity,
        "status": "abstained" if drafted.abstained else "drafted",
        "note": note.text,
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "sentences": [
                    {"text": sentence.text, "evidence": spans[f"/sections/{i}/sentences/{j}"]}
                    for j, sentence in enumerate(section.sentences)
                ],
            }
            for i, section in enumerate(note.sections)
        ],
        "findings": [
            finding.model_dump(mode="json", exclude_none=True) for finding in drafted.findings
        ],
        "model": drafted.model.model_dump(),
    }
    if drafted.abstained:
        answer["message"] = drafted.abstained
    return answer
