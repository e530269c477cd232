"""Sentences of a visit: where they begin and end, who said them, whether they ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.words import Word, split

LONGEST = 30
"""Words after which a sentence is looked at again for a place to end."""

Ends = Callable[[Sequence[str]], NDArray[np.float64]]
_WH = frozenset("what when where which who how why whose".split())
_AUXILIARIES = frozenset(
    "do does did is are was were have has had can could will would should am any may".split()
)
_OPENERS = frozenset(
    "okay ok alright all right so well and now then um uh um-hmm mm-hmm but great good sure yeah yes "
    "no oh got it wow hmm also or gotcha perfect excellent nice , because".split()
)
_SUBJECTS = frozenset("you your it that there this they he she the these those any i we".split())
_TITLES = frozenset("mr mrs ms dr st".split())


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: ``words`` in lower case, from characters ``start`` to ``end`` of turn ``turn``."""

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
            texts = tuple(word.text for word in words if not word.stop)
            if not any(text[0].isalnum() for text in texts):
                continue
            start, end = words[0].start, words[-1].end
            asks = words[-1].text.startswith("?") or asks_something(texts)
            found.append(Segment(number, turn.speaker, texts, start, end, asks))
    return found


def asks_something(words: Sequence[str]) -> bool:
    """Return whether ``words`` are a question, by how they begin."""
    index = 0
    while index < len(words) and words[index] in _OPENERS:
        index += 1
    head = words[index] if index < len(words) else ""
    after = words[index + 1 : index + 3]
    if head in {"any", "ever"} or (head in _WH and after and after[0] not in {"you", "i"}):
        return True
    return head in _AUXILIARIES and bool(_SUBJECTS.intersection(after))


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
    return after.isdigit() and len(after) < 3 and (before.isdigit() or before in {"hundred", "a"})


def _shorter(words: list[Word], ends: Ends) -> list[list[Word]]:
    """Split where the model sees an end, if punctuation left the sentence long."""
    spoken = [word for word in words if not word.mark]
    marks = len(words) - len(spoken)
    if len(spoken) < 5 or (marks and len(spoken) <= LONGEST):
        return [words]
    threshold = 0.5 if marks * 15 < len(spoken) else 0.7
    scores = ends([word.text for word in spoken])
    after = {word.end for word, score in zip(spoken, scores, strict=True) if score >= threshold}
    parts: list[list[Word]] = [[]]
    for index, word in enumerate(words):
        parts[-1].append(word)
        ahead = words[index + 1] if index + 1 < len(words) else None
        if ahead and not ahead.mark and (word.end in after or _marked(words, index, after)):
            if ahead.start >= word.end:
                parts.append([])
    return [part for part in parts if part]


def _marked(words: list[Word], index: int, after: set[int]) -> bool:
    return words[index].mark and index > 0 and words[index - 1].end in after
