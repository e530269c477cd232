"""Capital letters: sentences, names, drugs and abbreviations as a note writes them."""

import re
from collections.abc import Mapping, Sequence

from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.words import mask

_RULES = Rules("casing")

_FIXED = _RULES.table("fixed")
_GREETED = re.compile(
    r"^\W*(?:hi|hello|hey|good morning|good afternoon|alright|so|well|all right|and)(?: there)?\W+"
    r"(?:(?:mister|miss|mr|ms|mrs|missus)\W+)?([a-z]{3,})\b\W*(?:,|how|it|good|what|i|so|nice|my|thank|$)",
    re.IGNORECASE,
)
_PRESENTED = re.compile(
    r"\b([a-z]{3,})(?: ([a-z]{3,}))? is an? (?:very |pleasant |\w+-year-old|\d+)", re.IGNORECASE
)
_TITLED = re.compile(r"\b(?:mr|ms|mrs|miss|mister|dr|doctor)\.? ([a-z]{3,})\b", re.IGNORECASE)
_NOT_NAMES = _RULES.words("not_names")


class Casing:
    """How each word is written in one visit: names said, capitals heard, learned forms."""

    def __init__(self, transcript: Transcript, learned: Mapping[str, str]) -> None:
        self.names = _names(transcript)
        self._forms = {**learned, **_heard(transcript), **_FIXED}
        self._forms |= {name: name.capitalize() for name in self.names}

    def write(self, words: Sequence[str]) -> str:
        """Return ``words`` as text of a note, without a full stop."""
        text = " ".join(self._forms.get(word, self._possessive(word)) for word in words)
        text = re.sub(r" ([,.;:%])", r"\1", text)
        return text[:1].upper() + text[1:]

    def sentence(self, words: Sequence[str]) -> str:
        """Return ``words`` as a sentence."""
        text = self.write(words).rstrip(" ,.;:-")
        return f"{text}." if text else ""

    def _possessive(self, word: str) -> str:
        stem, mark, _ = word.partition("'")
        return f"{self._forms[stem]}'s" if mark and stem in self._forms else word


def _names(transcript: Transcript) -> frozenset[str]:
    names: set[str] = set()
    titled: set[str] = set()
    for number, turn in enumerate(transcript.turns):
        text = mask(turn.text).lower()
        greeted = _GREETED.match(text) if number < 4 and turn.speaker != "patient" else None
        if greeted:
            names.add(greeted[1])
        for found in _PRESENTED.finditer(text):
            names.update(part for part in found.groups() if part and turn.speaker != "patient")
        titled.update(found[1] for found in _TITLED.finditer(text))
    surnames = "|".join(sorted(titled - _NOT_NAMES))
    if surnames:
        for turn in transcript.turns:
            text = mask(turn.text).lower()
            names.update(re.findall(rf"\b([a-z]{{3,}}) (?:{surnames})\b", text))
    return frozenset(name for name in names | titled if name not in _NOT_NAMES)


def _heard(transcript: Transcript) -> dict[str, str]:
    """Return words with capitals inside sentences, where the transcript writes both cases."""
    forms: dict[str, str] = {}
    plain: set[str] = set()
    for turn in transcript.turns:
        text = mask(turn.text)
        plain.update(re.findall(r"\b[a-z][a-z0-9-]*\b", text))
        if text.islower() or text.isupper():
            continue
        for found in re.finditer(r"(?<=[a-z,] )([A-Z][A-Za-z0-9-]*)", text):
            forms[found[1].lower()] = found[1]
    return {word: form for word, form in forms.items() if word not in plain}
