"""The checks on a radiology report, on every draft and after every decision."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from wardround.capabilities.radiology.impression import contradicts, said
from wardround.capabilities.radiology.model import Report, State
from wardround.capabilities.radiology.whose import BORN, differs
from wardround.kernel import Context, Drafted, Finding, Order, Severity

IMPRESSION = "/impression"


class Case(NamedTuple):
    """What a check looks at: the report, of whom it is, and the chart."""

    report: Report
    subject: str
    chart: Context


class Check(ABC):
    """One check; its class says why it is made."""

    rule: str

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterator[Finding]:
        """Yield what is wrong with a report."""
        yield from self.look(Case(Report.model_validate(drafted.content), order.subject, context))

    @abstractmethod
    def look(self, case: Case) -> Iterator[Finding]:
        """Yield what is wrong with a report."""

    def found(
        self, severity: Severity, message: str, mend: str, claim: str | None = None
    ) -> Finding:
        """Return a finding of this check."""
        return Finding(rule=self.rule, severity=severity, message=message, mend=mend, claim=claim)


class OtherPatient(Check):
    """A report on somebody else's image is the worst that can go wrong here.

    Another hospital's number or a sex that was changed may have a good reason: who signs says so.
    """

    rule = "other-patient"

    def look(self, case: Case) -> Iterator[Finding]:
        """Compare what the files say of the patient with the chart."""
        wrong = differs(case.report.study.of, case.chart.read(case.subject))
        if BORN in wrong or len(wrong) > 1:
            message = f"The image may be another patient's: {' and '.join(wrong)} differ."
            mend = "Reject the draft, and look whose image it is."
            yield self.found(Severity.BLOCK, message, mend)
        elif wrong:
            message = f"On the image, {wrong[0]} is not as in the chart."
            yield self.found(Severity.WARN, message, "Make sure it is this patient's.")
        elif not case.report.study.of.known:
            message = "The image does not say whose it is."
            yield self.found(Severity.WARN, message, "Make sure it is this patient's.")


class Undecided(Check):
    """Nothing the model says goes into the chart unless a person has decided it."""

    rule = "undecided"

    def look(self, case: Case) -> Iterator[Finding]:
        """Point out each finding that still waits."""
        for place, one in enumerate(case.report.findings):
            if one.state is State.SUGGESTED:
                message = f"{one.display}: not decided yet."
                yield self.found(
                    Severity.BLOCK, message, "Say whether it is there.", f"/findings/{place}"
                )


class NoPlace(Check):
    """A finding that is there is somewhere: who reads the report can look."""

    rule = "no-place"

    def look(self, case: Case) -> Iterator[Finding]:
        """Point out each finding that stands and is not marked on the image."""
        for place, one in enumerate(case.report.findings):
            if one.stands and not one.regions:
                message = f"{one.display} is not marked on the image."
                mend = "Draw where it is, or acknowledge that it has no one place."
                yield self.found(Severity.WARN, message, mend, f"/findings/{place}")


class AgainstTheModel(Check):
    """Whoever decides against a model that is sure has looked twice."""

    rule = "against-the-model"

    def look(self, case: Case) -> Iterator[Finding]:
        """Point out each decision against what the model is sure of."""
        for place, one in enumerate(case.report.findings):
            if one.against and one.sure and one.probability is not None:
                says = "there" if one.likely else "not there"
                message = (
                    f"The model is sure that {one.display.lower()} is {says} "
                    f"({one.probability:.0%}); you decided otherwise."
                )
                yield self.found(Severity.WARN, message, "Look once more.", f"/findings/{place}")


class Impression(Check):
    """The impression is what is read; it must say what was decided."""

    rule = "impression"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say where the impression is empty, or says the opposite of a finding."""
        if not said(case.report):
            yield self.found(Severity.BLOCK, "There is no impression.", "Write one.", IMPRESSION)
        for one in contradicts(case.report):
            there = "there" if one.stands else "not there"
            message = f"{one.display} was decided to be {there}; the impression says otherwise."
            yield self.found(Severity.BLOCK, message, "Mend one of the two.", IMPRESSION)


class NotLookedAt(Check):
    """What the model did not look at, a person does."""

    rule = "not-read"

    def look(self, case: Case) -> Iterator[Finding]:
        """Point out the images that the model did not read."""
        left = sum(not one.read for one in case.report.study.pictures)
        if left:
            images = "1 image was" if left == 1 else f"{left} images were"
            message = f"{images} not looked at by the model."
            yield self.found(Severity.WARN, message, "Look at all images of the study.")


class Doubtful(Check):
    """An image that barely passed is read with care."""

    rule = "image-quality"

    def look(self, case: Case) -> Iterator[Finding]:
        """Point out each check that the image did not pass."""
        for place, one in enumerate(case.report.checks):
            if not one.passed:
                yield self.found(
                    Severity.WARN, one.says, "Judge the image yourself.", f"/checks/{place}"
                )


class Reported(Check):
    """A study is reported once; a second report replaces the first by amendment."""

    rule = "reported"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say where a signed report on the same study stands in the chart."""
        if not case.report.study.uid:
            return
        uid = f"urn:oid:{case.report.study.uid}"
        known = case.chart.search("ImagingStudy", patient=case.subject, identifier=uid)
        if known:
            message = "This study has a signed report in the chart."
            yield self.found(
                Severity.WARN, message, "Go on only if this is to replace or add to it."
            )


class Investigational(Check):
    """The reading of an image is a device function, and this one is not cleared."""

    rule = "investigational"

    def look(self, case: Case) -> Iterator[Finding]:
        """Say so on every draft."""
        del case
        message = "For investigational use: the model is no cleared device."
        yield self.found(Severity.NOTE, message, "Decide by the image, not by the number.")


def guardrails() -> tuple[Check, ...]:
    """Return the checks, in the order they run and are listed."""
    return (
        OtherPatient(),
        Undecided(),
        Impression(),
        AgainstTheModel(),
        NoPlace(),
        NotLookedAt(),
        Doubtful(),
        Reported(),
        Investigational(),
    )
