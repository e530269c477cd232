"""What the route reads of a patient for one score: the patient, and what its codes find."""

from collections.abc import Iterable
from datetime import datetime

from wardround.capabilities.risk.chart import ChartOf, Resource
from wardround.capabilities.risk.score import ICD10, LOINC, Kind, Score
from wardround.kernel import Context

PANELS = tuple(f"{LOINC}|{code}" for code in ("85354-9", "35094-2", "55284-4"))
"""Observations of blood pressure, whose components hold both pressures."""

MOST = "1000"
"""Of the newest measurements; a search gives no more on one page."""


def chart_of(score: Score, subject: str, at: datetime, context: Context) -> ChartOf:
    """Return the patient's chart as far as ``score`` asks for it, at a moment."""
    return ChartOf(_resources(score, subject, context), at)


def _resources(score: Score, subject: str, context: Context) -> Iterable[Resource]:
    yield context.read(subject)
    asked = [one for one in (*score.inputs, *score.exclusions) if one.codes]
    codes = [code for one in asked for code in one.codes if code.system != ICD10]
    observed = dict.fromkeys((*(f"{code.system}|{code.code}" for code in codes), *PANELS))
    yield from context.search(
        "Observation", patient=subject, code=",".join(observed), _sort="-date", _count=MOST
    )
    if any(one.kind is Kind.YES_NO for one in asked):
        # All of them: a diagnosis is found by the categories that hold its code.
        yield from context.search("Condition", patient=subject, _count=MOST)
