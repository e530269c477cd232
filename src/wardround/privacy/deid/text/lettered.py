"""Names told by their letters: spelled one by one ("N-E-L-S-O-N"), or by initials ("ML: ...")."""

import re
from collections import Counter
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import SPEAKS, Find
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
_HEADED = re.compile(
    r"(?m)^([A-Z]{2,3}|(?:[A-Z]\.){2,3})(?= - \d{1,3} ?[Yy]/?[Oo]| is an? (?:pleasant|reliable|poor|good|\d{1,3})\b)"
    r"|(?<=[.:] )(?:[A-Z]{2,3}|(?:[A-Z]\.){2,3})(?= is an? (?:pleasant|reliable|poor|good) )"
)
_TURN = re.compile(r"(?m)^(?:\[[^\]\n]{1,24}\][ ])?([A-Z]{2,3}|(?:[A-Z]\.){2,3})(?=:[ ])")
_LABEL = re.compile(r"(?m)^(?:\[[^\]\n]{1,24}\][ ])?[^\W\d_][\w.'’ ,-]{0,32}:[ ]")
_NOBODY = frozenset(
    "MD DO RN NP PA PT OT MA BP HR RR PE HPI ROS PMH PSH FH SH CC DX RX TX HX LAB IMP DR PCP MR MS PM AM".split()
)
_SPOKEN = 0.6
"""Of the lines of a conversation so many begin with who speaks."""


def find_lettered(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the names that are spelled, and the people who are called by their initials."""
    yield from _spelled(reading, lexicon)
    for found in _HEADED.finditer(reading.text):
        if found[0] not in _NOBODY:
            yield Find(found.start(), found.end(), Kind.NAME, 0.85, "initials for somebody")
    yield from _speakers(reading.text)


def _spelled(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
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


def _speakers(text: str) -> Iterator[Find]:
    """Yield who speaks by their initials, in a text that is a conversation."""
    turns = list(_TURN.finditer(text))
    counted = Counter(found[1] for found in turns)
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if not turns or sum(1 for _ in _LABEL.finditer(text)) < _SPOKEN * lines:
        return
    for found in turns:
        if counted[found[1]] > 1 and found[1] not in _NOBODY:
            yield Find(found.start(1), found.end(1), Kind.NAME, 0.86, SPEAKS)
