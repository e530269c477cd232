"""Whether there is a visit to write of; if not, the reason, for a clinician.

Talk is told to be a clinical visit by its words: points for clinical words and phrases, most in
sentences that speak of somebody in the room, and points against it for words of other talk, per
hundred words. ``visit_words.json`` holds the words and the points; docs/evaluation.md says how
often this errs. Abstaining is an answer: a note is never drafted from what is no visit.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import orjson

from wardround.capabilities.documentation.formats.plain import inline
from wardround.capabilities.documentation.formats.speakers import UNKNOWN
from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.writing.words import mask

NOTHING: Final = "Nothing was said."
LITTLE: Final = "Too little was said to write a note of."
ENGLISH: Final = "This is not English; notes are drafted from English only."
ONE: Final = "Only one speaker is told apart; a note needs what both sides said."
NO_VISIT: Final = "What was said does not sound like a clinical visit."

_LEAST_WORDS = 8
_LONG = 30
_LEAST_ENGLISH = 0.16
_LEAST_POINTS = 1.8
"""Points per hundred words; real visits have 2.2 and more, other talk seldom more than one."""
_IMPERSONAL = 0.4
"""What a clinical word counts in a sentence that speaks of nobody in the room."""

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n")
_PERSONAL = frozenset(
    {
        "you", "your", "you're", "you've", "you'd", "you'll", "yours", "any", "me", "my", "mine",
        "i", "i've", "i'm", "i'd", "i'll", "he", "he's", "she", "she's", "his", "her", "hers",
        "him", "we", "we'll", "let",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VisitWords:
    """The points of words and phrases, and the words of English and of hesitation."""

    words: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    points: Mapping[str, float]
    ending: re.Pattern[str]
    english: frozenset[str]
    fillers: frozenset[str]

    def kinds(self, words: list[str]) -> Iterator[tuple[str, str]]:
        """Yield the terms among ``words``, each with its kind; a phrase counts beside its words."""
        for index, word in enumerate(words):
            kind = self.words.get(word) or self.words.get(word.removesuffix("'s"))
            if kind or (len(word) < _LONG and self.ending.fullmatch(word)):
                yield word, kind or "clinical"
            for phrase, sort in self.phrases.get(word, ()):
                if tuple(words[index : index + len(phrase)]) == phrase:
                    yield " ".join(phrase), sort


def unsuitable(transcript: Transcript) -> str | None:
    """Return why no note should be drafted of ``transcript``, or nothing where one should."""
    terms = _terms()
    said = [_words(turn.text) for turn in transcript.turns]
    words = [word for turn in said for word in turn]
    meant = [word for word in words if word not in terms.fillers]
    if not meant:
        return NOTHING
    if _foreign(words, terms):
        return ENGLISH
    if len(meant) < _LEAST_WORDS:
        return LITTLE
    speakers = {turn.speaker for turn, spoken in zip(transcript.turns, said, strict=True) if spoken}
    speakers.update(speaker for turn in transcript.turns for speaker in inline(turn))
    if len(speakers) == 1 and UNKNOWN not in speakers:
        return ONE
    if points(transcript) < _needed(len(words)):
        return NO_VISIT
    return None


def _foreign(words: list[str], terms: VisitWords) -> bool:
    """Return whether these are not English: its commonest words are lacking, or its letters."""
    letters = "".join(words)
    if 2 * sum(letter.isascii() for letter in letters) < len(letters):
        return True
    known = sum(word in terms.english for word in words)
    return len(words) >= _LEAST_WORDS and known < _LEAST_ENGLISH * len(words)


def points(transcript: Transcript) -> float:
    """Return the points of a transcript per hundred words; the more, the surer it is a visit.

    A word counts at most twice, and once more in 150 words; weak words (``back``, ``pain``) count
    at most half of what clinical ones do. So neither one repeated word nor a yoga class passes.
    """
    sums, words = _sums(_sentences(transcript))
    clinical = sums["clinical"] + sums["phrase"]
    weak = min(sums["weak"], 0.5 * clinical + 0.005 * words)
    return 100 * (clinical + weak + sums["other"] + sums["animal"]) / max(1, words)


def _sums(sentences: Iterable[list[str]]) -> tuple[Mapping[str, float], int]:
    terms = _terms()
    listed = list(sentences)
    total = sum(len(sentence) for sentence in listed)
    most = 2 + total / 150
    seen: Counter[str] = Counter()
    sums: defaultdict[str, float] = defaultdict(float)
    for sentence in listed:
        personal = not _PERSONAL.isdisjoint(sentence)
        for term, kind in terms.kinds(sentence):
            seen[term] += 1
            if seen[term] > most:
                continue
            about = terms.points[kind] < 0 or personal
            sums[kind] += terms.points[kind] * (1.0 if about else _IMPERSONAL)
    return sums, total


def _needed(words: int) -> float:
    """Return the points needed per hundred words; a short text needs two words or so."""
    return max(_LEAST_POINTS, 100 * min(2.2, 1 + words / 80) / words)


def _sentences(transcript: Transcript) -> Iterator[list[str]]:
    for turn in transcript.turns:
        for sentence in _SENTENCE.split(turn.text):
            words = _words(sentence)
            if words:
                yield words


def _words(text: str) -> list[str]:
    return _WORD.findall(mask(text).lower())


@cache
def _terms() -> VisitWords:
    read = orjson.loads(files(__package__).joinpath("visit_words.json").read_bytes())
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    words: dict[str, str] = {}
    for kind in read["points"]:
        for term in read[kind]:
            first, *rest = term.split()
            if rest:
                phrases.setdefault(first, []).append(((first, *rest), kind))
            else:
                words[term] = kind
    return VisitWords(
        words=words,
        phrases={first: tuple(found) for first, found in phrases.items()},
        points=read["points"],
        ending=re.compile(rf"\w{{3,}}(?:{'|'.join(read['clinical_endings'])})s?"),
        english=frozenset(read["english"]),
        fillers=frozenset(read["fillers"]),
    )
