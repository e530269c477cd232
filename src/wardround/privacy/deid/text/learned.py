"""Names and places by what is around them: a logistic regression over words and how they are written.

The rules know cues and lists; a town that no list has, or a name in a sentence that no rule foresaw, is
told by all that stands around it at once. The model is additive in its words, so each word's share at
each distance is summed once and remembered. It sees what the rules found, and never the words of a
name itself: only how it is written, how it ends, and which lists have it.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.arrays import read_weights
from wardround.privacy.deid.text.eponyms import is_eponym
from wardround.privacy.deid.text.find import (
    ACTS,
    BORNE,
    LETTERS_AFTER,
    SEEN_AT,
    SPEAKS,
    WITHIN,
    Find,
)
from wardround.privacy.deid.text.lexicon import Lexicon, load_lexicon
from wardround.privacy.deid.text.reading import Reading
from wardround.privacy.deid.text.words import bare

MODEL = Path(__file__).with_name("learned.npz")
LEAST = 0.2
"""How likely a word is to be a name or a place for it to be taken as one: a leak costs more than a word."""
DOUBTS = {BORNE: 0.2, WITHIN: 0.2, SPEAKS: 0.1, SEEN_AT: 0.1, ACTS: 0.2, LETTERS_AFTER: 0.2}
"""What is less likely than this is none, though a rule has found it for this reason."""
LEAST_FLAT = 0.3
"""The same where case tells nothing, as in recognised speech."""
_HOPELESS = -5.0
"""What single words say, below which no pair of them makes a name or a place of one."""
OFFSETS = (-3, -2, -1, 0, 1, 2)
_JOINS = frozenset("- . , ' ’ of de la van von der den del di da el al bin y".split())
_NEVER = frozenset(
    "pharmd md do rn np pa lpn dpm dds phd mbbs facp facs pa-c aprn dnp fnp cna emt emt-p ii iii iv mri ct".split()
)
_SHORTENED = re.compile(r"[A-Z]{2,}[a-z]{1,3}[A-Z]*|(?!Mac)[A-Z][a-z]{2,}[A-Z][a-z]+")
"""PVCs, HFrEF, MedRec: no way to write a name."""
_ACRONYM = 5
"""Letters of a word in capitals, at most, that is an abbreviation unless a list knows it as a name."""
_CONDITIONS = tuple(
    (
        "itis osis emia aemia uria pathy algia ectomy otomy ostomy oscopy plasty graphy megaly rrhea rrhoea "
        "plegia paresis penia trophy plasia mastia phagia pnea pnoea philia phobia trigo ology"
    ).split()
)
"""How diseases and procedures end, and names do not."""
_REASON = "what is around it and how it is written"


class Seen(NamedTuple):
    """What the model sees of a word: its class, and what it says to its neighbours and of itself."""

    group: str
    word: str
    """The word, if it is an ordinary one, or else its class."""
    beside: tuple[str, ...]
    itself: tuple[str, ...]


@lru_cache(maxsize=50_000)
def seen(piece: str, flat: bool) -> Seen:
    """Return what is seen of a word as it is written."""
    lexicon = load_lexicon()
    low = piece.lower()
    if not piece[0].isalpha():
        first = "⏎" if piece[0] == "\n" else piece[0]
        written = "9" * min(len(piece), 6) if first.isdigit() else first
        return Seen(written, written, (f"c{written}",), (f"c{written}",))
    core = bare(low) or low
    lists = _lists(core, lexicon)
    shape = _shape(piece, flat=flat)
    group = shape + lists
    ordinary = core in lexicon.known or core in lexicon.common or core in lexicon.eponyms
    word = (f"w{core}",) if ordinary else ()
    ends = tuple(f"s{core[-n:]}" for n in (2, 3) if len(core) > n + 1)
    signs = tuple(
        f"h{sign}" for sign in ("-", "'", "’", ".") if sign in (low[:-1] if sign == "." else low)
    )
    tail = "p" if low.endswith(("'s", "’s")) else "."[: low.endswith(".")]
    return Seen(
        group,
        core if ordinary else group,
        (*word, f"g{group}", f"l{lists}", f"h{shape}{tail}"),
        (*word, f"g{group}", f"l{lists}", f"h{shape}{tail}", *ends, *signs, f"b{core[:3]}",
         f"n{min(len(core), 10)}"),
    )  # fmt: skip


def _lists(core: str, lexicon: Lexicon) -> str:
    """Return which lists have a word, a letter each."""
    named = "".join(
        letter
        for letter, words in (
            ("u", lexicon.usual_names),
            ("f", lexicon.first),
            ("l", lexicon.last),
            ("c", lexicon.common),
            ("k", lexicon.known),
            ("q", lexicon.frequent),
            ("d", lexicon.medical),
            ("e", lexicon.eponyms),
            ("o", lexicon.forms),
            ("t", lexicon.cities),
            ("s", lexicon.states),
        )
        if core in words
    )
    joined = core.split("-") if "-" in core else ()
    if any(part in lexicon.medical or part in lexicon.eponyms for part in joined):
        named += "j"
    return named + ("m" if lexicon.is_medicine(core) else "")


def _shape(piece: str, *, flat: bool) -> str:
    if len(piece.rstrip(".")) == 1:
        return "I" if piece[0].isupper() else "i"
    if not piece[0].isupper():
        return "x"
    if flat:
        return "Z"
    return "X" if piece.rstrip(".").isupper() else "C"


@lru_cache(maxsize=50_000)
def could_be(low: str, flat: bool) -> bool:
    """Whether a word could be of a name or a place, told by itself alone."""
    lexicon = load_lexicon()
    core = bare(low) if low[0].isalpha() else ""
    if len(core) < 2 or core in _NEVER or lexicon.is_medicine(core):
        return False
    if core.endswith(_CONDITIONS) or core.startswith("non-") or core[-2:-1] == "-":
        return False
    if core in lexicon.usual_names or core in lexicon.cities:
        return True
    return not (core in lexicon.forms or (flat and core in lexicon.known))


def candidates(reading: Reading) -> list[int]:
    """Return the words that could be of a name or a place."""
    lows = reading.lows
    if reading.flat:
        return [at for at, low in enumerate(lows) if could_be(low, True)]
    found = [at for at in reading.capitals if could_be(lows[at], False)]
    if reading.has_flat_lines:
        pieces = reading.pieces
        small = (at for at, piece in enumerate(pieces) if piece[0].islower())
        found += [at for at in small if reading.is_flat_at(at) and could_be(lows[at], True)]
        found.sort()
    return found


def _is_acronym(reading: Reading, at: int) -> bool:
    """Whether a word in capitals, where case tells something, is short and no name that a list has."""
    low, lexicon = reading.words.low(at), load_lexicon()
    return (
        len(low) <= _ACRONYM
        and not reading.is_flat_at(at)
        and not (lexicon.is_name(low) or low in lexicon.cities)
    )


def window(pieces: Sequence[str], at: int) -> list[str]:
    """Return a word with those around it; beyond the text there are only ends of lines."""
    if at > 2 and at + 2 < len(pieces):
        return list(pieces[at - 3 : at + 3])
    last = len(pieces)
    return [pieces[at + offset] if 0 <= at + offset < last else "\n" for offset in OFFSETS]


def pairs(around: Sequence[Seen]) -> tuple[str, ...]:
    """Return the features of a word that are of more than one word."""
    _, earlier, before, own, after, _ = around
    return (
        f"B{before.group}|{own.group}",
        f"A{own.group}|{after.group}",
        f"E{earlier.word} {before.word}",
        f"D{before.word}|{after.word}",
        f"F{before.word}|{own.group}|{after.group}",
    )


class Learned:
    """The weights: for each feature what it says for a name and for a place."""

    def __init__(self, weights: dict[str, tuple[float, float]], bias: tuple[float, float]) -> None:
        self._weights = weights
        self._bias = bias
        self._share = lru_cache(maxsize=50_000)(self._summed)

    def _summed(self, piece: str, flat: bool) -> tuple[float, ...]:
        """Return what a word says at each distance: for a name and for a place in turn."""
        view, weights = seen(piece, flat), self._weights
        shares: list[float] = []
        for offset in OFFSETS:
            name = place = 0.0
            for feature in view.beside if offset else view.itself:
                one = weights.get(f"{offset}{feature}")
                if one is not None:
                    name += one[0]
                    place += one[1]
            shares += (name, place)
        return tuple(shares)

    def chances(self, reading: Reading, at: int) -> tuple[float, float]:
        """Return how likely a word is of a name, and of a place."""
        flat, weights, share_of = reading.is_flat_at(at), self._weights, self._share
        around = window(reading.pieces, at)
        a, b, c, d, e, f = [share_of(piece, flat) for piece in around]
        name, place = self._bias
        name = name + a[0] + b[2] + c[4] + d[6] + e[8] + f[10]
        place = place + a[1] + b[3] + c[5] + d[7] + e[9] + f[11]
        if name < _HOPELESS > place:
            return 0.0, 0.0
        for feature in pairs([seen(piece, flat) for piece in around]):
            one = weights.get(feature)
            if one is not None:
                name += one[0]
                place += one[1]
        top = max(0.0, name, place)
        neither, of_name, of_place = math.exp(-top), math.exp(name - top), math.exp(place - top)
        total = neither + of_name + of_place
        return of_name / total, of_place / total

    def agrees(self, reading: Reading, find: Find, least: float) -> bool:
        """Whether a name that a rule finds weakly is one by what is around it, too."""
        at, last = bisect_left(reading.starts, find.start), bisect_left(reading.starts, find.end)
        return any(sum(self.chances(reading, one)) >= least for one in range(at, max(last, at + 1)))

    def find(
        self, reading: Reading, lexicon: Lexicon, kept: Sequence[Find], least: float | None = None
    ) -> Iterator[Find]:
        """Yield the words that are likelier than ``least`` of a name or a place, and not ``kept``."""
        begins = [find.start for find in kept]
        for at in candidates(reading):
            piece, start = reading.pieces[at], reading.starts[at]
            number = bisect_right(begins, start)
            if number and kept[number - 1].end > start:
                continue
            name, place = self.chances(reading, at)
            if (
                name + place < (least or (LEAST_FLAT if reading.is_flat_at(at) else LEAST))
                or _SHORTENED.fullmatch(piece)
                or (piece.isupper() and _is_acronym(reading, at))
                or reading.text[start : start + len(piece)] in lexicon.state_codes
                or is_eponym(reading.words[at], reading.words, lexicon)
            ):
                continue
            end = start + len(piece.rstrip(".")) - 2 * piece.endswith(("'s", "’s"))
            kind = Kind.NAME if name >= place else Kind.PLACE
            yield Find(start, end, kind, round(name + place, 3), _REASON)


@cache
def load_learned(path: Path = MODEL) -> Learned:
    """Return the model as ``scripts/train_privacy_names.py`` trained it."""
    features, weights, bias = read_weights(path)
    both = zip(weights[::2], weights[1::2], strict=True)
    return Learned(dict(zip(features, both, strict=True)), (bias[0], bias[1]))
