"""The unusual fifth: capitals, lower case, recognised speech, typos, scans, bars and tabs, copied mail."""

import re
from collections.abc import Callable, Sequence

from wardround.privacy.deid.evaluation.clinic.pools import blocks
from wardround.privacy.deid.evaluation.clinic.scene import Scene
from wardround.privacy.deid.evaluation.clinic.slots import fill
from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.wear import capitals, slips

Shape = Callable[[Sequence[Piece], Scene], list[Piece]]

_STOPS = re.compile(r"[.,;:!?]+(?=\s|$)")
_WORD = re.compile(r"[a-z]{5,}")
WIDTH = 68


def lower(pieces: Sequence[Piece], _of: Scene) -> list[Piece]:
    """Return a note by someone who never holds shift."""
    return [Piece(text.lower(), kind) for text, kind in pieces]


def speech(pieces: Sequence[Piece], _of: Scene) -> list[Piece]:
    """Return what recognition writes: no case, no stops, no lines."""
    return [Piece(re.sub(r"\s+", " ", _STOPS.sub("", text.lower())), kind) for text, kind in pieces]


def typos(pieces: Sequence[Piece], of: Scene) -> list[Piece]:
    """Return a note typed in a hurry; identifiers that are words are mistyped too, now and then."""
    rng = of.rng

    def slip(found: re.Match[str]) -> str:
        return (
            rng.choice(slips(found[0], rng.randrange(1, len(found[0]) - 1)))
            if rng.random() < 0.09
            else found[0]
        )

    return [
        Piece(_WORD.sub(slip, text), kind) if kind in {"", "name", "place"} else Piece(text, kind)
        for text, kind in pieces
    ]


def scanned(pieces: Sequence[Piece], of: Scene) -> list[Piece]:
    """Return a note as read from paper: lines end where the page does, and letters are taken for others."""
    rng, column = of.rng, 0
    made = []
    for text, kind in pieces:
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
        made.append(Piece("".join(signs), kind))
    return made


def columns(pieces: Sequence[Piece], of: Scene) -> list[Piece]:
    """Return a note as it leaves an interface: one line, its fields parted by bars or tabs."""
    mark = of.rng.choice(["|", " | ", "\t", "^", "|~"])
    return [
        Piece(re.sub(r"\n+", mark, text) if not kind else text.replace("\n", " "), kind)
        for text, kind in pieces
    ]


def mail(pieces: Sequence[Piece], of: Scene) -> list[Piece]:
    """Return a note that was pasted into a message."""
    head = fill(of.rng.choice(blocks("mails.txt", of.part)), of)
    quoted = of.rng.choice(["\n", "\n> ", "\n> ", "\n>> "])
    rest = [Piece(text.replace("\n", quoted), kind) for text, kind in pieces]
    return [*head, Piece("\n" + quoted), *rest]


SHAPES: dict[str, Shape] = {
    "capitals": lambda pieces, _of: capitals(pieces),
    "lower case": lower,
    "speech": speech,
    "typos": typos,
    "scan": scanned,
    "columns": columns,
    "mail": mail,
}
