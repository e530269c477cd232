"""Case, where it tells nothing: recognised speech and text in capitals are read as if it did.

Ordinary words become lower case and all others begin with a capital, letter by letter, so that
every offset stays what it was.
"""

import re

from wardround.privacy.deid.text.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)*")
_CREDENTIALS = frozenset(("MD", "RN", "NP", "DO", "PA"))
_PLACE_BEGINS = re.compile(
    r"\b(?:new|port|lake|north|south|east|west|fort|mount|saint|san|santa|los|las|st\.)(?=\s[A-Z][a-z])"
)
_LEAST, _MOST = 0.008, 0.55
"""A text whose letters are capitals less or more often than this has no case of its own."""
_NAMED = frozenset(
    (
        "hospital clinic medical center centre memorial regional elementary school pharmacy university "
        "college academy church institute county parish health family medicine physicians associates"
    ).split()
)
_STREET = re.compile(r"(\d [A-Z][a-z]+(?: [A-Z][a-z]+)? )([a-z]{3,})")


def is_flat(text: str) -> bool:
    """Whether the case of a text tells nothing."""
    letters = sum(map(str.isalpha, text)) or 1
    share = sum(map(str.isupper, text)) / letters
    return letters > 20 and (share < _LEAST or share > _MOST)


def recased(text: str, lexicon: Lexicon) -> str:
    """Return ``text`` with capitals where names could begin."""

    def cased(found: re.Match[str]) -> str:
        word = found[0]
        low = word.lower()
        if len(low) != len(word):
            return word
        if len(word) == 1:
            return word if text[found.end() : found.end() + 1] == "." else low
        if word in _CREDENTIALS or (word in lexicon.state_codes and _is_state(text, found)):
            return word
        bare = re.sub(r"['’‘]s$", "", low)
        ordinary = bare in lexicon.known or bare in lexicon.common or lexicon.is_medicine(bare)
        if bare not in _NAMED and (ordinary or (len(bare) < 3 and bare.isascii())):
            return low
        return low[0].upper() + low[1:]

    begun = _PLACE_BEGINS.sub(lambda found: found[0].title(), _WORD.sub(cased, text))
    return _STREET.sub(lambda found: found[1] + found[2].capitalize(), begun)


def _is_state(text: str, found: re.Match[str]) -> bool:
    """Whether two letters stand where a state does: "IN" and "OR" are words, too."""
    before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() :][:7]
    return before == ", " or (after[:1] == " " and after[1:6].isdigit())
