"""The words of a text as the finder of names sees them, and the words that stand beside names."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

TOKEN = re.compile(r"[^\W\d_]+(?:['’‘-][^\W\d_]+)*\.?|\d[\w.,/:-]*|\n[ \t]*\n?|[^\w\s]")
"""A word, a number, a line's end or a sign."""
ENDING = re.compile(r"['’‘]s$")
"""Of a possessive."""
_PASSED = frozenset(':-—=#|*(",\n')
_JOINING = frozenset("and with by from to of for".split())
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)


@dataclass(frozen=True)
class Cues:
    """The words beside names."""

    titles: frozenset[str]
    credentials: frozenset[str]
    labels: frozenset[str]
    relations: frozenset[str]
    spoken: frozenset[str]
    verbs: frozenset[str]
    lasts: frozenset[str]
    """The last word of each label, relation and phrase: without one there is no cue."""


@cache
def load_cues() -> Cues:
    """Return the words beside names, read once."""
    written = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))["names"]
    split = {
        name: frozenset(words.split("|" if "|" in words else None))
        for name, words in written.items()
    }
    phrases = split["labels"] | split["relations"] | split["spoken"]
    return Cues(**split, lasts=frozenset(phrase.rpartition(" ")[2] for phrase in phrases))


def folded(word: str) -> str:
    """Return a word without accents, as lists of names have it."""
    if word.isascii():
        return word
    plain = word.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


_POSSESSIVES = frozenset(("'s", "’s", "‘s"))


@lru_cache(maxsize=50_000)
def bare(low: str) -> str:
    """Return a word in lower case without its dot, its possessive and its accents."""
    if low[-1] == ".":
        low = low[:-1]
    if low[-2:] in _POSSESSIVES:
        low = low[:-2]
    return low if low.isascii() else folded(low)


class Word:
    """One token of a text, and what is known of it."""

    __slots__ = ("at", "capital", "end", "low", "start", "text", "whole")

    def __init__(self, text: str, start: int, end: int, at: int) -> None:
        self.text, self.start, self.end, self.at = text, start, end, at
        self.whole = text.lower()
        self.low = bare(self.whole)
        self.capital = text[0].isupper()


def cue_before(words: Mapping[int, Word], before: int, cues: Cues) -> str | None:
    """Return what the words up to ``before`` announce: a title, a label, a relation, or speech."""
    if before < 0:
        return None
    previous = words[before]
    if previous.low in cues.titles and previous.whole not in {"may", "do"}:
        return "title"
    passed, colon, line = before, False, False
    while passed >= 0 and passed > before - 3 and words[passed].text[0] in _PASSED:
        colon |= words[passed].text in {":", "=", "|"}
        line |= words[passed].text[0] == "\n"
        passed -= 1
    if passed < 0 or words[passed].whole.rstrip(".") not in cues.lasts:
        return None
    phrase = ""
    found = None
    for number in range(1, min(4, passed + 1) + 1):
        word = words[passed - number + 1].whole.rstrip(".")
        phrase = f"{word} {phrase}" if phrase else word
        if phrase in cues.labels and (colon or number > 1 or phrase in {"dear", "cc", "attn"}):
            found = "label"
        elif line or found == "label":
            continue
        elif phrase in cues.spoken and (number > 1 or phrase not in _JOINING):
            found = "spoken"
        elif phrase in cues.relations:
            found = found or "relation"
    return found
