"""What the route reads of a patient for one score: the patient, and what its codes find."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from wardround.capabilities.risk.chart import ChartOf, Resource
from wardround.capabilities.risk.score import LOINC, SNOMED, Code, Score
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
    by_system: defaultdict[str, list[Code]] = defaultdict(list)
    for asked in (*score.inputs, *score.exclusions):
        for code in asked.codes:
            by_system[code.system].append(code)
    everything = [f"{code.system}|{code.code}" for codes in by_system.values() for code in codes]
    if not everything:
        return
    observed = ",".join(dict.fromkeys((*everything, *PANELS)))
    yield from context.search(
        "Observation", patient=subject, code=observed, _sort="-date", _count=MOST
    )
    if by_system[SNOMED]:
        diagnosed = ",".join(f"{code.system}|{code.code}" for code in by_system[SNOMED])
        yield from context.search("Condition", patient=subject, code=diagnosed, _count=MOST)
