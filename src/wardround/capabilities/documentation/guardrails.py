"""The checks on a visit note, on every draft and after every edit.

Each has one clinical reason. What the machine wrote against the evidence blocks; what a person
wrote is that person's to answer for, so there the same check warns. docs/guardrails.md lists them.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from wardround.capabilities.documentation.checks import laterality, medicines, polarity, quantities
from wardround.capabilities.documentation.checks.patient import (
    allergies_of,
    history_of,
    medicines_of,
)
from wardround.capabilities.documentation.checks.review import (
    Line,
    Review,
    content_words,
    grounded,
    stem,
    stems,
    words,
)
from wardround.capabilities.documentation.checks.voices import look_swapped
from wardround.capabilities.documentation.model import SECTIONS
from wardround.kernel import Context, Drafted, Finding, Guardrail, Order, Severity

_PLAN = SECTIONS["plan"][0]


class _Check(ABC):
    """A guardrail with one finding at most for a sentence."""

    rule: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARN

    @abstractmethod
    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield what is wrong with ``drafted``."""

    def _finding(
        self, message: str, mend: str, *, line: Line | None = None, own: bool = False
    ) -> Finding:
        return Finding(
            rule=self.rule,
            severity=Severity.WARN if own and self.severity is Severity.BLOCK else self.severity,
            message=message,
            claim=line.claim if line else None,
            mend=mend,
        )


class MissingEvidence(_Check):
    """A sentence that nobody can trace to the visit may be invented, so it is not to be signed."""

    rule = "missing-evidence"
    severity = Severity.BLOCK

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield the sentences with no source, and those whose source leads nowhere."""
        known = {item.claim for item in drafted.evidence}
        for line in Review.of(drafted, order, context).lines:
            if line.claim not in known:
                yield self._finding(
                    "Nothing in the visit stands behind this sentence.",
                    "Remove it, or write it in your own words.",
                    line=line,
                )
            elif line.astray:
                yield self._finding(
                    "A source of this sentence leads to no place in the transcript.",
                    "Remove the sentence, or draft the note again.",
                    line=line,
                )


class UnsupportedNumber(_Check):
    """A wrong dose, value or date harms, and it reads as well as a right one."""

    rule = "unsupported-number"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences with a number, unit, day or month that their sources do not give."""
        for line in Review.of(drafted, order, context).lines:
            if not line.sources:
                continue
            said = quantities.said(line.said)
            wrong = [
                item for item in quantities.claimed(line.text) if not item.values & said.keys()
            ]
            if wrong:
                listed = ", ".join(dict.fromkeys(f"“{item.written}”" for item in wrong))
                yield self._finding(
                    f"{listed} was not said where this sentence comes from.",
                    "Compare it with the transcript, and correct it or acknowledge it.",
                    line=line,
                )
                continue
            for item in quantities.claimed(line.text):
                units = frozenset(
                    unit for value in item.values & said.keys() for unit in said[value]
                )
                other = quantities.other_unit(item, units)
                if other:
                    yield self._finding(
                        f"“{item.written} {item.unit}” was said as {item.written} {other}.",
                        "Compare it with the transcript, and correct it or acknowledge it.",
                        line=line,
                    )
                    break


class NegationConflict(_Check):
    """A symptom denied and written as present, or the reverse, turns the diagnosis around."""

    rule = "negation-conflict"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences that affirm what their sources deny, or the reverse."""
        review = Review.of(drafted, order, context)
        for line in review.lines:
            speech = polarity.of_sources(line.spans, review.transcript)
            found = polarity.conflict(polarity.of_sentence(line.text), speech)
            if found:
                word = _as_written(found[0], line.text)
                said, written = ("affirmed", "denied") if found[1] else ("denied", "affirmed")
                yield self._finding(
                    f"“{word}” is {written} here and was {said} in the visit.",
                    "Listen to what was said, and correct the sentence or acknowledge it.",
                    line=line,
                )


class LateralityConflict(_Check):
    """The wrong side leads to the wrong image, injection or operation."""

    rule = "laterality-conflict"
    severity = Severity.BLOCK

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences whose side of the body speech contradicts or never gives."""
        review = Review.of(drafted, order, context)
        anywhere = laterality.sides(review.spoken)
        for line in review.lines:
            claimed = laterality.sides(line.text)
            if not claimed or not line.sources:
                continue
            said = [side for source in line.sources for side in laterality.sides(source)]
            wrong = laterality.contradiction(claimed, said)
            never = (
                None
                if said
                else next((side for side in claimed if not _heard(side, anywhere)), None)
            )
            side = wrong or never
            if side:
                part = f" for the {side.part}" if side.part else ""
                yield self._finding(
                    f"“{side.side}” is not the side that was said{part}.",
                    "Correct the side, or take it out.",
                    line=line,
                    own=line.own,
                )


class UnknownMedicine(_Check):
    """A medicine that was neither spoken of nor in the chart may be given to the patient."""

    rule = "unknown-medicine"
    severity = Severity.BLOCK

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences that name a medicine of neither the visit nor the chart."""
        review = Review.of(drafted, order, context)
        known = {*words(review.spoken), *medicines_of(order, context)}
        known_stems = set(map(stem, known))
        for line in review.lines:
            unheard = [
                name
                for name in dict.fromkeys(
                    (*medicines.named(line.text), *medicines.ordered(line.text))
                )
                if stem(name) not in known_stems and not medicines.heard(name, known)
            ]
            if unheard:
                listed = ", ".join(f"“{name}”" for name in unheard)
                yield self._finding(
                    f"{listed} was not mentioned in the visit and is not in the chart.",
                    "Correct the name, or remove it.",
                    line=line,
                    own=line.own,
                )


class AllergyConflict(_Check):
    """A medicine of a class the patient reacted to can kill; the prescriber must have seen it."""

    rule = "allergy-conflict"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences of the plan with a medicine that a recorded allergy covers."""
        allergies = allergies_of(order, context)
        if not allergies:
            return
        for line in Review.of(drafted, order, context).lines:
            if line.section != _PLAN or _AVOIDED.search(line.text):
                continue
            for name in medicines.named(line.text):
                cover = next((c for a in allergies if (c := medicines.covers(a, name))), None)
                if cover:
                    yield self._finding(
                        f"The chart records an allergy or intolerance that covers “{name}”.",
                        "Choose another medicine, or acknowledge that this is intended.",
                        line=line,
                    )
                    break


class MissingPlan(_Check):
    """Who reads the note next needs to know what was thought and what was decided."""

    rule = "missing-plan"
    severity = Severity.NOTE

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield a finding where the note has no assessment and plan."""
        note = Review.of(drafted, order, context).note
        if not any(section.code == _PLAN and section.sentences for section in note.sections):
            yield self._finding(
                "The note has no assessment and plan.",
                "Add what was decided, if anything was.",
            )


class OwnWords(_Check):
    """Who reads the note later must be able to tell what was said from what was added."""

    rule = "own-words"
    severity = Severity.NOTE

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences a person wrote or changed, with the words the visit does not hold."""
        review = Review.of(drafted, order, context)
        heard = set(stems(review.spoken))
        for line in review.lines:
            if not line.own:
                continue
            new = [
                word for word in dict.fromkeys(content_words(line.text)) if stem(word) not in heard
            ]
            if new:
                listed = ", ".join(f"“{word}”" for word in new[:_LISTED])
                more = f" and {len(new) - _LISTED} more" if len(new) > _LISTED else ""
                yield self._finding(
                    f"In your own words: {listed}{more}.",
                    "Nothing to do if this is what you mean.",
                    line=line,
                )


class LowGrounding(_Check):
    """A sentence made mostly of words that nobody said is a sentence made up."""

    rule = "low-grounding"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield machine-written sentences that share few content words with their sources."""
        for line in Review.of(drafted, order, context).lines:
            if line.own or not line.sources or _is_consent(line):
                continue
            written = [
                word for word in stems(_HEADING.sub("", line.text)) if word not in _NOTE_STEMS
            ]
            heard = frozenset(stems(line.said))
            supported = sum(grounded(word, heard) for word in written)
            if written and supported / len(written) < _LEAST_GROUNDED:
                yield self._finding(
                    "Most words of this sentence were not said where it comes from.",
                    "Compare it with the transcript, and correct it or acknowledge it.",
                    line=line,
                )


class PatientMismatch(_Check):
    """A note whose sex or age is not the patient's may be another patient's note."""

    rule = "patient-mismatch"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences whose sex or age of the patient is not the chart's."""
        history = history_of(order, context)
        for line in Review.of(drafted, order, context).lines:
            sex, age = _described(line.text)
            if sex and history.sex and sex != history.sex:
                yield self._finding(
                    "The chart gives another sex for this patient.",
                    "Check that this is the right patient, and correct the sentence.",
                    line=line,
                )
            elif age is not None and history.age is not None and abs(age - history.age) > 1:
                yield self._finding(
                    f"The chart gives another age for this patient than “{age}”.",
                    "Check that this is the right patient, and correct the sentence.",
                    line=line,
                )


class SwappedSpeakers(_Check):
    """With doctor and patient swapped, complaints become findings and advice becomes history."""

    rule = "swapped-speakers"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield a finding where the patient, by the tags, asks and examines."""
        if look_swapped(Review.of(drafted, order, context).transcript):
            yield self._finding(
                "Doctor and patient look swapped in the transcript.",
                "Read the note with that in mind, or upload the transcript with the right names.",
            )


_LISTED = 3
_LEAST_GROUNDED = 0.5
_NOTE_STEMS = frozenset(
    stems(
        """history examination exam reveals demonstrates consistent follow-up evaluation mg mcg ml
        kg cm mm daily nightly twice medical treatment plan recommended"""
    )
)
_AGREED = re.compile(
    r"\b(?:yes|yeah|yep|okay|ok|sure|sounds?|great|good|perfect|fine|agree\w*|alright|all right|"
    r"will do|got it|makes sense|absolutely|definitely|thank\w*|understand\w*|correct)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:understands?|agrees?|agreed|verbali[sz]es?|in agreement)\b", re.IGNORECASE
)
_HEADING = re.compile(r"^[A-Z][\w ,/-]{2,40}:")
_AVOIDED = re.compile(
    r"\b(?:no|not|avoid\w*|stop\w*|discontinu\w*|allerg\w*|intoleran\w*|never|without|instead of|"
    r"hold|held|reaction|hives|rash)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(\d{1,3})[ -]years?[ -]old,? (?:\w+[ -]){0,4}?"
    r"(male|man|gentleman|boy|female|woman|lady|girl|patient|person|individual)\b",
    re.IGNORECASE,
)
_FEMALE = frozenset({"female", "woman", "lady", "girl"})
_MALE = frozenset({"male", "man", "gentleman", "boy"})


def _is_consent(line: Line) -> bool:
    """Return whether the sentence says that the patient agrees, and its source is of that kind."""
    return bool(_AGREES.search(line.text) and _AGREED.search(line.said))


def _described(text: str) -> tuple[str | None, int | None]:
    """Return the sex and age that a sentence gives the patient, where it gives them."""
    found = _SUBJECT.search(text)
    if not found:
        return None, None
    noun = found[2].lower()
    sex = "female" if noun in _FEMALE else "male" if noun in _MALE else None
    return sex, int(found[1])


def _heard(side: laterality.Side, anywhere: list[laterality.Side]) -> bool:
    return any(
        item.side in {side.side, "both"} and (side.part is None or item.part in {None, side.part})
        for item in anywhere
    )


def _as_written(found: str, text: str) -> str:
    return next((word for word in content_words(text) if stem(word) == found), found)


GUARDRAILS: tuple[Guardrail, ...] = (
    MissingEvidence(),
    UnsupportedNumber(),
    NegationConflict(),
    LateralityConflict(),
    UnknownMedicine(),
    AllergyConflict(),
    MissingPlan(),
    OwnWords(),
    LowGrounding(),
    PatientMismatch(),
    SwappedSpeakers(),
)
"""The checks, in the order they run."""
