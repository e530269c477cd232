"""Names that are spelled, letter by letter: "N-E-L-S-O-N"."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading

_LETTERS = re.compile(r"(?<![\w.'’-])[^\W\d_](?:(, |-| |\. ?)[^\W\d_])(?:\1[^\W\d_])+(?![\w'’-])")
_SPELLS = re.compile(
    r"\b(?:spell(?:s|ed|ing|t)?|(?:first|last|sur|given|family|maiden) ?name|name(?:'s| is)?|letter by letter)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 60, 12
"""Characters around what is spelled in which something says that a name is."""
_LEAST = 4
"""Letters of a name that is spelled where nothing says so."""
_BACKWARDS = frozenset("world dlrow".split())
"""What patients are asked to spell in the test of their memory."""


def find_lettered(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the names that are spelled."""
    text, written = reading.text, frozenset(reading.lows)
    for found in _LETTERS.finditer(text):
        word = "".join(filter(str.isalpha, found[0])).lower()
        if word in _BACKWARDS:
            continue
        around = text[max(0, found.start() - _BEFORE) : found.start()]
        told = _SPELLS.search(around) is not None or _SPELLS.search(
            text, found.end(), found.end() + _AFTER
        )
        said = word in written and word not in lexicon.known
        if told or (len(word) >= _LEAST and (said or lexicon.is_name(word))):
            yield Find(found.start(), found.end(), Kind.NAME, 0.9, "a name, letter by letter")
