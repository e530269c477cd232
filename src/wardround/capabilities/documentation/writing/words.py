"""Words of a transcript, normalised, each with the characters it came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardround.capabilities.documentation.writing.rules import Rules

_RULES = Rules("words")

_PLAIN = {0x2018: "'", 0x2019: "'", 0xA0: " "}
"""Curly apostrophes and hard spaces, written plain."""

_MARKUP = re.compile(r"<[^<>\n]{1,40}>|\[[A-Za-z][A-Za-z _-]{1,30}\]")
_TOKEN = re.compile(
    r"\d++(?:-[a-z]+)+|\d++(?:[.,:/-]\d++)*+(?:(?:st|nd|rd|th)\b)?|(?:[^\W\d_]\.){2,}"
    r"|(?:mr|mrs|ms|dr|st)\.(?=\s)"
    r"|[^\W_]+(?:['-][^\W_]+)*-?|n't\b|'[a-z]+|[.?!…]+|[,;:%$/+-]",
    re.IGNORECASE,
)
_RESTART = re.compile(r"^(?:([a-z]{1,3})-)+(?=\1[a-z]*')")
_STUTTER = re.compile(
    r"(?:([a-z]{1,3})-)+\1[a-z]*|(\w+)-\2|(?:i|a|the|and|it|we|he|she|you|but)-[a-z]+"
)
_WHOLE = _RULES.table("whole")
_PAIRS = {
    ("gon", "na"): ("going", "to"),
    ("wan", "na"): ("want", "to"),
    ("got", "ta"): ("have", "to"),
    ("lem", "me"): ("let", "me"),
    ("gim", "me"): ("give", "me"),
    ("can", "n't"): ("can", "not"),
    ("ca", "n't"): ("can", "not"),
    ("wo", "n't"): ("will", "not"),
    ("ai", "n't"): ("is", "not"),
}
_ENDINGS = {"m": "am", "ve": "have", "re": "are", "ll": "will"}
_IS = _RULES.words("is")
_PARTICIPLES = _RULES.words("participles")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, contractions undone, and its characters ``start`` to ``end``."""

    text: str
    start: int
    end: int

    @property
    def stop(self) -> bool:
        """Whether this is a mark that ends a sentence."""
        return self.text[0] in ".?!…"

    @property
    def mark(self) -> bool:
        """Whether this is punctuation and no word."""
        return not any(character.isalnum() for character in self.text) and self.text != "%"


def mask(source: str) -> str:
    """Return ``source`` with transcription markup blanked, every character at its place."""
    masked = _MARKUP.sub(lambda found: " " * len(found.group()), source)
    return masked.translate(_PLAIN)


def split(source: str, offset: int = 0) -> list[Word]:
    """Return the words of ``source`` from ``offset`` on, contractions undone."""
    raw = [
        Word(found.group().lower(), found.start(), found.end())
        for found in _TOKEN.finditer(mask(source), offset)
    ]
    return list(_normalised(raw))


def _normalised(raw: list[Word]) -> Iterator[Word]:
    skip = False
    for here, after in zip(raw, [*raw[1:], None], strict=False):
        if skip:
            skip = False
            continue
        pair = _PAIRS.get((here.text, after.text)) if after else None
        if after and pair:
            skip = True
            yield from (Word(text, here.start, after.end) for text in pair)
        elif here.text == "n't":
            yield Word("not", here.start, here.end)
        elif len(here.text) > 1 and here.text.endswith("-"):
            continue
        elif _STUTTER.fullmatch(here.text):
            yield Word(here.text.rpartition("-")[2], here.start, here.end)
        else:
            texts = _expanded(here.text, after.text if after else "")
            yield from (Word(text, here.start, here.end) for text in texts)


def _expanded(text: str, after: str) -> tuple[str, ...]:
    text = _RESTART.sub("", text)
    if text in _WHOLE:
        return tuple(_WHOLE[text].split())
    if text.endswith("n't") and len(text) > 3:
        return (text[:-3], "not")
    stem, mark, ending = text.rpartition("'")
    verb = _verb(stem, ending, after) if mark else ""
    if not verb:
        return (text,)
    return (stem, verb) if stem else (verb,)


def _verb(stem: str, ending: str, after: str) -> str:
    """Return the verb that ``ending`` contracts (``'s``, ``'d``, ``'ve``), empty if none."""
    if ending == "s" and (stem in _IS or not stem):
        return "has" if after in _PARTICIPLES else "is"
    if ending == "d":
        return "had" if after in _PARTICIPLES or after in {"better", "never"} else "would"
    return _ENDINGS.get(ending, "")
