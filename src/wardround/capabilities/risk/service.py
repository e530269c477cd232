"""The verbs of risk: compute a score from the chart, take a person's answers, make it FHIR."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from pydantic import ValidationError

from wardround.capabilities.risk import fhir, showing
from wardround.capabilities.risk.assessing import assess, made_from, unfit
from wardround.capabilities.risk.bulk import Scoring, score_named
from wardround.capabilities.risk.declared import digest
from wardround.capabilities.risk.fhir import own_code
from wardround.capabilities.risk.guardrails import GUARDRAILS
from wardround.capabilities.risk.model import Assessment, Entry
from wardround.capabilities.risk.reading import chart_of
from wardround.capabilities.risk.score import Score
from wardround.capabilities.risk.scores import SCORES
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
)

REQUEST = "request"
"""The name of the one part of an order: ``{"model": …}``."""


class Risk:
    """Risk assessment: a published score from the chart, each input with where it stands."""

    name = "risk"
    title = "Risk assessment"

    def __init__(self) -> None:
        self._bulk = Scoring()

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every assessment and after every answer."""
        return GUARDRAILS

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the request as our JSON; raise ``InvalidInput`` for a model there is not."""
        if len(parts) != 1:
            raise InvalidInput("One score is asked for at a time.", mend='Send {"model": NAME}.')
        score = score_named(_model(parts[0].data))
        data = orjson.dumps({"model": score.name})
        return [Part(name=REQUEST, data=data, media_type="application/json")]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the score that an accepted request asks for, as the model that will draft."""
        return model_of(score_named(_model(parts[0].data)))

    def draft(self, order: Order, context: Context) -> Drafted:
        """Compute what was asked for at the moment of the order, or abstain."""
        score = score_named(_model(context.open(order.inputs[0])))
        chart = chart_of(score, order.subject, order.ordered_at, context)
        made = assess(score, chart, order.ordered_at)
        before = signed(context.search("Observation", patient=order.subject, code=own_code(score)))
        content = made.model_copy(update={"trend": trend(computed(score, chart), before)})
        return Drafted(
            content=content.model_dump(mode="json"),
            evidence=tuple(_evidence(made.inputs)),
            model=model_of(score),
            abstained=unfit(made),
        )

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return the assessment made anew from the chart's values and the person's answers."""
        try:
            edited = Assessment.model_validate(content)
        except ValidationError as error:
            place = "/" + "/".join(str(part) for part in error.errors()[0]["loc"])
            raise InvalidInput(
                "This cannot stand in an assessment.", where=place, mend="Answer what is asked."
            ) from None
        made = made_from(
            score_named(edited.model),
            edited.inputs,
            edited.at,
            edited.answers,
            edited.comment,
            edited.trend,
        )
        return made.model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return the signed assessment as Observation and RiskAssessment."""
        return fhir.resources(draft, signer, at, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the ``assessment``, its ``score``, and what the page draws of them."""
        del context
        made = Assessment.model_validate(draft.content)
        return showing.page(made, SCORES[made.model])

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one record of a bulk run: ``{"id", "model", "inputs" | "bundle"}``."""
        return self._bulk.batch(line)


def load_risk() -> Risk:
    """Return the capability with the scores that the package carries."""
    return Risk()


def model_of(score: Score) -> Model:
    """Return a score as the model that drafts; its version names the table that is used."""
    return Model(name=score.name, version=score.version, digest=digest())


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
