"""A name that was found once is a name everywhere in its text: misspelt, possessive, or initials."""

import re
from collections.abc import Iterable, Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.words import Word, folded

_PART = re.compile(r"[^\W\d_]+")
_AGAIN = "a name found elsewhere in the text"
_NEARLY = "one letter from a name found elsewhere"
_SURE = 0.84
_LETTERS = 5
"""How many letters a name has at least for one of them to be wrong."""


def find_again(
    text: str, words: Iterable[Word], found: Iterable[Find], lexicon: Lexicon
) -> Iterator[Find]:
    """Yield the other places of the names that were found surely."""
    sure: set[str] = set()
    initials: set[str] = set()
    for find in found:
        if find.kind is not Kind.NAME or find.score < _SURE or find.reason == "an employer":
            continue
        parts = [folded(part.lower()) for part in _PART.findall(text[find.start : find.end])]
        whole = [part for part in parts if len(part) > 2]
        sure.update(
            part for part in whole if part not in lexicon.common and part not in lexicon.forms
        )
        if 2 <= len(parts) <= 3 and len(whole) >= 2:
            initials.add("".join(part[0] for part in parts).upper())
    sure = {part for part in sure if part not in lexicon.known or part in lexicon.usual_names}
    if not sure:
        return
    near = {part for part in sure if len(part) >= _LETTERS}
    longest = max(map(len, sure)) + 1
    ends = {(part[0], len(part) + by) for part in near for by in (-1, 0, 1)}
    for word in words:
        low = word.low
        if not 2 < len(low) <= longest + 1 + 30 * ("-" in low):
            continue
        if low in sure:
            if word.capital or low not in lexicon.known:
                yield Find(word.start, _end(word), Kind.NAME, 0.9, _AGAIN)
        elif "-" in low and any(part in sure for part in low.split("-")):
            yield Find(word.start, _end(word), Kind.NAME, 0.85, _AGAIN)
        elif (
            len(low) >= _LETTERS - 1
            and (low[0], len(low)) in ends
            and low not in lexicon.frequent
            and low not in lexicon.known
            and not lexicon.is_medicine(low)
            and low not in lexicon.eponyms
            and any(_is_near(low, part) for part in near)
        ):
            yield Find(word.start, _end(word), Kind.NAME, 0.8, _NEARLY)
    for pair in initials:
        dotted = r"\.\s?".join(pair)
        for match in re.finditer(rf"(?<![\w.]){dotted}\.(?!\w)", text):
            yield Find(
                match.start(), match.end(), Kind.NAME, 0.8, "the initials of a name found elsewhere"
            )


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
