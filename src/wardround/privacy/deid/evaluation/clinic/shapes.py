"""The unusual fifth: capitals, lower case, recognised speech, typos, scans, bars and tabs, copied mail."""

import random
import re
from collections.abc import Callable, Sequence

from wardround.privacy.deid.evaluation.clinic.pools import blocks
from wardround.privacy.deid.evaluation.clinic.scene import Scene
from wardround.privacy.deid.evaluation.clinic.segment import Segment
from wardround.privacy.deid.evaluation.clinic.slots import fill

Shape = Callable[[Sequence[Segment], Scene], list[Segment]]

_STOPS = re.compile(r"[.,;:!?]+(?=\s|$)")
_WORD = re.compile(r"[a-z]{5,}")
WIDTH = 68


def capitals(segments: Sequence[Segment], _of: Scene) -> list[Segment]:
    """Return a note typed with the lock down."""
    return [Segment(text.upper(), kind) for text, kind in segments]


def lower(segments: Sequence[Segment], _of: Scene) -> list[Segment]:
    """Return a note by someone who never holds shift."""
    return [Segment(text.lower(), kind) for text, kind in segments]


def speech(segments: Sequence[Segment], _of: Scene) -> list[Segment]:
    """Return what recognition writes: no case, no stops, no lines."""
    return [
        Segment(re.sub(r"\s+", " ", _STOPS.sub("", text.lower())), kind) for text, kind in segments
    ]


def typos(segments: Sequence[Segment], of: Scene) -> list[Segment]:
    """Return a note typed in a hurry; identifiers that are words are mistyped too, now and then."""
    rng = of.rng

    def slip(found: re.Match[str]) -> str:
        return _slipped(found[0], rng) if rng.random() < 0.09 else found[0]

    return [
        Segment(_WORD.sub(slip, text), kind)
        if kind in {"", "name", "place"}
        else Segment(text, kind)
        for text, kind in segments
    ]


def scanned(segments: Sequence[Segment], of: Scene) -> list[Segment]:
    """Return a note as read from paper: lines end where the page does, and letters are taken for others."""
    rng, column = of.rng, 0
    made = []
    for text, kind in segments:
        signs = []
        for sign in text:
            column = 0 if sign == "\n" else column + 1
            if sign == " " and column > WIDTH:
                signs.append("\n")
                column = 0
            elif not kind and rng.random() < 0.012:
                signs.append(
                    {"l": "1", "O": "0", "i": "l", "m": "rn", "S": "5", ",": "."}.get(sign, sign)
                )
            else:
                signs.append(sign)
        made.append(Segment("".join(signs), kind))
    return made


def columns(segments: Sequence[Segment], of: Scene) -> list[Segment]:
    """Return a note as it leaves an interface: one line, its fields parted by bars or tabs."""
    mark = of.rng.choice(["|", " | ", "\t", "^", "|~"])
    return [
        Segment(re.sub(r"\n+", mark, text) if not kind else text.replace("\n", " "), kind)
        for text, kind in segments
    ]


def mail(segments: Sequence[Segment], of: Scene) -> list[Segment]:
    """Return a note that was pasted into a message."""
    head = fill(of.rng.choice(blocks("mails.txt", of.part)), of)
    quoted = of.rng.choice(["\n", "\n> ", "\n> ", "\n>> "])
    rest = [Segment(text.replace("\n", quoted), kind) for text, kind in segments]
    return [*head, Segment("\n" + quoted), *rest]


def _slipped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rng.choice([swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]])


SHAPES: dict[str, Shape] = {
    "capitals": capitals,
    "lower case": lower,
    "speech": speech,
    "typos": typos,
    "scan": scanned,
    "columns": columns,
    "mail": mail,
}
