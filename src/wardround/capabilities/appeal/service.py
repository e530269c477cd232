"""The verbs of appeals: draft the letter from ledger, claim and note; make it a signed document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from wardround.capabilities.appeal import fhir
from wardround.capabilities.appeal.facts import known_of
from wardround.capabilities.appeal.grounds import ground_of, letters
from wardround.capabilities.appeal.guardrails import GUARDRAILS
from wardround.capabilities.appeal.model import Letter
from wardround.capabilities.appeal.reading import (
    NOTE,
    REQUEST,
    asked_in,
    decoded,
    lines_in,
    request,
)
from wardround.capabilities.appeal.sources import SOURCES, lines_of, written
from wardround.capabilities.appeal.suitability import of_another, unsuitable
from wardround.capabilities.appeal.writing import write
from wardround.kernel import (
    NOBODY,
    Actor,
    Context,
    Draft,
    Drafted,
    Guardrail,
    InvalidInput,
    Json,
    Model,
    Order,
    Part,
    Work,
    as_edited,
    draft_once,
)

VERSION = "1"


class Appeal:
    """Appeals: a refusal of a payer becomes a letter, each sentence with its source."""

    name = "appeal"
    title = "Appeal letter"
    work = Work.BILLING

    def __init__(self) -> None:
        self._model = letters_model()

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every letter and after every edit."""
        return GUARDRAILS

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the request, and the lines a letter may rest on, the note's among them."""
        by_name = {part.name: part.data for part in parts}
        if REQUEST not in by_name or by_name.keys() - {REQUEST, NOTE}:
            raise InvalidInput(
                "A letter is drafted from one denial.", mend=f"Send {REQUEST}, and {NOTE} with it."
            )
        asked = request(by_name[REQUEST])
        lines = lines_of(asked, decoded(by_name.get(NOTE, b"")))
        data = orjson.dumps(asked.model_dump(mode="json"))
        return [
            Part(name=REQUEST, data=data, media_type="application/json"),
            Part(name=SOURCES, data=written(lines), media_type="application/json"),
        ]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the sentences that make letters, whatever was asked for."""
        del parts
        return self._model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Draft the letter, or abstain where no appeal can be made or nothing supports one."""
        asked, lines = asked_in(order.inputs, context), lines_in(order.inputs, context)
        strange = None if order.subject == NOBODY else of_another(asked, order.subject, context)
        known, on = known_of(asked, lines), order.ordered_at.astimezone().date()
        reason, ground = strange or unsuitable(asked, known, on), ground_of(asked.denial)
        if reason is not None or ground is None:
            return Drafted(model=self._model, abstained=reason)
        letter, evidence = write(asked, ground, known)
        return Drafted(content=letter.model_dump(mode="json"), evidence=evidence, model=self._model)

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return an edited letter in its canonical form; a sentence is never empty."""
        letter = as_edited(
            Letter, content, "This cannot stand in a letter.", "Write a sentence, or remove it."
        )
        return letter.model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return the signed letter as Composition and DocumentReference."""
        return fhir.resources(draft, signer, at, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the ``lines`` that the letter rests on, and the ``asked`` denial."""
        lines = lines_in(draft.inputs, context)
        return {
            "lines": list(enumerate(lines)),
            "asked": asked_in(draft.inputs, context),
            "letter": Letter.model_validate(draft.content) if draft.content else None,
        }

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a record of a bulk run: ``{"id", "request", "note"}`` → the letter's text."""
        parts = [Part(name=REQUEST, data=orjson.dumps(line.get("request")))]
        if isinstance(line.get("note"), str):
            parts.append(Part(name=NOTE, data=str(line["note"]).encode()))
        _, drafted = draft_once(self, self.accept(parts))
        if drafted.abstained is not None:
            return {"id": line.get("id"), "status": "abstained", "reason": drafted.abstained}
        return {
            "id": line.get("id"),
            "status": "drafted",
            "text": Letter.model_validate(drafted.content).text,
            "evidence": [one.model_dump(mode="json") for one in drafted.evidence],
            "findings": [one.model_dump(mode="json") for one in drafted.findings],
        }


def letters_model() -> Model:
    """Return the sentences that make letters, by their version and the sha256 of them all."""
    declared = letters().model_dump_json()
    digest = sha256(f"appeals {VERSION} {declared}".encode()).hexdigest()
    return Model(name="wardround-appeals", version=VERSION, digest=digest)


def load_appeal() -> Appeal:
    """Return the capability with the sentences that the package carries."""
    return Appeal()
