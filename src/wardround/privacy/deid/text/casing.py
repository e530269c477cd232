"""Case, where it tells nothing: recognised speech and text in capitals are read as if it did.

Ordinary words become lower case and all others begin with a capital, letter by letter, so that
every offset stays what it was.
"""

import re

from wardround.privacy.deid.text.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)*")
_POSSESSIVES = frozenset(("'s", "’s", "‘s"))
_CREDENTIALS = frozenset(("MD", "RN", "NP", "DO", "PA"))
_PLACE_BEGINS = re.compile(
    r"\b(?:new|port|lake|north|south|east|west|fort|mount|saint|san|santa|los|las|st\.)(?=\s[A-Z][a-z])"
)
_NO_CAPITALS = bytes(byte for byte in range(128) if not chr(byte).isupper())
_NO_SMALL = bytes(byte for byte in range(128) if not chr(byte).islower())
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LABEL = re.compile(
    r"(?m)^(?:\[[^\]\n]{0,24}\][ ]?)?(?:[QA]\.|>>|[A-Z][\w.'’ ]{0,32}?(?::|[ ]-))(?=[ \n]|$)"
)
"""Who speaks, before what is said: it has capitals where the words have none."""
_LABELLED = 0.2
_LEAST, _MOST = 0.008, 0.55
"""A text whose letters are capitals less or more often than this has no case of its own."""
_NAMED = frozenset(
    (
        "hospital clinic medical center centre memorial regional elementary school pharmacy university "
        "college academy church institute county parish health family medicine physicians associates"
    ).split()
)
_STREET = re.compile(r"(\d [A-Z][a-z]+(?: [A-Z][a-z]+)? )([a-z]{3,})")
_SHARE = 3
_LONGEST_LABEL = 40


def is_flat(text: str) -> bool:
    """Whether the case of a text tells nothing."""
    share, letters = _capitals(text)
    if _LEAST <= share < _LABELLED:
        share, letters = _capitals(_LABEL.sub("", text))
    return letters > 20 and (share < _LEAST or share > _MOST)


def flat_lines(text: str) -> list[tuple[int, int]]:
    """Return where lines without capitals stand, in a text of which a third or more are such."""
    flat, lines, start = [], 0, 0
    for line in text.split("\n"):
        if any(map(str.isalpha, line)):
            lines += 1
            if not _capitals(_behind_label(line))[0]:
                flat.append((start, start + len(line)))
        start += len(line) + 1
    return flat if len(flat) > 1 and _SHARE * len(flat) >= lines else []


def _behind_label(line: str) -> str:
    """Return what a line says, without who says it."""
    label, colon, said = line.partition(": ")
    return said if colon and len(label) < _LONGEST_LABEL else line


def _capitals(text: str) -> tuple[float, int]:
    """Return the share of capitals among the letters of a text, and how many those are."""
    plain = text.encode("ascii", "ignore")
    capitals = len(plain.translate(None, _NO_CAPITALS))
    letters = capitals + len(plain.translate(None, _NO_SMALL))
    for rest in () if len(plain) == len(text) else _FOREIGN.findall(text):
        capitals += rest.isupper()
        letters += rest.isalpha()
    return capitals / (letters or 1), letters


def recased(text: str, lexicon: Lexicon) -> str:
    """Return ``text`` with capitals where names could begin."""

    def cased(found: re.Match[str]) -> str:
        word = found[0]
        low = word.lower()
        if len(low) != len(word):
            return word
        if len(word) == 1:
            initial = text[found.end() : found.end() + 1] == "." or word not in "AI"
            return word if initial else low
        if word in _CREDENTIALS or (word in lexicon.state_codes and _is_state(text, found)):
            return word
        bare = low[:-2] if low[-2:] in _POSSESSIVES else low
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
