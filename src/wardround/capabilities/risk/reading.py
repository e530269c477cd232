"""What the route reads of a patient: the patient, and what the codes of the inputs find."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from wardround.capabilities.risk.chart import ChartOf, Resource, setting_of
from wardround.capabilities.risk.score import ICD10, LOINC, Input, Kind
from wardround.kernel import Context

PANELS = tuple(f"{LOINC}|{code}" for code in ("85354-9", "35094-2", "55284-4"))
"""Observations of blood pressure, whose components hold both pressures."""

MOST = "1000"
"""Of measurements, the newest; of diagnoses, all that anybody has."""


def chart_of(asked: Sequence[Input], subject: str, at: datetime, context: Context) -> ChartOf:
    """Return the patient's chart as far as it is asked for, at a moment."""
    return ChartOf(_resources([one for one in asked if one.codes], subject, context), at)


def setting_at(subject: str, at: datetime, context: Context) -> str:
    """Return the class of the encounter that the patient is in; empty where none is."""
    return setting_of(context.search("Encounter", patient=subject), at)


def _resources(asked: Sequence[Input], subject: str, context: Context) -> Iterable[Resource]:
    yield context.read(subject)
    codes = [code for one in asked for code in one.codes if code.system != ICD10]
    observed = dict.fromkeys((*(f"{code.system}|{code.code}" for code in codes), *PANELS))
    yield from context.search(
        "Observation", patient=subject, code=",".join(observed), _sort="-date", _count=MOST
    )
    if any(one.kind is Kind.YES_NO for one in asked):
        # All of them: a diagnosis is found by the categories that hold its code.
        yield from context.search("Condition", patient=subject, _count=MOST)
