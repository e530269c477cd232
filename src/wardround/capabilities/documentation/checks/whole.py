"""Whether the note is whole, of this patient, and heard the right way round."""

import re
from collections.abc import Iterable

from wardround.capabilities.documentation.checks.check import Check
from wardround.capabilities.documentation.model import SECTIONS
from wardround.capabilities.documentation.reading.patient import history_of
from wardround.capabilities.documentation.reading.review import Review
from wardround.capabilities.documentation.reading.voices import look_swapped
from wardround.kernel import Context, Drafted, Finding, Order, Severity

_PLAN = SECTIONS["plan"][0]
_SUBJECT = re.compile(
    r"\b(\d{1,3})[ -]years?[ -]old,? (?:\w+[ -]){0,4}?"
    r"(male|man|gentleman|boy|female|woman|lady|girl|patient|person|individual)\b",
    re.IGNORECASE,
)
_FEMALE = frozenset({"female", "woman", "lady", "girl"})
_MALE = frozenset({"male", "man", "gentleman", "boy"})


class MissingPlan(Check):
    """Who reads the note next needs to know what was thought and what was decided."""

    rule = "missing-plan"
    severity = Severity.NOTE

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield a finding where the note has no assessment and plan."""
        note = Review.of(drafted, order, context).note
        if not any(section.code == _PLAN and section.sentences for section in note.sections):
            yield self.finding(
                "The note has no assessment and plan.",
                "Add what was decided, if anything was.",
            )


class PatientMismatch(Check):
    """A note whose sex or age is not the patient's may be another patient's note."""

    rule = "patient-mismatch"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences whose sex or age of the patient is not the chart's."""
        history = history_of(order, context)
        for line in Review.of(drafted, order, context).lines:
            sex, age = _described(line.text)
            if sex and history.sex and sex != history.sex:
                yield self.finding(
                    "The chart gives another sex for this patient.",
                    "Check that this is the right patient, and correct the sentence.",
                    line=line,
                )
            elif age is not None and history.age is not None and abs(age - history.age) > 1:
                yield self.finding(
                    f"The chart gives another age for this patient than “{age}”.",
                    "Check that this is the right patient, and correct the sentence.",
                    line=line,
                )


class SwappedSpeakers(Check):
    """With doctor and patient swapped, complaints become findings and advice becomes history."""

    rule = "swapped-speakers"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield a finding where the patient, by the tags, asks and examines."""
        if look_swapped(Review.of(drafted, order, context).transcript):
            yield self.finding(
                "Doctor and patient look swapped in the transcript.",
                "Read the note with that in mind, or upload the transcript with the right names.",
            )


def _described(text: str) -> tuple[str | None, int | None]:
    """Return the sex and age that a sentence gives the patient, where it gives them."""
    found = _SUBJECT.search(text)
    if not found:
        return None, None
    noun = found[2].lower()
    sex = "female" if noun in _FEMALE else "male" if noun in _MALE else None
    return sex, int(found[1])
