"""The suite scored: by kind of sentence and by label, each part for itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from wardround.engines.assertion.assess import assess
from wardround.engines.assertion.suite import PARTS, Case, labels_of, read_suite
from wardround.kernel import Noun

TARGET = 0.95
"""The F1 that each part should reach, on average over the kinds of sentences."""


class Line(Noun):
    """How well one kind of sentence, or one label, is read; shares from 0 to 1.

    ``exact`` is the share of mentions whose labels are all right; it has no meaning for a label.
    """

    data: str
    of: str
    mentions: int
    exact: float | None
    precision: float
    recall: float
    f1: float


class Report(Noun):
    """What was measured; ``met`` if every part reaches ``TARGET`` on average over its kinds."""

    model: str
    digest: str
    measured: tuple[Line, ...]
    met: bool


class _Count:
    """Labels that were found rightly, wrongly, and not."""

    def __init__(self) -> None:
        self.mentions = self.exact = self.right = self.wrong = self.missed = 0

    def add(self, found: frozenset[str], held: frozenset[str]) -> None:
        self.mentions += 1
        self.exact += found == held
        self.right += len(found & held)
        self.wrong += len(found - held)
        self.missed += len(held - found)

    def line(self, data: str, of: str, *, label: bool = False) -> Line:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        return Line(
            data=data,
            of=of,
            mentions=self.mentions,
            exact=None if label else round(self.exact / self.mentions, 3),
            precision=round(precision, 3),
            recall=round(recall, 3),
            f1=round(2 * self.right / max(2 * self.right + self.wrong + self.missed, 1), 3),
        )


def evaluate(data: Path | None = None) -> Report:  # noqa: ARG001 - the suite is the room's own
    """Score the room's own suite; no folder of published data is read."""
    lines: list[Line] = []
    met = True
    for part in PARTS:
        kinds = list(by_kind(part, read_suite(part)))
        mean = sum(line.f1 for line in kinds) / len(kinds)
        met = met and mean >= TARGET
        lines += [*kinds, *by_label(part, read_suite(part))]
    return Report(model="wardround-assertion", digest=_digest(), measured=tuple(lines), met=met)


def by_kind(part: str, cases: Iterable[Case]) -> Iterator[Line]:
    """Yield a line for each kind of sentence, in the suite's order."""
    kinds: dict[str, _Count] = {}
    for case, found, held in _answers(cases):
        kinds.setdefault(case.kind, _Count()).add(found, held)
    for kind, count in kinds.items():
        yield count.line(f"{part}, by kind of sentence", kind)


def by_label(part: str, cases: Iterable[Case]) -> Iterator[Line]:
    """Yield a line for each label, the most frequent first."""
    labels: dict[str, _Count] = {}
    often: Counter[str] = Counter()
    for _, found, held in _answers(cases):
        for label in found | held:
            labels.setdefault(label, _Count()).add(found & {label}, held & {label})
        often.update(held)
    for label, _ in often.most_common():
        yield labels[label].line(f"{part}, by label", label, label=True)


def _answers(cases: Iterable[Case]) -> Iterator[tuple[Case, frozenset[str], frozenset[str]]]:
    for case in cases:
        for found, held in zip(assess(case.text, case.spans), case.labels, strict=True):
            yield case, labels_of(found), held


def _digest() -> str:
    found = sha256()
    for file in sorted(files(__package__).joinpath("rules").iterdir(), key=lambda file: file.name):
        found.update(file.read_bytes())
    return found.hexdigest()
