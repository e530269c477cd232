"""Documents with PHI marked in place.

``{{name|Dr. Osei}} called about the scan.`` marks a name. A file holds many, each behind a line that says what it is: ``=== ed-triage``.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wardround.privacy.deid.evaluation.document import Document, Piece, document
from wardround.privacy.deid.evaluation.halves import Halves, Part, known
from wardround.privacy.deid.kind import Kind

_HERE = Path(__file__).parent
_HALVES = Halves(_HERE, salt="handwritten ")
_HEAD = re.compile(r"(?m)^=== [a-z0-9-]+\n")
_MARK = re.compile(r"\{\{([a-z-]+)\|(.*?)\}\}", re.DOTALL)


def documents(part: Part, number: int | None = None) -> list[Document]:
    """Return the documents of ``dev`` or of ``test``: each is in one of them, by its hash.

    ``number`` of them, taken from all through, or all. What counts as a document's form is its folder.
    """
    known(part)
    chosen = [one for one in _all() if _HALVES.part_of(one[2]) == part]
    most = min(number or len(chosen), len(chosen))
    taken = (chosen[at * len(chosen) // most] for at in range(most))
    return [document(name, form, _pieces(written)) for name, form, written in taken]


@cache
def _all() -> tuple[tuple[str, str, str], ...]:
    """Return the name, the folder and the text of each."""
    return tuple(
        (f"{path.parent.name}-{path.stem}-{number}", path.parent.name, written.strip())
        for path in sorted(_HERE.glob("*/*.txt"))
        for number, written in enumerate(_HEAD.split(path.read_text("utf-8"))[1:], start=1)
    )


def _pieces(written: str) -> Iterator[Piece]:
    parts = _MARK.split(written)
    yield Piece(parts[0])
    for kind, text, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        yield Piece(text, Kind(kind))
        yield Piece(after)
