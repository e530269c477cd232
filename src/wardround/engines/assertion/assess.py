"""``assess``: what a text asserts of each mention."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from wardround.engines.assertion.model import Assertion, Person
from wardround.engines.assertion.outline import Outline, Sentence
from wardround.engines.assertion.reading import Reading
from wardround.engines.assertion.rules import Rules, load_rules
from wardround.engines.assertion.scope import PEOPLE, reach

_PLAIN = Assertion()


def assess(text: str, spans: Sequence[tuple[int, int]]) -> list[Assertion]:
    """Return what an English text asserts of each span of characters, in the spans' order.

    After ConText (Harkema and others, J Biomed Inform 2009;42:839) and NegEx (Chapman and others,
    J Biomed Inform 2001;34:301), with scope bounded by clauses, lists and headings. Spans are
    (start, end) with the end exclusive; an empty one, or one beyond the text, is ``ValueError``.
    """
    if not spans:
        return []
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError("A span must hold at least one character of the text.")
    rules = load_rules()
    lowered = _lower(text)
    outline = Outline(text, rules)
    if not outline.sentences:
        return [Assertion()] * len(spans)
    readings: dict[int, Reading] = {}
    found = []
    for start, end in spans:
        number = outline.place(start)
        reading = readings.get(number)
        if reading is None:
            reading = readings[number] = _read(lowered, outline.sentences[number], rules)
        found.append(_of(reading, outline, number, lowered, start, end, rules))
    return found


def _read(lowered: str, sentence: Sentence, rules: Rules) -> Reading:
    parts = [sentence.lead] if sentence.lead else []
    return Reading(lowered, [*parts, (sentence.start, sentence.end)], rules)


def _of(
    reading: Reading,
    outline: Outline,
    number: int,
    lowered: str,
    start: int,
    end: int,
    rules: Rules,
) -> Assertion:
    sentence = outline.sentences[number]
    asks = lowered[sentence.end - 1] == "?"
    if not (reading.cued or asks or (sentence.section and sentence.section.labels)):
        return _PLAIN
    first = bisect_right(reading.ends, start)
    last = max(bisect_left(reading.starts, end), first)
    met = reach(reading, first, last)
    labels: dict[str, tuple[int, int]] = {}
    for axis, left, right in met.reached:
        labels.setdefault(axis, (reading.starts[left], reading.ends[right - 1]))
    if sentence.section is not None and sentence.heading is not None:
        for axis in sentence.section.labels:
            if axis not in met.closed and not (axis in PEOPLE and labels.keys() & PEOPLE):
                labels.setdefault(axis, sentence.heading)
    answer = _answer(lowered, outline, number, rules) if asks else None
    if answer is not None:
        labels.setdefault(*answer)
    return _assertion(labels)


def _answer(
    lowered: str, outline: Outline, number: int, rules: Rules
) -> tuple[str, tuple[int, int]] | None:
    """Return how the next sentence answers a question: *Any fever? No.* denies, silence is open."""
    sentence = outline.sentences[number]
    for following in outline.sentences[number + 1 : number + 3]:
        reading = Reading(lowered, [(following.start, following.end)], rules)
        for at in range(min(len(reading.words), 6)):
            last, said = rules.answers.longest(reading.words, at, len(reading.words))
            if said:
                place = (reading.starts[at], reading.ends[last - 1])
                return ("negated", place) if "negated" in said[0] else None
        if lowered[following.end - 1] != ":":  # only who speaks: what is said comes next
            break
    return ("possible", (sentence.end - 1, sentence.end))


def _assertion(labels: dict[str, tuple[int, int]]) -> Assertion:
    """Return the labels as one assertion.

    What is denied is denied, not possible, past or conditional; of others no time is told.
    """
    negated = "negated" in labels
    person: Person = "family" if "family" in labels else "other" if "other" in labels else "patient"
    idle: frozenset[str] = frozenset()
    if negated:
        idle = frozenset({"possible", "historical", "conditional"})
    elif person != "patient":
        idle = frozenset({"historical"})
    labels = {label: cue for label, cue in labels.items() if label not in idle}
    return Assertion(
        polarity="negated" if negated else "present",
        certainty="possible" if "possible" in labels else "certain",
        time="historical" if "historical" in labels else "current",
        person=person,
        hypothetical="hypothetical" in labels,
        conditional="conditional" in labels,
        cues=tuple(sorted(set(labels.values()))),
    )


def _lower(text: str) -> str:
    """Return the text in lower case, every character at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.replace("\u2019", "'")
