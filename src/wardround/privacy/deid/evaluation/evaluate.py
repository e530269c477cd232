"""The benchmark: planted visit notes of two kinds of seed, and published queries.

The detector was tuned on the seeds called ``dev`` and on every other query of ASQ-PHI; what counts
is the other half of each. Tokens are runs of letters and figures, whatever their kind; an
identifier counts as found when all its tokens are. A title before a name (``Dr.``) belongs to it, as
ASQ-PHI has it.
"""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from pydantic import Field

from wardround.kernel import InvalidInput, Noun, Unavailable
from wardround.privacy.deid.evaluation.document import Document
from wardround.privacy.deid.evaluation.planting import Planter
from wardround.privacy.deid.evaluation.score import Marked, Score
from wardround.privacy.deid.span import Span
from wardround.privacy.deid.text.detector import load_detector
from wardround.privacy.deid.text.lexicon import HERE

NOTES = 207
"""Notes of one seed."""
LENGTH = 2_500
"""Characters of the note that speed is counted in."""
SEEDS = {"dev": 2, "test": 4711}
TARGETS = {"recall": 0.995, "precision": 0.97, "entities": 0.99, "clean": 0.90}
"""What is wanted on planted notes."""
ASQ_TARGETS = {"recall": 0.97, "precision": 0.95}
_NAMED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss)\b\.?|\d{1,2}/\d|\b(?:19|20)\d\d\b|[A-Z][a-z]+ (?:is a|was)|\d{4,}"
)


class Measured(Noun):
    """The detector on one set of texts; shares of one."""

    data: str
    texts: int
    recall: float
    precision: float
    entities: float
    clean: float
    per_second: float
    """Notes of 2,500 characters in a second of one core."""
    kinds: dict[str, float] = Field(default_factory=dict)
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class Report(Noun):
    """What was measured, and whether every target was met where nothing was tuned."""

    model: str
    digest: str
    measured: tuple[Measured, ...]
    met: bool


def evaluate(data: Path) -> Report:
    """Measure below the folder of published sets; raise ``InvalidInput``, ``Unavailable``."""
    find = load_detector().find
    find("")
    fillers = _fillers(data / "aci-bench", find)
    measured = []
    for name, seed in SEEDS.items():
        notes = _planted(fillers, seed)
        everything = [(note.text, _marks(note)) for note in notes]
        measured.append(_measure(f"planted notes, {name}", everything, find))
        for form in dict.fromkeys(note.form for note in notes):
            some = [(note.text, _marks(note)) for note in notes if note.form == form]
            measured.append(_measure(f"planted notes, {name}: {form}", some, find))
    queries = _queries(data / "asq-phi" / "asq_phi_dev.jsonl")
    for name, part in (("dev", queries[::2]), ("test", queries[1::2])):
        measured.append(_measure(f"ASQ-PHI, {name}", part, find))
        clean = [query for query in part if not query[1]]
        measured.append(_measure(f"ASQ-PHI, {name}: queries without PHI", clean, find))
    by = {one.data: one for one in measured}
    met = _meets(by["planted notes, test"], TARGETS) and _meets(by["ASQ-PHI, test"], ASQ_TARGETS)
    return Report(model="wardround-deid", digest=_digest(), measured=tuple(measured), met=met)


def _measure(
    name: str,
    texts: Sequence[tuple[str, list[Marked]]],
    find: Callable[[str], Sequence[Span]],
) -> Measured:
    score = Score()
    start = process_time()
    found = [find(text) for text, _ in texts]
    seconds = process_time() - start
    for (text, marks), spans in zip(texts, found, strict=True):
        score.add(text, marks, [(span.start, span.end, str(span.kind)) for span in spans])
    size = sum(len(text) for text, _ in texts) / LENGTH
    return Measured(
        data=name,
        texts=len(texts),
        recall=round(score.recall, 4),
        precision=round(score.precision, 4),
        entities=round(score.entity_recall, 4),
        clean=round(score.clean / (score.documents or 1), 3),
        per_second=round(size / (seconds or 1)),
        kinds={k: round(score.whole[k] / n, 4) for k, n in sorted(score.entities.items())},
        missed=tuple(around for _, around in score.misses[:40]),
        wrong=tuple(around for _, around in score.extras[:40]),
    )


def _meets(one: Measured, targets: dict[str, float]) -> bool:
    return all(getattr(one, name) >= wanted for name, wanted in targets.items())


def _planted(fillers: Sequence[str], seed: int) -> list[Document]:
    try:
        return Planter(fillers, seed).notes(NOTES)
    except ModuleNotFoundError:
        raise Unavailable(
            "Planted notes need the package faker.", mend="Run: pip install 'wardround[evaluate]'."
        ) from None


def _marks(note: Document) -> list[Marked]:
    return [(start, end, str(kind)) for start, end, kind in note.spans]


def _fillers(folder: Path, find: Callable[[str], Sequence[Span]]) -> list[str]:
    """Return paragraphs of published notes that hold no name, date or number of anybody."""
    paragraphs = []
    for name in ("train", "valid"):
        try:
            with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
                notes = [row["note"] for row in csv.DictReader(file)]
        except (OSError, KeyError):
            raise InvalidInput(
                "There are no notes to plant in.",
                where=f"aci-bench/{name}.csv",
                mend="Fetch them: wardround data get aci-bench.",
            ) from None
        for note in notes:
            paragraphs += [
                line
                for line in note.split("\n")
                if 60 < len(line) < 420
                and not _NAMED.search(line)
                and not any(span.kind == "name" for span in find(line))
            ]
    return paragraphs


def _queries(path: Path) -> list[tuple[str, list[Marked]]]:
    try:
        lines = path.read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        return [(row["text"], [(s[0], s[1], s[2]) for s in row["spans"]]) for row in rows]
    except (OSError, ValueError, KeyError, IndexError):
        raise InvalidInput("ASQ-PHI is not there.", where=f"asq-phi/{path.name}") from None


def _digest() -> str:
    """Return the sha256 of all that the detector is made of: its code, its rules and its words."""
    digest = hashlib.sha256()
    for path in sorted(HERE.iterdir()):
        if path.suffix in {".py", ".toml", ".gz"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()
