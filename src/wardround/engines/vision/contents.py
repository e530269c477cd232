"""What is in an ONNX file, seen before anything runs it: operators, versions, files beside it.

An ONNX file is a protocol buffer (onnx/onnx.proto). The numbers of the fields read here are those
of its messages; every other field is passed over, so weights are never copied.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wardround.kernel import InvalidInput

DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})
"""The operators that come with onnxruntime. No library with others is ever loaded."""

DEEPEST = 32
"""How deep graphs may lie within graphs."""

Piece = tuple[int, int, int, int]
"""A field: its number, its wire type, and where its content begins and ends."""


@dataclass
class Contents:
    """What was found."""

    opsets: dict[str, int] = field(default_factory=dict)
    """The version of each set of operators."""
    operators: set[tuple[str, str]] = field(default_factory=set)
    """Domain and name."""
    functions: set[tuple[str, str]] = field(default_factory=set)
    """Operators that the file itself defines."""
    outside: set[str] = field(default_factory=set)
    """Files beside it that hold weights."""


def contents_of(data: bytes, where: str) -> Contents:
    """Return what is in an ONNX file; raise ``InvalidInput`` for what is none."""
    found = Contents()
    view = memoryview(data)
    graphs = 0
    try:
        for number, wire, start, stop in _fields(view, 0, len(data)):
            if number == 8 and wire == 2:  # opset_import
                domain, version = _opset(view, start, stop)
                found.opsets[domain] = version
            elif number == 7 and wire == 2:  # graph
                graphs += 1
                _graph(view, start, stop, found, 0)
            elif number == 25 and wire == 2:  # functions
                _function(view, start, stop, found)
    except (IndexError, ValueError, RecursionError):
        graphs = 0
    if graphs != 1 or not found.opsets:
        raise InvalidInput(
            "This is no ONNX file, or a damaged one.", where=where, mend="Export the model again."
        )
    return found


def refuse(found: Contents, declared: frozenset[str], where: str) -> None:
    """Raise ``InvalidInput`` for operators and files that are never loaded."""
    strange = sorted(
        name if not domain else f"{domain}::{name}"
        for domain, name in found.operators - found.functions
        if domain not in DOMAINS
    )
    if strange:
        raise InvalidInput(
            f"The model uses an operator that does not come with onnxruntime: {strange[0]}.",
            where=where,
            mend="Export it with operators of ONNX alone; libraries of operators are not loaded.",
        )
    for name in sorted(found.outside):
        if name not in declared:
            raise InvalidInput(
                "The model keeps weights in a file that the manifest does not list.",
                where=f"{where}: {_shown(name)}",
                mend="List it under files with the role weights, by its plain name in the folder.",
            )


def _shown(name: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in name[:120])


def _graph(view: memoryview, start: int, stop: int, found: Contents, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("too deep")
    for number, wire, first, last in _fields(view, start, stop):
        if wire != 2:
            continue
        if number == 1:  # node
            _node(view, first, last, found, depth)
        elif number == 5:  # initializer
            _tensor(view, first, last, found)
        elif number == 15:  # sparse_initializer
            _sparse(view, first, last, found)


def _function(view: memoryview, start: int, stop: int, found: Contents) -> None:
    domain = name = ""
    for number, wire, first, last in _fields(view, start, stop):
        if wire != 2:
            continue
        if number == 1:
            name = _text(view, first, last)
        elif number == 10:
            domain = _text(view, first, last)
        elif number == 7:  # node
            _node(view, first, last, found, 0)
    found.functions.add((domain, name))


def _node(view: memoryview, start: int, stop: int, found: Contents, depth: int) -> None:
    name = domain = ""
    for number, wire, first, last in _fields(view, start, stop):
        if wire != 2:
            continue
        if number == 4:
            name = _text(view, first, last)
        elif number == 7:
            domain = _text(view, first, last)
        elif number == 5:  # attribute
            _attribute(view, first, last, found, depth)
    found.operators.add((domain, name))


def _attribute(view: memoryview, start: int, stop: int, found: Contents, depth: int) -> None:
    for number, wire, first, last in _fields(view, start, stop):
        if wire != 2:
            continue
        if number in {5, 10}:  # t, tensors
            _tensor(view, first, last, found)
        elif number in {6, 11}:  # g, graphs
            _graph(view, first, last, found, depth + 1)
        elif number in {22, 23}:  # sparse_tensor, sparse_tensors
            _sparse(view, first, last, found)


def _sparse(view: memoryview, start: int, stop: int, found: Contents) -> None:
    for number, wire, first, last in _fields(view, start, stop):
        if wire == 2 and number in {1, 2}:  # values, indices
            _tensor(view, first, last, found)


def _tensor(view: memoryview, start: int, stop: int, found: Contents) -> None:
    for number, wire, first, last in _fields(view, start, stop):
        if number == 13 and wire == 2:  # external_data
            entry = {at: (a, b) for at, kind, a, b in _fields(view, first, last) if kind == 2}
            if 1 in entry and _text(view, *entry[1]) == "location":
                found.outside.add(_text(view, *entry[2]) if 2 in entry else "")


def _opset(view: memoryview, start: int, stop: int) -> tuple[str, int]:
    domain, version = "", 0
    for number, wire, first, last in _fields(view, start, stop):
        if number == 1 and wire == 2:
            domain = _text(view, first, last)
        elif number == 2 and wire == 0:
            version = _varint(view, first)[0]
    return domain, version


def _text(view: memoryview, start: int, stop: int) -> str:
    return bytes(view[start:stop]).decode("utf-8")


def _fields(view: memoryview, start: int, stop: int) -> Iterator[Piece]:
    """Yield the fields of a message; raise ``ValueError`` where it is none."""
    at = start
    while at < stop:
        key, at = _varint(view, at)
        number, wire = key >> 3, key & 7
        first = at
        if wire == 0:
            _, at = _varint(view, at)
        elif wire == 1:
            at += 8
        elif wire == 2:
            length, first = _varint(view, at)
            at = first + length
        elif wire == 5:
            at += 4
        else:
            raise ValueError("no field")
        if number == 0 or at > stop:
            raise ValueError("no field")
        yield number, wire, first, at


def _varint(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = view[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("no number")
