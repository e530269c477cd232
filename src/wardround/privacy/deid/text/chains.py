"""Chains of spoken words: what "dot", "dash", "slash", "colon" and "at" join, as far as it goes."""

import re
from typing import NamedTuple

from wardround.privacy.deid.text.reading import Reading
from wardround.privacy.deid.text.said import FIGURES, FUNCTION, JOINS, MORE, SIGNS, STOPS

_LETTERS = re.compile(r"(?!add|bad|bed|dad|fed|cab|dead|face|feed|fee|bee|deaf)[a-f]{2,3}")
"""Hexadecimal figures that no word is made of."""
_OF_HOSTS = frozenset(("my", "the", "health", "online"))
"""Words that stop an address elsewhere, and hosts are named with."""
_LONGEST = 64
"""Pieces of a chain, each way."""


class Chain(NamedTuple):
    """Words ``first`` to ``last`` (inclusive), and where the joins among them stand."""

    first: int
    last: int
    joins: list[int]


def low(reading: Reading, at: int) -> str:
    """Return a word in lower case, without the dot that ends a sentence."""
    written = reading.lows[at]
    return written.rstrip(".") or written


def is_open(reading: Reading, at: int) -> bool:
    """Whether a word can be part of a chain: no sign, no end of a line."""
    return 0 <= at < len(reading.lows) and reading.lows[at][0].isalnum()


def ends_sentence(reading: Reading, at: int) -> bool:
    """Whether a dot ends a word."""
    return reading.lows[at].endswith(".")


def _is_spoken(reading: Reading, at: int) -> bool:
    """Whether a word is a figure or a letter by itself."""
    word = low(reading, at)
    return word in FIGURES or len(word) == 1 or word[0].isdigit()


def chain_around(reading: Reading, at: int, passed: int) -> Chain | None:
    """Return the chain around a join, as far as it goes both ways."""
    joins = [at]
    last = _forward(reading, at, joins)
    if last == at:
        return None
    first = _back(reading, at, passed, joins)
    return Chain(first, last, sorted(joins))


def _forward(reading: Reading, at: int, joins: list[int]) -> int:
    """Return the last word of a chain that goes on behind the join at ``at``."""
    here, most = at, at + _LONGEST
    while here < most:
        following = here + 1
        while following < most and (
            (is_open(reading, following) and low(reading, following) in JOINS | MORE)
            or (following < len(reading.lows) and reading.lows[following] in SIGNS)
        ):
            if low(reading, following) in JOINS:
                joins.append(following)
            if is_open(reading, following) and ends_sentence(reading, following):
                return following
            following += 1
        item = _item_end(reading, following)
        if item is None:
            return following - 1 if here == at else here
        here = item
        if ends_sentence(reading, here):
            return here
        following = here + 1
        sign = following < len(reading.lows) and reading.lows[following] in SIGNS
        joined = is_open(reading, following) and low(reading, following) in JOINS
        if joined:
            joins.append(following)
        elif not (sign and _touches(reading, following)):
            return here
        here = following
    return here


def _touches(reading: Reading, at: int) -> bool:
    """Whether a sign stands right behind the word before it."""
    return reading.starts[at] == reading.starts[at - 1] + len(reading.pieces[at - 1])


def _item_end(reading: Reading, at: int) -> int | None:
    """Return the last word of what stands between two joins: a run of figures, a word, or both."""
    if not is_open(reading, at):
        return None
    end = at
    if not _is_spoken(reading, at) and is_open(reading, at + 1) and not ends_sentence(reading, at):
        end = at
        while is_open(reading, end + 1) and is_figure(reading, end + 1):
            end += 1
        return end
    while (
        is_open(reading, end + 1)
        and not ends_sentence(reading, end)
        and _is_spoken(reading, end + 1)
    ):
        end += 1
    if is_open(reading, end + 1) and _LETTERS.fullmatch(low(reading, end + 1)):
        return end + 1
    ahead = end + 1  # "nine th dot", "four dff colon"
    if (
        is_open(reading, ahead + 1)
        and low(reading, ahead + 1) in JOINS
        and low(reading, ahead) not in STOPS | JOINS
    ):
        end = ahead
    return end


def is_figure(reading: Reading, at: int) -> bool:
    """Whether a word is a figure, in letters or as it is written."""
    word = low(reading, at)
    return word in FIGURES or word[0].isdigit()


def _back(reading: Reading, at: int, passed: int, joins: list[int]) -> int:
    """Return the first word of a chain that leads up to the join at ``at``."""
    here, least = at, max(passed + 1, at - _LONGEST)
    while here > least:
        item = _item_start(reading, here - 1, least)
        if item is None:
            return here
        here = item
        before = here - 1
        while before > least and is_open(reading, before) and low(reading, before) in JOINS | MORE:
            joins.append(before)
            before -= 1
        if before == here - 1:
            at_sign = _at_sign(reading, here, least) if low(reading, at) == "dot" else None
            if at_sign is None:
                return here
            joins.append(at_sign)
            here = at_sign
            continue
        here = before + 1
    return here


def _at_sign(reading: Reading, here: int, least: int) -> int | None:
    """Return where "at" stands before a host of up to four words."""
    for before in range(here - 1, max(least, here - 5), -1):
        if not is_open(reading, before) or ends_sentence(reading, before):
            return None
        if low(reading, before) == "at":
            return before
        if low(reading, before) in STOPS - _OF_HOSTS:
            return None
    return None


def _is_glued(reading: Reading, at: int) -> bool:
    """Whether a word stands right behind the dot or the low line that ends the word before it."""
    end = reading.starts[at - 1] + len(reading.pieces[at - 1])
    between = reading.text[end : reading.starts[at]]
    return between == "_" or (not between and reading.lows[at - 1].endswith("."))


def _item_start(reading: Reading, at: int, least: int) -> int | None:
    """Return the first word of what stands before a join."""
    if at < least or not is_open(reading, at) or low(reading, at) in FUNCTION:
        return None
    start = at
    if ends_sentence(reading, at):
        return None
    while start > least and _is_glued(reading, start):
        start -= 1
    if start < at:
        return start
    if not _is_spoken(reading, at):
        if len(low(reading, at)) < 4:  # "three rd dot"
            while start > least and is_open(reading, start - 1) and is_figure(reading, start - 1):
                start -= 1
        return start
    while start > least and is_open(reading, start - 1) and _is_spoken(reading, start - 1):
        if ends_sentence(reading, start - 1):
            return start
        start -= 1
    before = start - 1
    if (
        before >= least
        and is_open(reading, before)
        and not ends_sentence(reading, before)
        and low(reading, before) not in STOPS | JOINS
        and is_figure(reading, start)
    ):
        start = before
    return start
