"""A name that was found once is a name everywhere in its text: misspelt, possessive, or initials."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.eponyms import is_eponym
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading, near, spans
from wardround.privacy.deid.text.words import Word, bare, folded

_PART = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){1,2}[^\W\d_]\.(?!\w)")
_DOTTED = re.compile(r"\.\s?[^\W\d_]\.")
_AGAIN = "a name found elsewhere in the text"
_NEARLY = "one letter from a name found elsewhere"
_INITIAL = "the initials of a name found elsewhere"
_USER = "a user name made of a name found elsewhere"
_UNNAMED = frozenset("dr mr mrs ms miss doctor mister mx prof jr sr ii iii iv".split())
_DEGREES = frozenset("MD DO RN PA NP PT OT CNA LPN".split())
_SURE = 0.84
_LETTERS = 5
"""How many letters a name has at least for one of them to be wrong."""


@dataclass
class _Known:
    """The names found surely, and what stands for them: initials, and names of users."""

    names: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    users: set[str] = field(default_factory=set)

    def add(self, written: str, lexicon: Lexicon) -> None:
        """Take in a name as it is written."""
        parts = [folded(part.lower()) for part in _PART.findall(written)]
        parts = [part for part in parts if part not in _UNNAMED]
        whole = [part for part in parts if len(part) > 2]
        for part in whole:
            ordinary = part in lexicon.known and part not in lexicon.usual_names
            if not (ordinary or part in lexicon.common or part in lexicon.forms):
                self.names.add(part)
        if not (whole and 2 <= len(parts) <= 3):
            return
        order = [*parts[1:], parts[0]] if "," in written else parts
        if len(order[-1]) > 1:
            self.initials.add("".join(part[0] for part in order).upper())
        self.users.update(f"{one[0]}{other}" for one in parts for other in whole if one != other)
        self.users.update(f"{one}{other}" for one in whole for other in whole if one != other)


def find_again(reading: Reading, found: Iterable[Find], lexicon: Lexicon) -> Iterator[Find]:
    """Yield the other places of the names that were found surely."""
    known = _Known()
    for find in found:
        if find.kind is Kind.NAME and find.score >= _SURE and find.reason != "an employer":
            known.add(reading.cased[find.start : find.end], lexicon)
    known.initials -= _DEGREES
    if not known.names:
        return
    again = _again(reading, known, lexicon)
    for at in reading.where(again.keys()):
        word = reading.words[at]
        if again[word.whole][1] == _INITIAL and not (word.text.isupper() or reading.flat):
            continue
        whole = reading.words.low(at + 1) in known.names
        if not whole and is_eponym(word, reading.words, lexicon):
            continue
        if word.capital or word.low not in lexicon.known or word.low not in known.names:
            yield Find(word.start, _end(word), Kind.NAME, *again[word.whole])
    hints = spans(_DOTTED, reading.cased) if known.initials else ()
    for dotted in near(_INITIALS, reading.cased, hints, 6, 6):
        if "".join(_PART.findall(dotted[0])) in known.initials:
            yield Find(dotted.start(), dotted.end(), Kind.NAME, 0.8, _INITIAL)


def _again(reading: Reading, known: _Known, lexicon: Lexicon) -> dict[str, tuple[float, str]]:
    """Return the words that stand for names, each with how surely and why."""
    names, again = known.names, {}
    near = [part for part in names if len(part) >= _LETTERS]
    ends = {(part[0], len(part) + by) for part in near for by in (-1, 0, 1)}
    begun = {part[0] for part in names}
    written = frozenset(reading.lows)
    for whole in (written - lexicon.known) | (written & names):
        first = whole[0]
        if not first.isalpha() or (
            first not in begun and whole.isascii() and "-" not in whole and whole not in known.users
        ):
            continue
        low = bare(whole)
        if low in names:
            again[whole] = 0.9, _AGAIN
        elif low in lexicon.known:
            continue
        elif "-" in low and any(part in names for part in low.split("-")):
            again[whole] = 0.85, _AGAIN
        elif low in known.users:
            again[whole] = 0.85, _USER
        elif len(whole) == 3 and whole.upper() in known.initials:
            again[whole] = 0.8, _INITIAL
        elif (
            len(low) >= _LETTERS - 1
            and (low[0], len(low)) in ends
            and low not in lexicon.frequent
            and not lexicon.is_medicine(low)
            and low not in lexicon.eponyms
            and any(_is_near(low, part) for part in near)
        ):
            again[whole] = 0.8, _NEARLY
    return again


def _end(word: Word) -> int:
    """Return where a word ends without what makes it a possessive."""
    return word.start + min(len(word.low), len(word.text))


def _is_near(one: str, other: str) -> bool:
    """Whether two words differ by one letter changed, added, left out, or moved by one place."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
