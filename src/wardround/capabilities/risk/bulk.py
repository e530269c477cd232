"""Many scores at once: ``{"id", "inputs"}`` or ``{"id", "bundle"}`` in, an answer out."""

from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import Any

from wardround.capabilities.risk.answer import Answer, Given, Measured, Reason, answer
from wardround.capabilities.risk.chart import ChartOf, Chosen
from wardround.capabilities.risk.score import Score
from wardround.capabilities.risk.scores import SCORES
from wardround.kernel import Clock, InvalidInput, system_clock


class Scoring:
    """Answers records for the score ``model``, or for that which a record names itself."""

    def __init__(self, model: str = "", clock: Clock = system_clock) -> None:
        if model:
            score_named(model)
        self._model = model
        self._clock = clock

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to one record; raise ``InvalidInput`` for what cannot be read."""
        score = score_named(str(line.get("model") or self._model))
        if isinstance(line.get("inputs"), dict):
            known = {asked.name for asked in (*score.inputs, *score.exclusions)}
            given = given_of(score.title, known, line["inputs"])
            return _record(line.get("id"), score, answer(score, given), ())
        if isinstance(line.get("bundle"), dict):
            chart = ChartOf(entries_of(line["bundle"]), moment_of(line, self._clock))
            found = chart.find(score)
            answered = answer(score, found.given, stale=found.stale, conflicting=found.conflicting)
            return _record(line.get("id"), score, answered, found.chosen)
        raise InvalidInput(
            "A record has inputs or a bundle.",
            mend='Write {"id", "inputs": {"age": 50, "inr": {"value": 1, "unit": "1"}}}.',
        )


def score_named(name: str) -> Score:
    """Return a score; raise ``InvalidInput`` naming those there are."""
    if name in SCORES:
        return SCORES[name]
    said = f"There is no score {name}." if name else "Which score is not said."
    raise InvalidInput(said, where="model", mend=f"One of: {', '.join(SCORES)}.")


def moment_of(line: Mapping[str, Any], clock: Clock) -> datetime:
    """Return the moment for which a record's values have to count: now, if it says none."""
    written = line.get("at")
    if written is None:
        return clock()
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        raise InvalidInput(
            "This is no moment.", where="at", mend="Write 2026-03-01 or 2026-03-01T08:00:00Z."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def given_of(title: str, known: Set[str], inputs: Mapping[str, Any]) -> dict[str, Given]:
    """Return a record's inputs by name; raise ``InvalidInput`` for one that ``title`` has not."""
    given: dict[str, Given] = {}
    for name, value in inputs.items():
        if name not in known:
            raise InvalidInput(
                f"{title} has no input {name}.",
                where=f"inputs/{name}",
                mend=f"Its inputs: {', '.join(sorted(known))}.",
            )
        if isinstance(value, dict):
            number = value.get("value")
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise InvalidInput("A measurement has a number.", where=f"inputs/{name}/value")
            given[name] = Measured(float(number), value.get("unit"))
        elif isinstance(value, bool | int | float | str):
            given[name] = value
        elif value is not None:
            raise InvalidInput("This is no value of an input.", where=f"inputs/{name}")
    return given


def entries_of(bundle: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the resources of a record's bundle."""
    if bundle.get("resourceType") != "Bundle":
        raise InvalidInput("This is no FHIR Bundle.", where="bundle/resourceType")
    resources = [entry.get("resource") for entry in bundle.get("entry") or ()]
    return [resource for resource in resources if isinstance(resource, dict)]


def _record(
    identity: object, score: Score, answered: Answer, chosen: Sequence[Chosen]
) -> dict[str, Any]:
    result = answered.result
    band = None if result is None else result.band
    return {
        "id": identity,
        "model": score.name,
        "status": str(answered.status),
        "score": None if result is None else result.value,
        "unit": score.unit,
        "interval": None if answered.low is None else [answered.low, answered.high],
        "abstained": str(answered.status) == "abstained",
        "meaning": None if band is None else band.label,
        "reasons": reasons_of(answered.reasons),
        "contributions": [
            {"component": part.label, "points": part.points}
            for part in (() if result is None else result.parts)
        ],
        "sources": sources_of(chosen),
    }


def reasons_of(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Return reasons as a record has them."""
    return [{"kind": one.kind, "input": one.input, "says": one.says} for one in reasons]


def sources_of(chosen: Sequence[Chosen]) -> list[dict[str, Any]]:
    """Return where each input was found, as a record has it."""
    return [
        {
            "input": one.input,
            "resource": one.resource,
            "path": one.path,
            "at": None if one.at is None else one.at.isoformat(),
            "says": one.says,
        }
        for one in chosen
    ]
