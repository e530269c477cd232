"""Whether the visit stands behind what the note says."""

import re
from collections.abc import Iterable

from wardround.capabilities.documentation.checks.check import Check
from wardround.capabilities.documentation.reading import quantities
from wardround.capabilities.documentation.reading.review import (
    Line,
    Review,
    content_words,
    grounded,
    stem,
    stems,
)
from wardround.kernel import Context, Drafted, Finding, Order, Severity

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
    r"will do|let's do|go ahead|deal|got it|makes sense|absolutely|definitely|thank\w*|"
    r"understand\w*|correct)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:understands?|agrees?|agreed|verbali[sz]es?|in agreement)\b", re.IGNORECASE
)
_HEADING = re.compile(r"^[A-Z][\w ,/-]{2,40}:")


class MissingEvidence(Check):
    """A sentence that nobody can trace to the visit may be invented, so it is not to be signed."""

    rule = "missing-evidence"
    severity = Severity.BLOCK

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield the sentences with no source, and those whose source leads nowhere."""
        known = {item.claim for item in drafted.evidence}
        for line in Review.of(drafted, order, context).lines:
            if line.claim not in known:
                yield self.finding(
                    "Nothing in the visit stands behind this sentence.",
                    "Remove it, or write it in your own words.",
                    line=line,
                )
            elif line.astray:
                yield self.finding(
                    "A source of this sentence leads to no place in the transcript.",
                    "Remove the sentence, or draft the note again.",
                    line=line,
                )


class UnsupportedNumber(Check):
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
                yield self.finding(
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
                    yield self.finding(
                        f"“{item.written} {item.unit}” was said as {item.written} {other}.",
                        "Compare it with the transcript, and correct it or acknowledge it.",
                        line=line,
                    )
                    break


class LowGrounding(Check):
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
                yield self.finding(
                    "Most words of this sentence were not said where it comes from.",
                    "Compare it with the transcript, and correct it or acknowledge it.",
                    line=line,
                )


class OwnWords(Check):
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
                yield self.finding(
                    f"In your own words: {listed}{more}.",
                    "Nothing to do if this is what you mean.",
                    line=line,
                )


def _is_consent(line: Line) -> bool:
    """Return whether the sentence says that the patient agrees, and its source is of that kind."""
    return bool(_AGREES.search(line.text) and _AGREED.search(line.said))
