"""A learned model as the route asks for it.

It gives its number, or abstains: unlike those it learned from, too close to call, beyond its
limits. What it adds up is told as association; similar patients are told as groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wardround.capabilities.risk.assessor import About, Judged
from wardround.capabilities.risk.chart import Found
from wardround.capabilities.risk.learned.prediction import Prediction
from wardround.capabilities.risk.learned.service import Learned
from wardround.capabilities.risk.model import Contribution, Entry, Like, Outcome, Said, State
from wardround.capabilities.risk.score import Input
from wardround.engines.tabular import Similar
from wardround.kernel import Model

_BEYOND = frozenset({"age", "setting"})
_HOLDS_BACK = _BEYOND | {"unlike", "coverage", "close"}
"""Reasons for which the model itself holds back; what is stale or contradicts can be answered."""


@dataclass(frozen=True)
class Predicted:
    """A learned model; an ``Assessor``."""

    learned: Learned
    kind = "probability"

    @property
    def model(self) -> Model:
        """Its name, version and sha256."""
        return self.learned.model

    @property
    def title(self) -> str:
        """What it predicts."""
        meaning = self.learned.spec.outcome.meaning
        return meaning[:1].upper() + meaning[1:]

    @property
    def device(self) -> bool:
        """A learned model's basis cannot be reviewed independently: a device function, always."""
        return True

    @property
    def about(self) -> About:
        """What a clinician reads of it."""
        spec = self.learned.spec
        ages = "" if spec.ages is None else f" For ages {spec.ages[0]:g} to {spec.ages[1]:g}."
        where = f" In: {', '.join(spec.settings)}." if spec.settings else ""
        return About(
            purpose=spec.intended_use,
            whom=f"Predicted at: {spec.prediction_time}.{ages}{where}",
            cautions=spec.limits,
            unit="1",
        )

    @property
    def asked(self) -> tuple[Input, ...]:
        """Its inputs."""
        return self.learned.inputs

    def needs(self, asked: Input) -> bool:
        """None is needed: that something was not measured is information to the model."""
        del asked
        return False

    def judge(self, entries: Sequence[Entry], setting: str) -> Judged:
        """Return the probability with what explains it, or why the model holds it back."""
        found = Found(
            given={one.name: one.value for one in entries if one.value is not None},
            stale=[one.name for one in entries if one.state is State.STALE],
            conflicting=[one.name for one in entries if one.state is State.CONFLICT],
        )
        groups = {
            one.name: str(one.value)
            for one in entries
            if one.name in self.learned.spec.groups and one.value is not None
        }
        said = self.learned.predict(found, groups, setting)
        reasons = tuple(
            Said(kind=one.kind, input=one.input, says=one.says)
            for one in said.reasons
            if one.kind != "missing"
        )
        held = next((one for one in reasons if one.kind in _HOLDS_BACK), None)
        # Somebody who knows more of the patient may still answer what was never measured.
        final = held is not None and (
            held.kind in _BEYOND or all(entry.state.counts for entry in entries)
        )
        return Judged(
            result=None if said.probability is None else _outcome(said),
            contributions=tuple(
                Contribution(label=one.label, amount=round(one.log_odds, 3))
                for one in said.contributions
            ),
            reasons=reasons,
            unfit=None if held is None else held.says,
            final=final,
            warnings=said.warnings,
            like=tuple(_like(one, self.asked) for one in said.similar),
            changes=tuple(
                f"{one.meaning} {one.to:g} {one.unit.removesuffix('1')}".strip()
                + f" instead of {one.was:g}: {one.probability:.0%}".replace("%", " %")
                for one in said.changes
            ),
        )


def _outcome(said: Prediction) -> Outcome:
    meaning = ""
    if said.answer is not None:
        covered = f"{said.coverage:.0%}".replace("%", " %")
        meaning = f"{'likely' if said.answer else 'unlikely'}, at a coverage of {covered}"
    baseline = ""
    if said.baseline is not None:
        baseline = f"Before any input: {said.baseline:.0%}.".replace("%", " %")
    return Outcome(value=said.probability, unit="1", meaning=meaning, remark=baseline)


def _like(one: Similar, asked: Sequence[Input]) -> Like:
    """Return a group of similar patients, with its inputs by the names that clinicians read."""
    labels = {item.name: item.label for item in asked}
    return Like(
        patients=one.patients,
        events=one.events,
        low=one.low,
        high=one.high,
        common="; ".join(f"{labels.get(what, what)}: {how}" for what, how in one.common),
    )
