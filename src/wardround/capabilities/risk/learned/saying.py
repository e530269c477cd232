"""What a learned model says of one patient, and when it holds its number back.

It abstains where a value is stale, contradicts itself or cannot be, and beyond the limits that its
spec names; where the patient is unlike those learned from; where its coverage is not promised; and
where yes and no are both possible. In the last two cases the probability itself still stands.
"""

from collections.abc import Sequence

from wardround.capabilities.risk.answer import Reason, Status
from wardround.capabilities.risk.learned.prediction import Added, Case, Prediction
from wardround.capabilities.risk.learned.reading import Read
from wardround.capabilities.risk.score import Input
from wardround.engines.tabular import Model, Predictions, Spec

MOST_NAMED = 3
"""Of inputs that make a patient unlike the others."""


def refused(spec: Spec, read: Read, case: Case) -> Prediction:
    """Return the answer where the inputs allow none."""
    return Prediction(
        Status.ABSTAINED,
        (*read.refused, *read.notes),
        coverage=spec.coverage,
        values=read.values,
        chosen=tuple(case.found.chosen),
    )


class Saying:
    """What is said of the rows of one table."""

    def __init__(self, model: Model, inputs: Sequence[Input], said: Predictions) -> None:
        self._spec = model.spec
        self._promise = model.promise
        self._inputs = inputs
        self._said = said
        self._baseline = model.chance(said.base)

    def of(self, row: int, read: Read, case: Case) -> Prediction:
        """Return the answer of a row, with its number unless the patient is unlike all others."""
        spec, said = self._spec, self._said
        if said.unlike[row]:
            return Prediction(
                Status.ABSTAINED,
                (self._unlike(row), *read.notes),
                coverage=spec.coverage,
                values=read.values,
                chosen=tuple(case.found.chosen),
            )
        possible = tuple(value for value in (False, True) if said.sets[row, int(value)])
        doubts = self._doubts(possible)
        return Prediction(
            Status.ABSTAINED if doubts else Status.RESULT,
            (*doubts, *read.notes),
            probability=float(said.probability[row]),
            answer=None if doubts else possible[0],
            possible=possible,
            coverage=spec.coverage,
            log_odds=float(said.odds[row]),
            base=said.base,
            baseline=self._baseline,
            contributions=self._added(row),
            values=read.values,
            chosen=tuple(case.found.chosen),
        )

    def _unlike(self, row: int) -> Reason:
        """Return that the patient is unlike those learned from, and which inputs make it so."""
        far = self._said.strangeness[row]
        order = far.argsort()[::-1][:MOST_NAMED]
        most = [self._inputs[int(one)] for one in order if far[one] >= far.sum() / 10]
        labels = ", ".join(asked.label for asked in most)
        says = f"The patient is unlike those the model learned from, most by: {labels}."
        return Reason("unlike", most[0].name if most else "", says)

    def _doubts(self, possible: tuple[bool, ...]) -> tuple[Reason, ...]:
        """Return why neither yes nor no is said, though there is a number."""
        if not self._promise.kept:
            why = " ".join(self._promise.reasons) or "It was not measured here."
            says = f"How often it would be right is not promised. {why}"
            return (Reason("coverage", "", says),)
        if len(possible) != 1:
            sure = f"{100 * self._spec.coverage:.0f} %"
            both = "both are possible" if possible else "neither is likely enough"
            says = f"Too close to call yes or no and be right in {sure}: {both}."
            return (Reason("close", "", says),)
        return ()

    def _added(self, row: int) -> tuple[Added, ...]:
        """Return what each input adds, the most first, and last what the calibration does."""
        said = self._said
        parts = said.contributions[row].tolist()
        order = sorted(range(len(parts)), key=lambda place: -abs(parts[place]))
        added = [
            Added(self._inputs[place].name, self._inputs[place].label, parts[place])
            for place in order
        ]
        moved = float(said.odds[row] - said.raw_odds[row])
        return (*added, Added("", "Calibration", moved)) if abs(moved) > 1e-9 else tuple(added)
