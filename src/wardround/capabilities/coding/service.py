"""The verbs of coding: take in a signed note, draft its codes, make them FHIR when signed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from pydantic import ValidationError

from wardround.capabilities.coding import fhir, showing
from wardround.capabilities.coding.bulk import BulkCoding
from wardround.capabilities.coding.coder import load_coder
from wardround.capabilities.coding.drafting import drafted, settled, title
from wardround.capabilities.coding.finding.covering import uncovered
from wardround.capabilities.coding.found import likely
from wardround.capabilities.coding.guardrails import guardrails
from wardround.capabilities.coding.guidelines import Setting, apply
from wardround.capabilities.coding.level import level_of
from wardround.capabilities.coding.model import NOTE, REQUEST, Coded, Request
from wardround.capabilities.coding.ports import FindsCodes
from wardround.capabilities.coding.ranking.chosen import ChoosesOf, ChosenCoder, Titled
from wardround.capabilities.coding.reading import decoded, text_in
from wardround.capabilities.coding.suitability import unsuitable
from wardround.capabilities.coding.visit import visit_of
from wardround.engines.assertion import assess
from wardround.engines.terminology import Concept, Tabular, load_icd10cm
from wardround.kernel import (
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
    WardroundError,
    Work,
    as_edited,
)


class Coding:
    """Clinical coding: the codes of a signed note, each with the words that say it."""

    name = "coding"
    title = "Codes"
    work = Work.CODING

    def __init__(self, coder: FindsCodes, tabular: Tabular) -> None:
        self._coder = coder
        known = coder.model
        self._model = Model(name=known.name, version=known.version, digest=known.digest)
        self._tabular = tabular
        self._chooser: ChoosesOf | None = None
        self._guardrails = guardrails(tabular)
        self._bulk = BulkCoding(coder, tabular)

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every draft of codes and after every decision."""
        return self._guardrails

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the request as our JSON, and the note as text; raise ``InvalidInput``."""
        by_name = {part.name: part.data for part in parts}
        if set(by_name) != {REQUEST, NOTE}:
            raise InvalidInput(
                "Codes are drafted from one note.", mend=f"Hand in {REQUEST} and {NOTE}."
            )
        try:
            asked = Request.model_validate_json(by_name[REQUEST])
        except ValidationError:
            raise InvalidInput(
                "This does not say which note is coded.",
                where=REQUEST,
                mend='{"note": "DocumentReference/…", "encounter": "Encounter/…"}',
            ) from None
        text = decoded(by_name[NOTE])
        data = orjson.dumps(asked.model_dump())
        return [
            Part(name=REQUEST, data=data, media_type="application/json"),
            Part(name=NOTE, data=text.encode(), media_type="text/plain"),
        ]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the model that finds codes, whatever was handed in."""
        del parts
        return self._model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Draft the codes of a note, or abstain where there is nothing to code."""
        text, model = text_in(order.inputs, context), self._model
        reason = unsuitable(text)
        if reason is not None:
            return Drafted(model=model, abstained=reason)
        visit = visit_of(order, context)
        bounds = self._coder.thresholds
        # What is too unsure to be shown must not push out, by a guideline, what is shown.
        coder = self._asked_about(order.subject, visit.day)
        found = likely(coder.find(text, visit.day), bounds.suggest)
        found = uncovered(text, found, bounds.suggest)
        spans = list(dict.fromkeys(span for one in found for span in one.spans))
        said = dict(zip(spans, assess(text, spans), strict=True))
        setting = Setting(visit.setting)
        guided = apply(text, found, visit.day, setting, self._tabular, said)
        level = level_of(text, guided.codes, visit, order, context)
        made, evidence = drafted(guided, visit, bounds.auto_accept, self._tabular, level)
        return Drafted(content=made.model_dump(mode="json"), evidence=evidence, model=model)

    def chosen_by(self, chooser: ChoosesOf) -> None:
        """Let a language model choose among the codes that have words, from now on."""
        self._chooser = chooser

    def _asked_about(self, subject: str, on: date) -> FindsCodes:
        if self._chooser is None:
            return self._coder
        return ChosenCoder(self._coder, Titled(self._tabular, on), self._chooser.about(subject))

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return edited codes in their canonical form; titles are those of the code set."""
        edited = as_edited(
            Coded, content, "This cannot stand among codes.", "Choose a code from the search."
        )
        return settled(edited, self._tabular).model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return a Condition for each code in order, their List, and the evidence of each."""
        return fhir.resources(draft, signer, at, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the note in lines, and the codes as the page shows them."""
        return showing.page(draft, text_in(draft.inputs, context), context)

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one record of a bulk run: ``{"id", "text", "date"?, "setting"?}``."""
        return self._bulk.batch(line)

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        """Answer many records at once, which is quicker than one by one."""
        return self._bulk.batch_many(lines)

    def search(self, words: str, on: date, limit: int = 12) -> list[Concept]:
        """Return the codes that words name: by number with those under it, or by terms."""
        said = words.strip()
        if not said:
            return []
        concept = self._tabular.find(said, on)
        if concept is not None:
            codes = [concept.code, *concept.children]
        else:
            codes = [hit.code for hit in self._tabular.search(said, limit, on)]
        found = (self._tabular.find(code, on) for code in codes)
        return [one for one in found if one is not None][:limit]

    def display(self, code: str, on: date) -> str:
        """Return the title of a code; raise ``InvalidInput`` where there is no such code."""
        found = title(self._tabular, code, on)
        if not found:
            raise InvalidInput(
                "ICD-10-CM has no such code.", where="code", mend="Choose one from the search."
            )
        return found


def load_coding(tabular: Tabular | None = None) -> Coding:
    """Return the capability with the coder of the package; ``tabular`` is the site's code set."""
    return Coding(load_coder(), tabular or load_icd10cm())
