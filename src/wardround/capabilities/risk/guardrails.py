"""The checks on an assessment, on every draft and after every answer, each for one reason."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

from wardround.capabilities.risk.assessing import entries_of
from wardround.capabilities.risk.bulk import score_named
from wardround.capabilities.risk.model import Assessment, Entry, State
from wardround.capabilities.risk.reading import chart_of
from wardround.kernel import Context, Drafted, Finding, Order, Severity

ANSWERS = "/answers"


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
        others = [one.says for one in made.reasons if one.kind in {"age", "excluded", "outside"}]
        if others:
            mend = "Reject the draft, or correct the answer."
            yield self.found(Severity.BLOCK, f"No result. {others[0]}", mend)
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

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Compare each value with the chart, read anew."""
        score = score_named(made.model)
        now = entries_of(score, chart_of(score, subject, made.at, context).find(score))
        known = {entry.name: (entry.found, entry.held, entry.resource) for entry in now}
        for place, entry in enumerate(made.inputs):
            if known.get(entry.name) != (entry.found, entry.held, entry.resource):
                message = f"{entry.label} is not as the chart has it now."
                mend = "Reject this draft and order a new one."
                yield self.found(Severity.BLOCK, message, mend, f"/inputs/{place}")


class Device(Check):
    """A score that is used to act at once is a device function, and is marked as one."""

    rule = "device-function"

    def look(self, made: Assessment, subject: str, context: Context) -> Iterator[Finding]:
        """Say so, and that it does not stand for seeing the patient."""
        del subject, context
        if made.device:
            message = f"{made.title} is used to act at once: a device function."
            mend = "See the patient; do not wait for the score."
            yield self.found(Severity.NOTE, message, mend)


def _lacking(made: Assessment) -> list[Entry]:
    return [entry for entry in made.inputs if entry.needed and not entry.state.counts]


def _listed(entries: Sequence[Entry]) -> str:
    labels = [_low(entry.label) for entry in entries]
    shown = labels if len(labels) <= 4 else [*labels[:3], f"{len(labels) - 3} more"]
    return " and ".join(["; ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _low(label: str) -> str:
    """Return a label within a sentence; an abbreviation stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _are(entries: Sequence[Entry]) -> str:
    return "is" if len(entries) == 1 else "are"


GUARDRAILS: tuple[Check, ...] = (
    NoResult(),
    OnlyARange(),
    Unusual(),
    StatedOtherwise(),
    AsInTheChart(),
    Device(),
)
"""The checks, in the order they run and are listed."""
