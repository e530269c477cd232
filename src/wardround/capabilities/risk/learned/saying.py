"""What a learned model says of one patient, and when it holds its number back.

It abstains where a value is stale, contradicts itself or cannot be, and beyond the limits that its
spec names; where the patient is unlike those learned from; where its coverage is not promised; and
where yes and no are both possible. In the last two cases the probability itself still stands.
"""

from wardround.capabilities.risk.answer import Reason, Status
from wardround.capabilities.risk.learned.asking import inputs_of
from wardround.capabilities.risk.learned.prediction import Added, Case, Prediction
from wardround.capabilities.risk.learned.reading import Read
from wardround.engines.tabular import Model, Predictions, Spec

MOST_NAMED = 3
"""Of inputs that make a patient unlike the others."""


def refused(spec: Spec, read: Read, case: Case) -> Prediction:
    """Return the answer where the inputs allow none."""
    return Prediction(
        Status.ABSTAINED,
        tuple((*read.refused, *read.notes)),
        coverage=spec.coverage,
        values=read.values,
        chosen=tuple(case.found.chosen),
    )


def say(model: Model, said: Predictions, row: int, read: Read, case: Case) -> Prediction:
    """Return the answer of row ``row``, with its number unless the patient is unlike all others."""
    spec = model.spec
    if said.unlike[row]:
        return Prediction(
            Status.ABSTAINED,
            (_unlike(spec, said, row), *read.notes),
            coverage=spec.coverage,
            values=read.values,
            chosen=tuple(case.found.chosen),
        )
    possible = tuple(value for value in (False, True) if said.sets[row, int(value)])
    doubts = _doubts(model, possible)
    return Prediction(
        Status.ABSTAINED if doubts else Status.RESULT,
        (*doubts, *read.notes),
        probability=float(said.probability[row]),
        answer=None if doubts else possible[0],
        possible=possible,
        coverage=spec.coverage,
        log_odds=float(said.odds[row]),
        base=said.base,
        baseline=model.chance(said.base),
        contributions=_added(spec, said, row),
        values=read.values,
        chosen=tuple(case.found.chosen),
    )


def _unlike(spec: Spec, said: Predictions, row: int) -> Reason:
    """Return that the patient is unlike those learned from, and which inputs make it so."""
    asked = inputs_of(spec)
    far = said.strangeness[row]
    most = [int(place) for place in far.argsort()[::-1][:MOST_NAMED] if far[place] > 0]
    labels = ", ".join(asked[place].label for place in most)
    says = f"The patient is unlike those the model learned from, most by: {labels}."
    return Reason("unlike", asked[most[0]].name if most else "", says)


def _doubts(model: Model, possible: tuple[bool, ...]) -> tuple[Reason, ...]:
    """Return why neither yes nor no is said, though there is a number."""
    if not model.promise.kept:
        says = " ".join(model.promise.reasons) or "It was not measured here."
        return (Reason("coverage", "", f"How often it would be right is not promised. {says}"),)
    if len(possible) != 1:
        sure = f"{model.spec.coverage:.0%}".replace("%", " %")
        both = "both are possible" if possible else "neither is likely enough"
        says = f"Too close to call yes or no and be right in {sure}: {both}."
        return (Reason("close", "", says),)
    return ()


def _added(spec: Spec, said: Predictions, row: int) -> tuple[Added, ...]:
    """Return what each input adds, the most first, and last what the calibration does."""
    parts = said.contributions[row].tolist()
    asked = inputs_of(spec)
    order = sorted(range(len(parts)), key=lambda place: -abs(parts[place]))
    added = [Added(asked[place].name, asked[place].label, parts[place]) for place in order]
    moved = float(said.odds[row] - said.raw_odds[row])
    return (*added, Added("", "Calibration", moved)) if abs(moved) > 1e-9 else tuple(added)
