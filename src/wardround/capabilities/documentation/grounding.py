"""Grounding: how much of a note is found in what was said.

Content words are runs of four or more letters, in lower case, that are no stop words (the English
list of scikit-learn); one is found if its Porter stem is the stem of a word of the transcript.
Digit strings are runs of digits; one is found if the transcript writes it, or says it in words
("twenty" for 20, "one thirty over eighty" for 130 and 80). Each share is taken note by note and
averaged over the notes that have any such word or digit string.

Over the published notes of ACI-Bench test1 this gives, in per cent of content words: reference
65.5, GPT-4 67.0, ChatGPT 79.4, BART-samsum 60.2, retrieval of another patient's note 38.5.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from wardround.capabilities.documentation.writing.numbers import figures

_WORD = re.compile(r"[a-z]{4,}")
_ANY_WORD = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"\d+")


class Grounding(NamedTuple):
    """Shares from 0 to 1 of one note, ``None`` where it has no such word or digit string."""

    words: float | None
    digits: float | None


def grounding(note: str, transcript: str) -> Grounding:
    """Return how much of ``note`` is found in ``transcript``."""
    stem, stopwords = stemmer(), _stopwords()
    said = {stem(word) for word in _ANY_WORD.findall(transcript.lower())}
    content = [word for word in _WORD.findall(note.lower()) if word not in stopwords]
    numbers = set(_DIGITS.findall(transcript))
    numbers |= {part for figure in figures(transcript) for part in _DIGITS.findall(figure)}
    return Grounding(
        _share([stem(word) in said for word in content]),
        _share([digit in numbers for digit in _DIGITS.findall(note)]),
    )


def _share(found: list[bool]) -> float | None:
    return sum(found) / len(found) if found else None


@cache
def stemmer() -> Callable[[str], str]:
    """Return Porter's stemmer, which works on each word once."""
    from nltk.stem.porter import PorterStemmer

    stem: Callable[[str], str] = cache(PorterStemmer().stem)
    return stem


@cache
def _stopwords() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
