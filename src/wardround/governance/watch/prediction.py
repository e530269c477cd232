"""A draft as the watch reads it: what went in, what came out, and what a person made of it.

The content of a risk draft names its inputs, each with its value and whether it counts, and its
result. A draft of another capability has no inputs and no number: it is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wardround.kernel import Draft, Model, Status

Value = float | str

_COUNTS = frozenset({"used", "stated", "unusual"})


@dataclass(frozen=True)
class Prediction:
    """One draft: an input that does not count, or is not known, has None."""

    draft: str
    subject: str
    capability: str
    model: Model
    at: datetime
    inputs: Mapping[str, Value | None] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    result: float | None = None
    probability: bool = False
    """Whether ``result`` is a probability, 0 to 1."""
    meaning: str = ""
    """What the result means, by the score's bands or the model's answer."""
    abstained: bool = False
    overridden: bool | None = None
    """Whether a person rejected it or signed over a warning; None while nobody has decided."""
    groups: Mapping[str, str] = field(default_factory=dict)
    outcome: bool | None = None


def prediction_of(draft: Draft) -> Prediction:
    """Return a draft as the watch reads it, without groups and outcome."""
    content: Mapping[str, Any] = draft.content
    entries = content.get("inputs") if draft.capability == "risk" else None
    inputs = [one for one in entries or () if isinstance(one, Mapping)]
    result = content.get("result") if draft.capability == "risk" else None
    value = result.get("value") if isinstance(result, Mapping) else None
    meaning = result.get("meaning") if isinstance(result, Mapping) else None
    silent = draft.capability == "risk" and value is None
    return Prediction(
        draft=draft.id,
        subject=draft.subject,
        capability=draft.capability,
        model=draft.model,
        at=draft.created,
        inputs={str(one["name"]): _value(one) for one in inputs},
        labels={str(one["name"]): str(one.get("label") or one["name"]) for one in inputs},
        result=None if value is None else float(value),
        probability=content.get("kind") == "probability",
        meaning=str(meaning or ""),
        abstained=draft.status is Status.ABSTAINED or silent,
        overridden=_overridden(draft),
    )


def _value(entry: Mapping[str, Any]) -> Value | None:
    value = entry.get("value")
    if value is None or entry.get("state") not in _COUNTS:
        return None
    if isinstance(value, bool):
        return str(int(value))
    return value if isinstance(value, str) else float(value)


def _overridden(draft: Draft) -> bool | None:
    if draft.status is Status.REJECTED:
        return True
    if draft.status in {Status.SIGNED, Status.SUPERSEDED}:
        return any(finding.acknowledged_by is not None for finding in draft.findings)
    return None
