"""Case, where it tells nothing: recognised speech and text in capitals are read as if it did.

Ordinary words become lower case and all others begin with a capital, letter by letter, so that
every offset stays what it was.
"""

import re

from wardround.privacy.deid.text.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)*")
_LEAST, _MOST = 0.008, 0.55
"""A text whose letters are capitals less or more often than this has no case of its own."""
_NAMED = frozenset(
    (
        "hospital clinic medical center centre memorial regional elementary school pharmacy "
        "university college academy church institute county parish"
    ).split()
)


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
        if (
            word.isupper()
            and len(word) <= 3
            and (word in lexicon.state_codes or word in {"MD", "RN", "NP"})
        ):
            return word
        bare = re.sub(r"['’‘]s$", "", low)
        if bare in _NAMED:
            return low[0].upper() + low[1:]
        if (
            bare in lexicon.known
            or bare in lexicon.common
            or lexicon.is_medicine(bare)
            or len(bare) < 3
        ):
            return low
        return low[0].upper() + low[1:]

    return _WORD.sub(cased, text)
