"""The verbs of risk: compute a score from the chart, take a person's answers, make it FHIR."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from wardround.capabilities.risk import fhir, showing
from wardround.capabilities.risk.assessing import assess, made_from
from wardround.capabilities.risk.assessor import Assessor
from wardround.capabilities.risk.bulk import Scoring
from wardround.capabilities.risk.fhir import own_code
from wardround.capabilities.risk.guardrails import guardrails
from wardround.capabilities.risk.learned.assessing import Predicted
from wardround.capabilities.risk.learned.bulk import learned_named
from wardround.capabilities.risk.learned.service import Learned
from wardround.capabilities.risk.model import Assessment, Entry
from wardround.capabilities.risk.reading import chart_of, setting_at
from wardround.capabilities.risk.scores import SCORES
from wardround.capabilities.risk.scoring import Scored
from wardround.capabilities.risk.trend import computed, signed, trend
from wardround.kernel import (
    Actor,
    ChartPath,
    Context,
    Draft,
    Drafted,
    Evidence,
    Guardrail,
    InvalidInput,
    Json,
    Model,
    Order,
    Part,
    as_edited,
)

REQUEST = "request"
"""The name of the one part of an order: ``{"model": …}``."""


FindsLearned = Callable[[str, str | None], Learned]
"""Finds a learned model by its name, and its sha256 where known; raises ``InvalidInput``."""


class Risk:
    """Risk assessment: a score or a learned model, each input with where it stands in the chart."""

    name = "risk"
    title = "Risk assessment"

    def __init__(self, find: FindsLearned | None = None) -> None:
        self._find = find or carried
        self._bulk = Scoring()
        self._guardrails = guardrails(self.assessor)

    def assessor(self, name: str, digest: str | None = None) -> Assessor:
        """Return a score, or a learned model; raise ``InvalidInput`` for another than was."""
        if name not in SCORES:
            return Predicted(self._find(name, digest))
        by = Scored(SCORES[name])
        if digest is not None and digest != by.model.digest:
            raise InvalidInput(
                "The score has changed since this was drafted.", mend="Order a new one."
            )
        return by

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every assessment and after every answer."""
        return self._guardrails

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the request as our JSON; raise ``InvalidInput`` for a model there is not."""
        if len(parts) != 1:
            raise InvalidInput("One number is asked for at a time.", mend='Send {"model": NAME}.')
        by = self.assessor(_model(parts[0].data))
        data = orjson.dumps({"model": by.model.name})
        return [Part(name=REQUEST, data=data, media_type="application/json")]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the score or model that an accepted request asks for."""
        return self.assessor(_model(parts[0].data)).model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Compute what was asked for at the moment of the order, or abstain."""
        by, at = self.assessor(_model(context.open(order.inputs[0]))), order.ordered_at
        chart = chart_of(by.asked, order.subject, at, context)
        made = assess(by, chart, at, setting_at(order.subject, at, context))
        before = signed(
            context.search("Observation", patient=order.subject, code=own_code(by.model))
        )
        earlier = computed(by.score, chart) if isinstance(by, Scored) else []
        content = made.model_copy(update={"trend": trend(earlier, before)})
        return Drafted(
            content=content.model_dump(mode="json"),
            evidence=tuple(_evidence(made.inputs)),
            model=by.model,
            abstained=made.unfit if made.final else None,
        )

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return the assessment made anew from the chart's values and the person's answers."""
        edited = as_edited(
            Assessment, content, "This cannot stand in an assessment.", "Answer what is asked."
        )
        made = made_from(
            self.assessor(edited.model, edited.digest),
            edited.inputs,
            edited.at,
            edited.answers,
            comment=edited.comment,
            trend=edited.trend,
            setting=edited.setting,
        )
        return made.model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return the signed assessment as Observation and RiskAssessment."""
        return fhir.resources(draft, signer, at, self._made_by(draft).about, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the ``assessment``, its ``score``, and what the page draws of them."""
        del context
        made = Assessment.model_validate(draft.content)
        return showing.page(made, self._made_by(draft).about)

    def _made_by(self, draft: Draft) -> Assessor:
        """Return what made a draft; of another version by now, at least what it says of itself."""
        try:
            return self.assessor(draft.model.name, draft.model.digest)
        except InvalidInput:
            return self.assessor(draft.model.name)

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one record of a bulk run: ``{"id", "model", "inputs" | "bundle"}``."""
        return self._bulk.batch(line)


def load_risk(find: FindsLearned | None = None) -> Risk:
    """Return the capability with the scores of the package; ``find`` finds learned models."""
    return Risk(find)


def carried(name: str, digest: str | None = None) -> Learned:
    """Return an example that the package carries; raise ``InvalidInput`` naming what there is."""
    found = learned_named(name)
    if digest is not None and digest != found.model.digest:
        raise InvalidInput(
            "The model that drafted this is no longer here.", mend="Order a new one."
        )
    return found


def _model(data: bytes) -> str:
    try:
        asked = orjson.loads(data)
    except orjson.JSONDecodeError:
        asked = None
    if not isinstance(asked, dict):
        raise InvalidInput("This does not say which score is asked for.", mend='{"model": NAME}')
    return str(asked.get("model", ""))


def _evidence(entries: Sequence[Entry]) -> list[Evidence]:
    return [
        Evidence(
            claim=f"/inputs/{place}",
            sources=(ChartPath(resource=entry.resource, path=entry.path),),
        )
        for place, entry in enumerate(entries)
        if entry.resource is not None and entry.path is not None
    ]
