"""A published score as the route asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardround.capabilities.risk.answer import Answer, Given, answer
from wardround.capabilities.risk.assessor import About, Judged
from wardround.capabilities.risk.declared import digest
from wardround.capabilities.risk.model import Contribution, Entry, Outcome, Said, State
from wardround.capabilities.risk.score import Band, Input, Score, within_sentence
from wardround.kernel import Model

_FOR_NOBODY = frozenset({"age", "excluded"})
"""Reasons that no further value can mend."""


def model_of(score: Score) -> Model:
    """Return a score as the model that drafts; its version names the table that is used."""
    return Model(name=score.name, version=score.version, digest=digest())


@dataclass(frozen=True)
class Scored:
    """A score; an ``Assessor``."""

    score: Score
    kind = "score"

    @property
    def model(self) -> Model:
        """Its name, the version of its table, and the sha256 of the declarations."""
        return model_of(self.score)

    @property
    def title(self) -> str:
        """Its name for clinicians."""
        return self.score.title

    @property
    def device(self) -> bool:
        """Whether it is used to act at once."""
        return self.score.time_critical

    @property
    def about(self) -> About:
        """What a clinician reads of it."""
        score = self.score
        others = ", ".join(within_sentence(one.label) for one in score.exclusions)
        ages = f"For ages {score.ages[0]:g} to {score.ages[1]:g}."
        return About(
            purpose=score.purpose,
            whom=f"{ages} Not for: {others}." if others else ages,
            cautions=score.cautions,
            papers=score.papers,
            bands=score.bands,
            unit=score.unit,
            decimals=score.decimals,
        )

    @property
    def asked(self) -> tuple[Input, ...]:
        """Its inputs, and then what excludes a patient."""
        return (*self.score.inputs, *self.score.exclusions)

    def needs(self, asked: Input) -> bool:
        """Whether there is no result without this input."""
        return asked in self.score.inputs and asked.name not in self.score.optional

    def judge(self, entries: Sequence[Entry], setting: str) -> Judged:
        """Return the result, or the range that what is missing leaves open."""
        del setting
        given: dict[str, Given] = {one.name: one.value for one in entries if one.value is not None}
        answered = answer(
            self.score,
            given,
            stale=[one.name for one in entries if one.state is State.STALE],
            conflicting=[one.name for one in entries if one.state is State.CONFLICT],
        )
        result, reasons = answered.result, answered.reasons
        parts = () if result is None else result.parts
        unfit = next((one.says for one in reasons if one.kind in _FOR_NOBODY), None)
        return Judged(
            result=_outcome(self.score, answered),
            contributions=tuple(Contribution(label=p.label, amount=p.points) for p in parts),
            reasons=tuple(Said(kind=r.kind, input=r.input, says=r.says) for r in reasons),
            unfit=unfit,
            final=unfit is not None,
        )


def _outcome(score: Score, answered: Answer) -> Outcome | None:
    result = answered.result
    if result is None and answered.low is None:
        return None
    band = _band(score, answered)
    return Outcome(
        value=None if result is None else result.value,
        low=answered.low,
        high=answered.high,
        unit=score.unit,
        decimals=score.decimals,
        meaning="" if band is None else band.label,
        observed="" if band is None else band.risk or "",
        source="" if band is None else band.source or "",
        remark="" if result is None else result.remark or "",
    )


def _band(score: Score, answered: Answer) -> Band | None:
    """Return what the result means; of a range only what both its ends mean."""
    if answered.result is not None:
        return answered.result.band
    if answered.low is None or answered.high is None:
        return None
    low, high = score.band(answered.low), score.band(answered.high)
    return low if low == high else None
