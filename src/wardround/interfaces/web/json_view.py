"""JSON laid out for reading, with every number and string exactly as it stands in the bytes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}\[\],:]')
_REFERENCE = re.compile(r'"([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})"')


class Piece(NamedTuple):
    """A word with its kind (``name``, ``string``, ``number``, ``word``, ``mark``) or a space.

    ``link`` is the FHIR reference that a string holds, where it holds one.
    """

    kind: str
    text: str
    link: str | None = None


def lay_out(body: bytes) -> Iterator[Piece]:
    """Yield the pieces of a JSON document, indented by two spaces a level."""
    words = _TOKEN.findall(body.decode())
    depth = 0
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in "]}":
            depth -= 1
            if words[at - 1] not in "[{":
                yield Piece("space", "\n" + "  " * depth)
        yield _piece(word, following, words[at - 1] if at else "", words[at - 2] if at > 1 else "")
        if word in "[{":
            depth += 1
            if following not in "]}":
                yield Piece("space", "\n" + "  " * depth)
        elif word == ",":
            yield Piece("space", "\n" + "  " * depth)
        elif word == ":":
            yield Piece("space", " ")


def _piece(word: str, following: str, before: str, name: str) -> Piece:
    if word.startswith('"'):
        if following == ":":
            return Piece("name", word)
        found = _REFERENCE.fullmatch(word)
        refers = before == ":" and name in {'"reference"', '"url"'}
        return Piece("string", word, found[1] if found and refers else None)
    if word in {"true", "false", "null"}:
        return Piece("word", word)
    return Piece("mark" if word in "{}[],:" else "number", word)
