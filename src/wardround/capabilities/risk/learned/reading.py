"""One patient's inputs made into cells of a table, or the reasons why they cannot be.

That something was not measured is information to these models. That it was measured too long ago,
or twice with values that contradict each other, is something else, and never passes for it.
"""

from dataclasses import dataclass, field

from wardround.capabilities.risk.answer import Given, Reason, Refused, read
from wardround.capabilities.risk.learned.asking import inputs_of
from wardround.capabilities.risk.learned.prediction import Case
from wardround.capabilities.risk.score import Input, Kind, Value
from wardround.engines.tabular import Spec

_CALLED = {"yes": True, "no": False, "1": True, "0": False, 1: True, 0: False}


@dataclass(slots=True)
class Read:
    """The inputs that count, what is odd about them, and why no number can be had of them."""

    values: dict[str, Value | None] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)


def read_case(spec: Spec, case: Case) -> Read:
    """Return what is read of a case, with all that keeps the model from answering."""
    found = case.found
    done = Read()
    for item, asked in zip(spec.inputs, inputs_of(spec), strict=True):
        name = asked.name
        done.values[name] = None
        if name in found.conflicting:
            says = f"{asked.label} was found with different values."
            done.refused.append(Reason("conflict", name, says))
        elif name in found.stale:
            old = Reason("stale", name, f"{asked.label} is too old ({item.valid} at most).")
            (done.notes if item.stale == "missing" else done.refused).append(old)
        elif found.given.get(name) is None:
            done.notes.append(Reason("missing", name, f"{asked.label} is missing."))
        else:
            try:
                done.values[name] = read(asked, _plain(asked, found.given[name]))
            except Refused as refused:
                done.refused.append(refused.reason)
    done.refused += _beyond(spec, case, done.values)
    return done


def _plain(asked: Input, given: Given) -> Given:
    """Return a value as tables have it: a category by its name, 1 or "yes" for a yes."""
    if asked.kind is Kind.YES_NO and isinstance(given, str | int | float):
        return _CALLED.get(given.lower() if isinstance(given, str) else given, given)
    if asked.kind is Kind.CHOICE and isinstance(given, int | float):
        return f"{given:g}" if not isinstance(given, bool) else given
    return given


def _beyond(spec: Spec, case: Case, values: dict[str, Value | None]) -> list[Reason]:
    """Return which of the spec's limits the patient is beyond, or not known to be within."""
    reasons = []
    if spec.ages is not None:
        low, high = spec.ages
        age = values[spec.age or ""]
        if not isinstance(age, float) or not low <= age <= high:
            unknown = " The age is not known." if age is None else ""
            says = f"The model is for ages {low:g} to {high:g}.{unknown}"
            reasons.append(Reason("age", spec.age or "", says))
    if spec.settings and case.setting not in spec.settings:
        where = f"not for {case.setting}" if case.setting else "where the patient is was not said"
        says = f"The model is for use in {', '.join(spec.settings)}: {where}."
        reasons.append(Reason("setting", "", says))
    return reasons
