"""The checks on a pathology report, on every draft and after every decision."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from wardround.capabilities.pathology.model import Report, State
from wardround.kernel import Context, Drafted, Finding, Order, Severity


class Check(ABC):
    """One check; its class says why it is made."""

    rule: str

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterator[Finding]:
        """Yield what is wrong with a report."""
        del order, context
        yield from self.look(Report.model_validate(drafted.content))

    @abstractmethod
    def look(self, report: Report) -> Iterator[Finding]:
        """Yield what is wrong with a report."""

    def found(
        self, severity: Severity, message: str, mend: str, claim: str | None = None
    ) -> Finding:
        """Return a finding of this check."""
        return Finding(rule=self.rule, severity=severity, message=message, mend=mend, claim=claim)


class Undecided(Check):
    """No number goes into the chart unless a person has decided it."""

    rule = "undecided"

    def look(self, report: Report) -> Iterator[Finding]:
        """Say how many still wait, and lead to the first."""
        waiting = [
            place for place, one in enumerate(report.measures) if one.state is State.SUGGESTED
        ]
        if waiting:
            few = "1 measure is" if len(waiting) == 1 else f"{len(waiting)} measures are"
            mend = "Confirm, correct or leave out each."
            claim = f"/measures/{waiting[0]}"
            yield self.found(Severity.BLOCK, f"{few} not decided yet.", mend, claim)


class NoDiagnosis(Check):
    """Numbers are no diagnosis: a person writes it, from the slide."""

    rule = "no-diagnosis"

    def look(self, report: Report) -> Iterator[Finding]:
        """Say that there is none."""
        if not report.diagnosis.strip():
            yield self.found(Severity.BLOCK, "There is no diagnosis.", "Write it.", "/diagnosis")


class NoResolution(Check):
    """Without the size of a pixel, sizes and densities cannot be compared with others."""

    rule = "no-resolution"

    def look(self, report: Report) -> Iterator[Finding]:
        """Say that the file does not tell how large a pixel is."""
        if report.slide.mpp is None:
            message = "The file does not say how large a pixel is: sizes are in pixels."
            yield self.found(Severity.WARN, message, "Compare no size with a threshold in µm.")


class Doubtful(Check):
    """A slide with ink, folds or blur counts wrongly where it has them."""

    rule = "slide-quality"

    def look(self, report: Report) -> Iterator[Finding]:
        """Point out each check that the slide did not pass."""
        for place, one in enumerate(report.checks):
            if not one.passed:
                yield self.found(
                    Severity.WARN, one.says, "Look at these parts yourself.", f"/checks/{place}"
                )


class Unread(Check):
    """What could not be decoded was not counted."""

    rule = "not-read"

    def look(self, report: Report) -> Iterator[Finding]:
        """Say how many tiles were skipped."""
        if report.skipped:
            whole = report.looked + report.skipped
            message = f"{report.skipped} of {whole} parts of the slide could not be read."
            yield self.found(Severity.WARN, message, "Scan the slide again, if it matters.")


class Investigational(Check):
    """Reading a slide is a device function, and this one is not cleared."""

    rule = "investigational"

    def look(self, report: Report) -> Iterator[Finding]:
        """Say so on every draft."""
        del report
        message = "For investigational use: the engine is no cleared device."
        yield self.found(Severity.NOTE, message, "Decide by the slide, not by the number.")


def guardrails() -> tuple[Check, ...]:
    """Return the checks, in the order they run and are listed."""
    return (
        Undecided(),
        NoDiagnosis(),
        Doubtful(),
        Unread(),
        NoResolution(),
        Investigational(),
    )
