"""The verbs of documentation: take in what was said, draft the note, make it FHIR when signed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wardround.capabilities.documentation import fhir
from wardround.capabilities.documentation.bulk import record
from wardround.capabilities.documentation.guardrails import GUARDRAILS
from wardround.capabilities.documentation.inputs import TRANSCRIPT, transcript_of
from wardround.capabilities.documentation.model import Note, Transcript
from wardround.capabilities.documentation.suitability import unsuitable
from wardround.capabilities.documentation.transcript import parse_record, read_transcript
from wardround.capabilities.documentation.writer import Writer
from wardround.engines.text import LinearTagger, load
from wardround.kernel import (
    NOBODY,
    Actor,
    Context,
    Draft,
    Drafted,
    Guardrail,
    Json,
    Model,
    Order,
    Part,
    as_edited,
    draft_once,
)


class Documentation:
    """Ambient documentation: the transcript of a visit becomes the draft of its note."""

    name = "documentation"
    title = "Visit note"

    def __init__(self, tagger: LinearTagger) -> None:
        self._writer = Writer(tagger)
        self._model = Model(name=tagger.name, version=tagger.version, digest=tagger.digest)

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every note and after every edit."""
        return GUARDRAILS

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the transcript as our JSON, and what was handed in, byte for byte, behind it."""
        said = read_transcript([(part.name, part.data) for part in parts])
        originals = [
            part.model_copy(update={"name": f"original-{number}"})
            for number, part in enumerate(parts, start=1)
        ]
        return [_canonical(said), *originals]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the model that writes notes, whatever was handed in."""
        del parts
        return self._model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Draft the note of a visit, or abstain where there is no visit to write of."""
        said = transcript_of(order.inputs, context)
        reason = unsuitable(said)
        if reason is not None:
            return Drafted(model=self._model, abstained=reason)
        note, evidence = self._writer.write(said, sex=_sex(order, context))
        if not note.sections:
            nothing = "Nothing that was said belongs in a note."
            return Drafted(model=self._model, abstained=nothing)
        return Drafted(content=note.model_dump(mode="json"), evidence=evidence, model=self._model)

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return an edited note in its canonical form; a sentence is never empty."""
        note = as_edited(
            Note, content, "This cannot stand in a note.", "Write a sentence, or remove it."
        )
        return note.model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return the signed note as Composition and DocumentReferences."""
        return fhir.resources(draft, signer, at, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the ``transcript`` that the review page shows beside the note."""
        return {"transcript": transcript_of(draft.inputs, context)}

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Turn ``{"id", "transcript" | "turns"}`` into the note with its evidence."""
        _, drafted = draft_once(self, [_canonical(parse_record(line))])
        return record(line.get("id"), drafted)


def load_documentation() -> Documentation:
    """Return the capability with the model that the package carries."""
    return Documentation(load())


def _canonical(said: Transcript) -> Part:
    data = said.model_dump_json(exclude_none=True).encode()
    return Part(name=TRANSCRIPT, data=data, media_type="application/json")


def _sex(order: Order, context: Context) -> str | None:
    if order.subject == NOBODY:
        return None
    sex: str | None = context.read(order.subject).get("gender")
    return sex
