"""Selection: which sentences of a visit its note needs, and for which section."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.engines.text import LABELS, Said


def surroundings(exchanges: Sequence[Exchange]) -> Iterator[Said]:
    """Yield each exchange with what stood around it, as the text engine takes it."""
    count = max(1, len(exchanges) - 1)
    question: tuple[str, ...] = ()
    for index, here in enumerate(exchanges):
        statement = here.statement
        if here.question:
            question = here.question.words
        elif index and exchanges[index - 1].statement.turn != statement.turn:
            question = ()
        yield Said(
            speaker=statement.speaker,
            words=statement.words,
            question=question,
            before=exchanges[index - 1].statement.words if index else (),
            after=exchanges[index + 1].statement.words if index + 1 < len(exchanges) else (),
            position=index / count,
        )


THRESHOLDS = {"cc": 1.1, "hpi": 0.25, "ros": 1.1, "exam": 0.3, "results": 0.3, "plan": 0.3}
"""The least probability with which a sentence is taken into a section."""


def select(
    exchanges: Sequence[Exchange], scores: NDArray[np.float64]
) -> dict[str, list[Exchange]]:
    """Return for each section the exchanges that it needs, in the order of the visit."""
    picked: dict[str, list[Exchange]] = {label: [] for label in LABELS}
    for exchange, row in zip(exchanges, scores, strict=True):
        label = LABELS[int(row.argmax())]
        if row.max() >= THRESHOLDS[label]:
            picked[label].append(exchange)
    return picked
