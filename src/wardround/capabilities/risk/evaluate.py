"""Every published vector beside what the scores answer: met to the printed digit, or missed."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from wardround.capabilities.risk.declared import digest
from wardround.capabilities.risk.published import Vector, read_published
from wardround.capabilities.risk.score import half_up
from wardround.capabilities.risk.scores import SCORES
from wardround.kernel import Noun


class Line(Noun):
    """How many vectors of one source one score met."""

    data: str = "vectors met to the printed digit"
    source: str
    score: str
    matched: int
    vectors: int


class Miss(Noun):
    """A vector that was not met; ``known`` says why theirs is held to be wrong."""

    data: str = "vectors missed, with the reason where theirs is held to be wrong"
    source: str
    case: str
    score: str
    theirs: float
    ours: float
    known: str | None = None


class Report(Noun):
    """What was compared; ``met`` unless a vector was missed for no known reason."""

    model: str
    digest: str
    measured: tuple[Line | Miss, ...]
    met: bool


def evaluate(data: Path) -> Report:
    """Compare with the vectors below ``data`` and those of papers; raise ``InvalidInput``."""
    return compare([*read_published(data), *printed()])


def compare(vectors: list[Vector]) -> Report:
    """Compare with the vectors."""
    met: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    misses = []
    for vector in vectors:
        place = (vector.source, vector.score)
        asked[place] += 1
        found = half_up(SCORES[vector.score].calculate(vector.values).exact, vector.decimals)
        if abs(found - vector.expected) < 0.5 * 10**-vector.decimals:
            met[place] += 1
            continue
        misses.append(
            Miss(
                source=vector.source,
                case=vector.case,
                score=vector.score,
                theirs=vector.expected,
                ours=found,
                known=vector.known,
            )
        )
    lines = tuple(
        Line(source=source, score=score, matched=met[source, score], vectors=count)
        for (source, score), count in sorted(asked.items())
    )
    return Report(
        model="wardround-scores",
        digest=digest(),
        measured=(*lines, *misses),
        met=all(miss.known for miss in misses),
    )


def printed() -> Iterator[Vector]:
    """Return the worked examples that papers print, from ``vectors.toml``."""
    table = tomllib.loads(files(__package__).joinpath("vectors.toml").read_text("utf-8"))
    for row in table["vector"]:
        yield Vector(
            row["source"], row["case"], row["score"], row["values"], row["expected"],
            row.get("decimals", 0), row.get("known"),
        )  # fmt: skip
