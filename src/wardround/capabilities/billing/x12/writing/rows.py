"""Segments as rows of elements, made into text once each was looked at."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from wardround.capabilities.billing.x12.syntax import Delimiters
from wardround.kernel import InvalidInput

Row = tuple[str, ...]
"""A segment to write: its name, then its elements; a composite was put together by ``parts``."""

Rows = Iterator[Row]

MARKS = Delimiters()
"""The delimiters we write."""

# X12.6's basic and extended sets without the delimiters; JOINT stands between components until the
# row is text, so that a colon which somebody typed is found.
JOINT = "\x1f"
_SAFE = re.compile(r"""[A-Za-z0-9!"&'()+,\-./;?=%@\[\]_{}\\|<>#$ \x1f]*""")
_LIMITS: dict[str, dict[str, int]] = tomllib.loads(
    files(__package__).joinpath("limits.toml").read_text(encoding="utf-8")
)
_BY_PLACE = {
    name: tuple((int(place), limit) for place, limit in limits.items())
    for name, limits in _LIMITS.items()
}


def parts(*components: str) -> str:
    """Return a composite element; empty components at its end are left out."""
    return JOINT.join(components).rstrip(JOINT)


def text(row: Row, about: str = "") -> str:
    """Return a row as a segment without its terminator; ``about`` names the claim in an error.

    Raise ``InvalidInput`` where an element holds a delimiter, another character than X12 has,
    blanks at an end, or is too long: a number must not change on its way, nor a name lose its end.
    """
    whole = "*".join(row)
    if whole.count("*") >= len(row) or not _SAFE.fullmatch(whole.replace("*", "")):
        at = next(at for at, one in enumerate(row) if not _SAFE.fullmatch(one))
        raise _unwritable(row, at, about, "It holds a character that X12 parts or lacks")
    if " *" in whole or "* " in whole or whole.endswith(" "):
        at = next(at for at, one in enumerate(row) if one != one.strip(" "))
        raise _unwritable(row, at, about, "It begins or ends with a blank")
    for at, limit in _BY_PLACE.get(row[0], ()):
        if at < len(row) and len(row[at]) > limit:
            raise _unwritable(row, at, about, f"It has more than {limit} characters")
    return whole.rstrip("*").replace(JOINT, MARKS.component)


def _unwritable(row: Row, at: int, about: str, what: str) -> InvalidInput:
    place = f"{row[0]}{at:02d}"
    return InvalidInput(
        f"{what}, and so cannot be written.",
        where=f"{about}, {place}" if about else place,
        mend="Write it with letters, digits and plain punctuation, no longer than its field.",
    )
