"""The words of a text as the finder of names sees them, and the words that stand beside names."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

_TOKEN = re.compile(r"([^\W\d_]+(?:['’‘-][^\W\d_]+)*\.?|\d[\w.,/:-]*|\n[ \t]*\n?|[^\w\s])")
"""A word, a number, a line's end or a sign."""
_PLAIN_TOKEN = re.compile(
    r"([A-Za-z]+(?:['-][A-Za-z]+)*\.?|[0-9][A-Za-z0-9_.,/:-]*|\n[ \t]*\n?|[^A-Za-z0-9_\s])"
)
"""The same where all letters are ASCII: plain ranges are looked up, classes are asked for."""
ENDING = re.compile(r"['’‘]s$")
"""Of a possessive."""
_PASSED = frozenset(':-—=#|*(",\n')
_COLONS = frozenset(":=|")
_LONGEST_SHORTENED = 4
"""Letters of a title that a dot shortens: "Capt. Ash", but "saw a doctor. He"."""
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


def tokens(text: str) -> tuple[list[str], list[int]]:
    """Return the words, numbers, ends of lines and signs of a text, and where each begins."""
    parts = (_PLAIN_TOKEN if text.isascii() else _TOKEN).split(text)  # what is between, and tokens
    return parts[1::2], list(accumulate(map(len, parts)))[:-1:2]


class Word:
    """One token of a text, and what is known of it."""

    __slots__ = ("at", "capital", "end", "low", "start", "text", "whole")

    def __init__(self, text: str, low: str, start: int, at: int) -> None:
        self.text, self.start, self.end, self.at = text, start, start + len(text), at
        self.whole = low
        self.low = bare(low)
        self.capital = text[0].isupper()


def cue_before(lows: Sequence[str], before: int, cues: Cues) -> str | None:
    """Return what the words (in lower case) up to ``before`` announce: a title, a label, a relation, or speech."""
    if before < 0:
        return None
    previous = lows[before]
    low = bare(previous)
    ended = previous.endswith(".") and len(low) > _LONGEST_SHORTENED
    if low in cues.titles and previous not in {"may", "do"} and not ended:
        return "title"
    passed, colon, line = before, False, False
    while passed >= 0 and passed > before - 3 and lows[passed][0] in _PASSED:
        colon |= lows[passed] in _COLONS
        line |= lows[passed][0] == "\n"
        passed -= 1
    if passed < 0 or lows[passed].rstrip(".") not in cues.lasts:
        return None
    phrase = ""
    found = None
    for number in range(1, min(4, passed + 1) + 1):
        word = lows[passed - number + 1].rstrip(".")
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
