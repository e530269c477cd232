"""JSON laid out for reading, with every number and string exactly as it stands in the bytes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}\[\],:]')
_REFERENCE = re.compile(r'"([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})"')


class Piece(NamedTuple):
    """A token with its kind (``name``, ``string``, ``number``, ``word``, ``mark``) or a space.

    ``link`` is the FHIR reference that a string holds, where it holds one.
    """

    kind: str
    text: str
    link: str | None = None


def lay_out(body: bytes) -> Iterator[Piece]:
    """Yield the pieces of a JSON document, indented by two spaces a level."""
    tokens = _TOKEN.findall(body.decode())
    depth = 0
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in "]}":
            depth -= 1
            if tokens[at - 1] not in "[{":
                yield Piece("space", "\n" + "  " * depth)
        yield _piece(token, following, tokens[at - 1] if at else "", tokens[at - 2] if at > 1 else "")
        if token in "[{":
            depth += 1
            if following not in "]}":
                yield Piece("space", "\n" + "  " * depth)
        elif token == ",":
            yield Piece("space", "\n" + "  " * depth)
        elif token == ":":
            yield Piece("space", " ")


def _piece(token: str, following: str, before: str, name: str) -> Piece:
    if token.startswith('"'):
        if following == ":":
            return Piece("name", token)
        found = _REFERENCE.fullmatch(token)
        refers = before == ":" and name in {'"reference"', '"url"'}
        return Piece("string", token, found[1] if found and refers else None)
    if token in {"true", "false", "null"}:
        return Piece("word", token)
    return Piece("mark" if token in "{}[],:" else "number", token)
