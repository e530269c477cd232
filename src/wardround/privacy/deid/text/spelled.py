"""Addresses and names of files as they are spoken: "j dot smith at gmail dot com".

What is between "dot", "dash", "slash", "colon" and "at" is one chain: of words, of letters and
figures spoken one by one, or of both. What the chain is shows at its end, or by its figures.
"""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.chains import (
    Chain,
    chain_around,
    ends_sentence,
    is_figure,
    is_open,
    low,
)
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.reading import Reading, with_dots
from wardround.privacy.deid.text.said import ENDINGS, FIGURES, FILES, JOINS, MORE, STOPS

_HEX = re.compile(r"[0-9a-f]{1,4}|oh|zero")
_HINTS = with_dots("dot colon point")
_BEGINS = frozenset("www http https ftp".split())


def find_spelled(reading: Reading) -> Iterator[Find]:
    """Yield the addresses and names of files that were spoken."""
    passed = -1
    for at in reading.where(_HINTS):
        if at <= passed:
            continue
        chain = chain_around(reading, at, passed)
        if chain is None:
            continue
        find = _read(reading, chain)
        if find is not None:
            passed = chain.last
            yield find


def _read(reading: Reading, chain: Chain) -> Find | None:
    """Return what a chain is, or ``None`` where it is none of what is looked for."""
    first, last, joins = chain
    lows = [low(reading, at) for at in range(first, last + 1)]
    dots = [at for at in joins if low(reading, at) == "dot" and at < last]
    colons = sum(low(reading, at) == "colon" for at in joins)
    start, end = reading.starts[first], reading.starts[last] + len(reading.pieces[last].rstrip("."))
    if colons > 1 and _is_hex(lows):
        return Find(start, end, Kind.IP, 0.95, "an IP address, spoken")
    octets = _octets(reading, chain)
    if octets is not None:
        return Find(octets[0], octets[1], Kind.IP, 0.95, "an IP address, spoken")
    if not dots:
        return None
    if _behind(reading, dots[-1], last) in FILES:
        return Find(start, end, Kind.PHOTO, 0.93, "the name of a file, spoken")
    ended = any(_behind(reading, at, last) in ENDINGS for at in dots)
    if "at" in lows and ended:
        start = reading.starts[_words_before(reading, first)]
        return Find(start, end, Kind.EMAIL, 0.94, "an e-mail address, spoken")
    if ended or _BEGINS & set(lows):
        begin = first
        if lows[0] not in _BEGINS and lows[0] != "w":
            begin = _words_before(reading, first)
        return Find(reading.starts[begin], end, Kind.URL, 0.92, "a web address, spoken")
    return None


def _behind(reading: Reading, dot: int, last: int) -> str:
    """Return the word behind a dot, or the letters that spell it."""
    word = low(reading, dot + 1)
    if len(word) > 1:
        return word
    letters = (low(reading, at) for at in range(dot + 1, min(last, dot + 5) + 1))
    return "".join(letter for letter in letters if len(letter) == 1)


def _words_before(reading: Reading, first: int) -> int:
    """Return where an address begins that has one or two more words, if it is clear where."""
    at = first
    for _ in range(3):
        before = at - 1
        if not is_open(reading, before) or ends_sentence(reading, before):
            return at
        if low(reading, before) in STOPS:
            return at
        at = before
    return first


def _is_hex(lows: list[str]) -> bool:
    """Whether a chain is of hexadecimal figures and colons."""
    return all(word in FIGURES or word in JOINS | MORE or _HEX.fullmatch(word) for word in lows)


def _octets(reading: Reading, chain: Chain) -> tuple[int, int] | None:
    """Return where four runs of figures between dots stand."""
    run: list[int] = []
    joins = 0
    for at in range(chain.first, chain.last + 1):
        word = low(reading, at)
        if word in {"dot", "point"} and run:
            joins += 1
            run.append(at)
        elif is_figure(reading, at):
            run.append(at)
        elif joins >= 3:
            break
        else:
            run, joins = [], 0
    if joins != 3 or low(reading, run[-1]) in JOINS:
        return None
    last = run[-1]
    return reading.starts[run[0]], reading.starts[last] + len(reading.pieces[last].rstrip("."))
