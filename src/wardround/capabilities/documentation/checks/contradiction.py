"""Whether the note says the opposite of what was said."""

from collections.abc import Iterable, Iterator

from wardround.capabilities.documentation.checks.check import Check
from wardround.capabilities.documentation.model import SECTIONS
from wardround.capabilities.documentation.reading import (
    corrections,
    laterality,
    medicines,
    polarity,
    quantities,
)
from wardround.capabilities.documentation.reading.review import Line, Review, content_words, stem
from wardround.kernel import Context, Drafted, Finding, Order, Severity

_PLAN = SECTIONS["plan"][0]


class NegationConflict(Check):
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
                yield self.finding(
                    f"“{word}” is {written} here and was {said} in the visit.",
                    "Listen to what was said, and correct the sentence or acknowledge it.",
                    line=line,
                )


class LateralityConflict(Check):
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
                yield self.finding(
                    f"“{side.side}” is not the side that was said{part}.",
                    "Correct the side, or take it out.",
                    line=line,
                    own=line.own,
                )


class TakenBack(Check):
    """A dose, side or medicine corrected aloud must not stand in the note as it was first said."""

    rule = "taken-back"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences that hold what the speaker took back, without what replaced it."""
        review = Review.of(drafted, order, context)
        for line in review.lines:
            old = next(self._stale(line, review), None)
            if old:
                yield self.finding(
                    f"“{old}” was taken back a moment later in the visit.",
                    "Read on in the transcript, and write what was decided.",
                    line=line,
                )

    def _stale(self, line: Line, review: Review) -> Iterator[str]:
        written = {value for item in quantities.claimed(line.text) for value in item.values}
        written |= {side.side for side in laterality.sides(line.text)}
        for span in line.spans:
            for old, new in corrections.replaced(span, review.transcript):
                if old in written and new not in written:
                    yield old
            if line.section == _PLAN:
                names = corrections.withdrawn(span, review.transcript)
                yield from (name for name in names if name in medicines.named(line.text))


def _heard(side: laterality.Side, anywhere: list[laterality.Side]) -> bool:
    return any(
        item.side in {side.side, "both"} and (side.part is None or item.part in {None, side.part})
        for item in anywhere
    )


def _as_written(found: str, text: str) -> str:
    return next((word for word in content_words(text) if stem(word) == found), found)
