"""Sentences of a visit: where they begin and end, who said them, whether they ask."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.words import Word, split

_RULES = Rules("segments")

LONGEST = 30
"""Words after which a punctuated sentence is looked at again for a place to end."""

CERTAIN, UNSURE, LONG = 0.35, 0.15, 18
"""Chance of an end that splits a sentence without punctuation, and one of more than LONG words."""

Ends = Callable[[Sequence[str]], NDArray[np.float64]]
_WH = _RULES.words("wh")
_AUXILIARIES = _RULES.words("auxiliaries")
_OPENERS = _RULES.words("openers")
_TAGS = _RULES.words("tags")
_TELLS = _RULES.pattern("tells")
_TOPIC = _RULES.pattern("topic")
_WH_ASKS = _RULES.pattern("wh_asks")
_INVITES = _RULES.pattern("invites")
_INVERTED = _RULES.pattern("inverted")
_SUBJECTS = _RULES.words("subjects")
_ONES = frozenset(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
_BEFORE_POINT = _RULES.words("before_point")
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "st"])


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: ``words`` in lower case, characters ``start`` to ``end`` of turn ``turn``."""

    turn: int
    speaker: str
    words: tuple[str, ...]
    start: int
    end: int
    question: bool


def segment(transcript: Transcript, ends: Ends) -> list[Segment]:
    """Return the sentences of ``transcript`` in order; ``ends`` scores where one may end."""
    found = []
    for number, turn in enumerate(transcript.turns):
        for words in _sentences(split(turn.source, turn.offset), ends):
            texts = tuple(_spoken(words))
            if not any(text[0].isalnum() for text in texts):
                continue
            start, end = words[0].start, words[-1].end
            asks = _asks(texts, marked=words[-1].text.startswith("?"), speaker=turn.speaker)
            found.append(Segment(number, turn.speaker, texts, start, end, asks))
    return found


def _spoken(words: list[Word]) -> Iterator[str]:
    """Yield the words; a full stop inside a number is the word "point"."""
    for index, word in enumerate(words):
        if not word.stop:
            yield word.text
        elif (
            word.text == "." and 0 < index < len(words) - 1 and words[index - 1].text not in _TITLES
        ):
            yield "point"


def _asks(words: tuple[str, ...], *, marked: bool, speaker: str) -> bool:
    """Return whether ``words`` ask something; "…, okay?" does not, "tell me …" does."""
    core = _core(words)
    if not core:
        return False
    text = " ".join(core)
    if marked:
        return not (len(core) < len(_led(words)) and _TELLS.match(text))
    if core[0] in {"any", "ever"} or _INVITES.match(text):
        return True
    if core[0] in _WH and _WH_ASKS.match(text):
        return True
    if core[0] in _AUXILIARIES and _SUBJECTS.intersection(core[1:3]):
        return True
    return speaker != "patient" and bool(_INVERTED.search(text))


def _led(words: Sequence[str]) -> Sequence[str]:
    index = 0
    while index < len(words) and words[index] in _OPENERS:
        index += 1
    return words[index:]


def _core(words: Sequence[str]) -> Sequence[str]:
    """Return ``words`` without what opens them, and without a tag such as "okay?"."""
    core = _led(words)
    while core and core[-1] in _TAGS:
        core = core[:-1]
    return core


def _sentences(words: list[Word], ends: Ends) -> list[list[Word]]:
    sentences: list[list[Word]] = []
    current: list[Word] = []
    for index, word in enumerate(words):
        current.append(word)
        if word.stop and not _inside(words, index):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return [part for sentence in sentences for part in _shorter(sentence, ends)]


def _inside(words: list[Word], index: int) -> bool:
    """Return whether a full stop ends no sentence: a title's, or a decimal point (``98 . 6``)."""
    if words[index].text != "." or not 0 < index < len(words) - 1:
        return False
    if words[index - 1].text in _TITLES:
        return True
    after = words[index + 1].text
    before = words[index - 1].text
    return (after in _ONES or (after.isdigit() and len(after) < 3)) and (
        before.isdigit() or before in _BEFORE_POINT
    )


def _shorter(words: list[Word], ends: Ends) -> list[list[Word]]:
    """Split where the model sees an end, if punctuation left the sentence long."""
    spoken = [word for word in words if not word.mark]
    marks = len(words) - len(spoken)
    if len(spoken) < 5 or (marks and len(spoken) <= LONGEST):
        return [words]
    scores = ends([word.text for word in spoken])
    threshold = CERTAIN if marks * 15 < len(spoken) else 0.7
    breaks: set[int] = _turns_of_topic(spoken)
    _break(spoken, scores, 0, len(spoken), threshold, breaks)
    parts: list[list[Word]] = [[]]
    for index, word in enumerate(words):
        parts[-1].append(word)
        ahead = words[index + 1] if index + 1 < len(words) else None
        if word.text == "." and index:
            continue
        if ahead and not ahead.mark and ahead.start in breaks and ahead.start >= word.end:
            parts.append([])
    return [part for part in parts if part]


def _turns_of_topic(words: list[Word]) -> set[int]:
    """Return where a doctor turns to another part of the body or another problem."""
    text = " ".join(word.text for word in words)
    starts, at = {}, 0
    for word in words:
        starts[at] = word.start
        at += len(word.text) + 1
    return {starts[found.start()] for found in _TOPIC.finditer(text) if found.start() in starts}


def _break(
    words: list[Word],
    scores: NDArray[np.float64],
    start: int,
    end: int,
    threshold: float,
    breaks: set[int],
) -> None:
    """Add to ``breaks`` where sentences begin, the likeliest first; long ones end more easily."""
    places = [i for i in range(start, end - 1) if words[i + 1].start >= words[i].end]
    if not places:
        return
    best = max(places, key=lambda i: scores[i])
    needed = threshold if end - start <= LONG else min(threshold, UNSURE)
    if scores[best] < needed:
        return
    breaks.add(words[best + 1].start)
    _break(words, scores, start, best + 1, threshold, breaks)
    _break(words, scores, best + 1, end, threshold, breaks)
