"""Text as a recogniser of speech hands it over."""

import re
from random import Random

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.spoken import SIGNS, number

_NUMBERED = {
    "phone", "fax", "ssn", "mrn", "health-plan", "account", "licence", "vehicle", "device", "other",
    "biometric",
}  # fmt: skip
_ADDRESSED = {"email", "url", "ip", "photo"}
_FILLERS = ("uh", "um", "you know", "uh", "let's see", "er", "so", "um i mean", "scratch that")
_TITLES = {"dr.": "doctor", "mr.": "mister", "mrs.": "missus", "st.": "saint", "ave.": "avenue"}


def _digits(text: str, rng: Random) -> str:
    """Spell a number out, in words or in figures that stand apart."""
    inside = re.findall(r"\d|[A-Za-z]+", text)
    if rng.random() < 0.55:
        zero = rng.choice(("zero", "oh"))
        told = [(number(int(c)) if c != "0" else zero) if c.isdigit() else c for c in inside]
        return " ".join(told).lower()
    bare = re.sub(r"[^\w]+", "-", text).strip("-").lower()
    return bare.replace("-", rng.choice((" ", " ", "", " dash ")))


def _addressed(text: str) -> str:
    return re.sub(r"[@./_:-]+", lambda m: f" {SIGNS[m[0][0]]} ", text).lower().strip()


def _plain(text: str, commands: bool, rng: Random) -> str:
    """Return words without case and marks; some speakers say their marks."""
    marks = (
        {".": " period", ",": " comma", ":": " colon", "?": " question mark"} if commands else {}
    )
    text = re.sub(r"([.,:?])(?=\s|$)", lambda m: marks.get(m[1], ""), text)
    text = re.sub(r"[;!()\"]|(?<!\w)-|-(?!\w)", "", text.lower())
    words = text.split(" ")
    for at in range(1, len(words)):
        if words[at] and rng.random() < 0.025:
            words[at] = f"{rng.choice(_FILLERS)} {words[at]}"
    return " ".join(words)


def _name(text: str, rng: Random) -> str:
    words = text.lower().replace(",", "").replace("&", "and").split(" ")
    swapped = [_TITLES.get(word, word) if rng.random() < 0.7 else word for word in words]
    return " ".join(word.replace(".", "") for word in swapped)


def recognised(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Return pieces as recognised speech: no case, few marks, numbers said in words or figures."""
    commands = rng.random() < 0.5
    heard = []
    for piece in pieces:
        if piece.kind in _NUMBERED:
            heard.append(Piece(_digits(piece.text, rng), piece.kind))
        elif piece.kind in _ADDRESSED:
            heard.append(Piece(_addressed(piece.text), piece.kind))
        elif piece.kind in {"name", "place"}:
            heard.append(Piece(_name(piece.text, rng), piece.kind))
        elif piece.kind:
            heard.append(piece)
        else:
            heard.append(Piece(_plain(piece.text, commands, rng)))
    return heard
