"""How a signed assessment becomes FHIR R4: an Observation of the result, and a RiskAssessment.

The Observation holds the number with its lines as components, so that any system shows it; the
RiskAssessment says what it means, on what basis, and what was observed at this result where it
was published. An amended assessment withdraws the one before.
"""

from datetime import datetime
from typing import Any

from wardround.capabilities.risk.assessor import About
from wardround.capabilities.risk.model import Assessment, Outcome
from wardround.kernel import Actor, Context, Draft, Model, resource_id, whose

UCUM = "http://unitsofmeasure.org"
SCORE = "urn:wardround:score"
CATEGORY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "survey",
            "display": "Survey",
        }
    ]
}


def resources(
    draft: Draft, signer: Actor, at: datetime, about: About, context: Context
) -> list[dict[str, Any]]:
    """Return Observation and RiskAssessment; of an amendment also those it withdraws."""
    made = Assessment.model_validate(draft.content)
    if made.result is None:
        raise ValueError("an assessment without a result is never signed")
    observation = _observation(draft, made, made.result, signer, at)
    assessment = _assessment(draft, made, made.result, about, signer)
    for resource in (observation, assessment):
        resource["method"] = _method(draft, made, about)
    withdrawn = []
    if draft.supersedes is not None:
        for part, kind in (("observation", "Observation"), ("assessment", "RiskAssessment")):
            old = context.read(f"{kind}/{resource_id(draft.supersedes, part)}")
            withdrawn.append({**old, "status": "entered-in-error"})
    return [observation, assessment, *withdrawn]


def _observation(
    draft: Draft, made: Assessment, result: Outcome, signer: Actor, at: datetime
) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": resource_id(draft.id, "observation"),
        "status": "amended" if draft.supersedes else "final",
        "category": [CATEGORY],
        "code": _named(made),
        **whose(draft),
        "effectiveDateTime": made.at.isoformat(),
        "issued": at.isoformat(),
        "performer": [{"reference": signer.reference, "display": signer.name}],
        **_value(result),
        **({"interpretation": [{"text": result.meaning}]} if result.meaning else {}),
        **_note(made, result),
        **_list("derivedFrom", [one for one in _basis(made) if one.startswith("Observation/")]),
        **_parts(made),
    }


def _assessment(
    draft: Draft, made: Assessment, result: Outcome, about: About, signer: Actor
) -> dict[str, Any]:
    own = f"Observation/{resource_id(draft.id, 'observation')}"
    prediction: dict[str, Any] = {
        "outcome": {"text": made.title if made.kind == "probability" else about.purpose}
    }
    if result.meaning:
        prediction["qualitativeRisk"] = {"text": result.meaning}
    if result.unit in {"%", "1"}:
        prediction |= _percent(result)
    if result.observed:
        prediction["rationale"] = f"Observed at this result: {result.observed} ({result.source})"
    return {
        "resourceType": "RiskAssessment",
        "id": resource_id(draft.id, "assessment"),
        "status": "amended" if draft.supersedes else "final",
        "code": _named(made),
        **whose(draft),
        "occurrenceDateTime": made.at.isoformat(),
        "performer": {"reference": signer.reference, "display": signer.name},
        "basis": [{"reference": one} for one in (own, *_basis(made))],
        "prediction": [prediction],
        **_note(made, result),
    }


def own_code(model: Model) -> str:
    """Return the token by which a search finds the signed results of a score or a model."""
    return f"{SCORE}|{model.name}"


def _named(made: Assessment) -> dict[str, Any]:
    return {
        "coding": [{"system": SCORE, "code": made.model, "display": made.title}],
        "text": made.title,
    }


def _method(draft: Draft, made: Assessment, about: About) -> dict[str, Any]:
    paper = f" {about.papers[0]}" if about.papers else ""
    return {"text": f"{made.title}, {draft.model.name} {draft.model.version}.{paper}"}


def _value(result: Outcome) -> dict[str, Any]:
    if result.value is not None:
        return {"valueQuantity": _quantity(result.value, result.unit)}
    ends = {"low": result.low, "high": result.high}
    return {
        "valueRange": {
            end: _quantity(value, result.unit) for end, value in ends.items() if value is not None
        }
    }


def _quantity(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def _percent(result: Outcome) -> dict[str, Any]:
    """Return a probability, which FHIR writes in percent."""
    if result.value is not None:
        percent = 100 * result.value if result.unit == "1" else result.value
        return {"probabilityDecimal": float(f"{percent:.6g}")}
    return {"probabilityRange": _value(result)["valueRange"]}


def _note(made: Assessment, result: Outcome) -> dict[str, Any]:
    stated = [entry.label for entry in made.inputs if entry.state == "stated"]
    texts = [made.comment, result.remark]
    if stated:
        texts.append(f"Stated by the person who signed, not taken from the chart: {_join(stated)}.")
    return _list("note", [{"text": text} for text in texts if text])


def _join(labels: list[str]) -> str:
    return "; ".join(labels)


def _basis(made: Assessment) -> list[str]:
    used = [entry.resource for entry in made.inputs if entry.state == "used" and entry.resource]
    return list(dict.fromkeys(used))


def _parts(made: Assessment) -> dict[str, Any]:
    return _list(
        "component",
        [
            {
                "code": {"text": part.label},
                "valueQuantity": _quantity(
                    part.amount, "1" if made.kind == "probability" else "{score}"
                ),
            }
            for part in made.contributions
        ],
    )


def _list(name: str, found: list[Any]) -> dict[str, Any]:
    """Return the element, or none: FHIR knows no empty list."""
    if name == "derivedFrom":
        found = [{"reference": one} for one in found]
    return {name: found} if found else {}
