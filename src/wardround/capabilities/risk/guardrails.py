"""The checks on an assessment, on every draft and after every answer, each for one reason."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence

from wardround.capabilities.risk.assessing import entries_of
from wardround.capabilities.risk.assessor import Assessor
from wardround.capabilities.risk.model import Assessment, Entry, State
from wardround.capabilities.risk.reading import chart_of
from wardround.capabilities.risk.score import within_sentence
from wardround.kernel import Context, Drafted, Finding, Order, Severity

ANSWERS = "/answers"

Named = Callable[[str, str], Assessor]
"""Finds what made an assessment, by its name and sha256."""


class Check(ABC):
    """One check; its class says why it is made."""

    rule: str

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterator[Finding]:
        """Yield what is wrong with an assessment."""
        yield from self.look(Assessment.model_validate(drafted.content), order.subject, context)

    @abstractmethod
    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Yield what is wrong with what was made of ``subject``."""

    def found(
        self, severity: Severity, message: str, mend: str, claim: str | None = None
    ) -> Finding:
        """Return a finding of this check."""
        return Finding(rule=self.rule, severity=severity, message=message, mend=mend, claim=claim)


class NoResult(Check):
    """Without a result there is nothing to sign."""

    rule = "no-result"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Say what is missing, or why the score is not for this patient."""
        del subject, context
        if made.result is not None:
            return
        outside = next((one.says for one in made.reasons if one.kind == "outside"), None)
        if made.unfit or outside:
            mend = "Reject the draft, or correct the answer."
            yield self.found(Severity.BLOCK, f"No result. {made.unfit or outside}", mend)
        else:
            lacking = _lacking(made)
            message = f"No result: {_listed(lacking)} {_are(lacking)} not known."
            mend = "Answer what you know; nothing is assumed."
            yield self.found(Severity.BLOCK, message, mend, ANSWERS)


class OnlyARange(Check):
    """A range is no number: whoever signs it has seen what is missing."""

    rule = "range"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Say what would make a number of the range."""
        del subject, context
        if made.result is not None and made.result.value is None:
            lacking = _lacking(made)
            message = f"A range, because {_listed(lacking)} {_are(lacking)} not known."
            mend = "Answer what you know, or sign the range."
            yield self.found(Severity.WARN, message, mend, ANSWERS)


class Unusual(Check):
    """An unusual value is more often a slip than a finding."""

    rule = "unusual-value"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Point out each value outside what is usual."""
        del subject, context
        odd = {one.input: one.says for one in made.reasons if one.kind == "unusual"}
        for place, entry in enumerate(made.inputs):
            if entry.name in odd:
                mend = "Look whether it was mistyped, or its unit."
                yield self.found(Severity.WARN, odd[entry.name], mend, f"/inputs/{place}")


class StatedOtherwise(Check):
    """A person may know better than the chart; whoever signs has seen both."""

    rule = "stated-otherwise"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Point out each answer that stands for another value of the chart."""
        del subject, context
        for place, entry in enumerate(made.inputs):
            stands_for = entry.state is State.STATED and entry.found is State.USED
            if stands_for and entry.value != entry.held:
                message = f"{entry.label} was stated otherwise than the chart has it."
                mend = "Correct the chart too, where it is wrong."
                yield self.found(Severity.WARN, message, mend, f"/inputs/{place}")


class AsInTheChart(Check):
    """What was drafted must still be what the chart says of that moment."""

    rule = "chart-differs"

    def __init__(self, named: Named) -> None:
        self._named = named

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Compare each value with the chart, read anew."""
        by = self._named(made.model, made.digest)
        chart = chart_of(by.asked, subject, made.at, context)
        now = entries_of(by, chart.look_for(by.asked))
        known = {entry.name: (entry.found, entry.held, entry.resource) for entry in now}
        for place, entry in enumerate(made.inputs):
            if known.get(entry.name) != (entry.found, entry.held, entry.resource):
                message = f"{entry.label} is not as the chart has it now."
                mend = "Reject this draft and order a new one."
                yield self.found(Severity.BLOCK, message, mend, f"/inputs/{place}")


class HeldBack(Check):
    """A number whose own model holds it back is not to be signed as if it did not."""

    rule = "model-abstains"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Say why the model holds back, where an answer made it do so."""
        del subject, context
        if made.result is not None and made.unfit:
            mend = "Reject the draft, or correct the answer."
            yield self.found(Severity.BLOCK, made.unfit, mend)


class Subgroup(Check):
    """A model that is known to be worse for a patient's group must say so for this patient."""

    rule = "subgroup"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Pass on each of the model's warnings about the patient's groups."""
        del subject, context
        for warning in made.warnings:
            mend = "Weigh the number with that in mind."
            yield self.found(Severity.WARN, warning, mend)


class Device(Check):
    """What is used to act at once, or cannot be reviewed, is a device function and says so."""

    rule = "device-function"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Say so, and that it does not stand for seeing the patient."""
        del subject, context
        if made.device:
            learned = made.kind == "probability"
            what = "a learned model" if learned else "used to act at once"
            message = f"{made.title} is {what}: a device function, for investigational use."
            mend = "See the patient; do not wait for the number."
            yield self.found(Severity.NOTE, message, mend)


def _lacking(made: Assessment) -> list[Entry]:
    """Return what keeps a result from being made; of a model not what was never measured."""
    counts_not = [entry for entry in made.inputs if not entry.state.counts]
    return [one for one in counts_not if one.needed or one.state is not State.MISSING]


def _listed(entries: Sequence[Entry]) -> str:
    labels = [within_sentence(entry.label) for entry in entries]
    shown = labels if len(labels) <= 4 else [*labels[:3], f"{len(labels) - 3} more"]
    return " and ".join(["; ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _are(entries: Sequence[Entry]) -> str:
    return "is" if len(entries) == 1 else "are"


def guardrails(named: Named) -> tuple[Check, ...]:
    """Return the checks, in the order they run and are listed."""
    return (
        NoResult(),
        OnlyARange(),
        HeldBack(),
        Unusual(),
        StatedOtherwise(),
        AsInTheChart(named),
        Subgroup(),
        Device(),
    )
