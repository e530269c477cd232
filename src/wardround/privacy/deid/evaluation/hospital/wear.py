"""What a scanner and carelessness do to a document."""

import re
from random import Random

from wardround.privacy.deid.evaluation.document import Piece

_MISREAD = {"l": "1", "O": "0", "S": "5", "rn": "m", "m": "rn", "e": "c", "I": "l", "B": "8"}


def scanned(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Return pieces as read from a scan: lines broken anywhere, some letters misread."""
    width, column, read = rng.choice((46, 58, 66)), 0, []
    for piece in pieces:
        words = []
        for word in re.split(r"(\s+)", piece.text):
            if "\n" in word:
                column = 0
            elif word.isspace() and column > width:
                word, column = "\n", 0  # noqa: PLW2901
            else:
                column += len(word)
            words.append(word if word.isspace() else _misread(word, rng))
        read.append(Piece("".join(words), piece.kind))
    return read


def _misread(word: str, rng: Random) -> str:
    if len(word) > 3 and rng.random() < 0.03:
        for right, wrong in rng.sample(sorted(_MISREAD.items()), 4):
            if right in word[1:]:
                return word[0] + word[1:].replace(right, wrong, 1)
    return word


def careless(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Return pieces as typed in a hurry: blanks doubled or left out, lines not begun with capitals."""
    typed = []
    for piece in pieces:
        text = piece.text
        if not piece.kind:
            if rng.random() < 0.06:
                text = text.replace(". ", ".  ")
            if rng.random() < 0.05:
                text = text.replace(", ", ",")
            if rng.random() < 0.05:
                text = text.replace(". ", " ", 1)
            if rng.random() < 0.04:
                text = text.replace(" the ", " ").replace(" The ", " ")
        typed.append(Piece(text, piece.kind))
    return typed
