"""The texts that the detector is measured on: five hands' documents, published queries, real prose.

Every set has two parts: the detector may be mended on ``dev``, of which examples of what was missed
are shown; of ``test`` nobody reads a miss.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardround.kernel import InvalidInput, Unavailable
from wardround.privacy.deid.evaluation.document import Document
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.span import Span

NUMBER = 300
"""Documents of one part."""
SEEDS: dict[Part, int] = {"dev": 2, "test": 80_641}
"""What the documents of every hand are made from; a seed whose misses were read is drawn anew."""
OURS, QUERIES = "planted notes", "ASQ-PHI"
OTHERS = ("hospital", "clinic", "voices", "handwritten")
"""Hands that never read the detector."""
_NAMED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss)\b\.?|\d{1,2}/\d|\b(?:19|20)\d\d\b|[A-Z][a-z]+ (?:is a|was)|\d{4,}"
)

Find = Callable[[str], Sequence[Span]]


@dataclass(frozen=True)
class Texts:
    """The documents of one part of a set."""

    name: str
    part: Part
    documents: Sequence[Document]


@dataclass(frozen=True)
class Prose:
    """Real texts in which next to nothing identifies anybody; ``known`` where their words were learnt."""

    name: str
    known: bool
    texts: Sequence[str]


def sets(data: Path, find: Find) -> Iterator[Texts]:
    """Yield every part of every set; raise ``InvalidInput``, ``Unavailable``."""
    fillers = _fillers(data / "aci-bench", find)
    try:
        for part in SEEDS:
            yield Texts(OURS, part, _planted(fillers, part))
        for name in OTHERS:
            for part in SEEDS:
                yield Texts(name, part, written(name, part, NUMBER))
    except ModuleNotFoundError:
        raise Unavailable(
            "Planted documents need the package faker.",
            mend="Run: pip install 'wardround[evaluate]'.",
        ) from None
    queries = _queries(data / "asq-phi" / "asq_phi_dev.jsonl")
    yield Texts(QUERIES, "dev", queries[::2])
    yield Texts(QUERIES, "test", queries[1::2])


def prose(data: Path) -> Iterator[Prose]:
    """Yield real prose; raise ``InvalidInput``."""
    aci, mts = data / "aci-bench", data / "mts-dialog"
    yield Prose("ACI-Bench notes, test1", False, _column(aci / "test1.csv", "note"))
    yield Prose("ACI-Bench notes, valid", True, _column(aci / "valid.csv", "note"))
    yield Prose("MTS-Dialog sections, valid", True, _column(mts / "valid.csv", "section_text"))
    reports = sorted((data / "codiesp" / "dev" / "text_files_en").glob("*.txt"))
    if not reports:
        raise InvalidInput(
            "There are no case reports.",
            where="codiesp/dev/text_files_en",
            mend="Fetch CodiEsp: Zenodo, record 3837305.",
        )
    yield Prose("CodiEsp case reports, dev", True, [path.read_text("utf-8") for path in reports])


def _planted(fillers: Sequence[str], part: Part) -> list[Document]:
    from wardround.privacy.deid.evaluation.planting import Planter

    return Planter(fillers, SEEDS[part]).notes(NUMBER)


def written(name: str, part: Part, number: int) -> list[Document]:
    """Return documents of one of the other hands."""
    from wardround.privacy.deid.evaluation import clinic, handwritten, hospital, voices

    hands: dict[str, Callable[[int, int, Part], list[Document]]] = {
        "hospital": hospital.documents,
        "clinic": clinic.documents,
        "voices": voices.documents,
        "handwritten": lambda _, most, half: handwritten.documents(half, most),
    }
    return hands[name](SEEDS[part], number, part)


def _fillers(folder: Path, find: Find) -> list[str]:
    """Return paragraphs of published notes that hold no name, date or number of anybody."""
    return [
        line
        for name in ("train", "valid")
        for note in _column(folder / f"{name}.csv", "note")
        for line in note.split("\n")
        if 60 < len(line) < 420
        and not _NAMED.search(line)
        and not any(span.kind == "name" for span in find(line))
    ]


def _column(path: Path, column: str) -> list[str]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return [row[column] for row in csv.DictReader(file)]
    except (OSError, KeyError):
        folder = path.parent.name
        raise InvalidInput(
            "There are no notes to read.",
            where=f"{folder}/{path.name}",
            mend=f"Fetch them: wardround data get {folder}.",
        ) from None


def _queries(path: Path) -> list[Document]:
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return [
            Document(
                row["id"],
                "with PHI" if row["spans"] else "without PHI",
                row["text"],
                tuple((start, end, kind) for start, end, kind, *_ in row["spans"]),
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError):
        raise InvalidInput("ASQ-PHI is not there.", where=f"asq-phi/{path.name}") from None
