"""Selection: which sentences of a visit its note needs, and for which section."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.symptoms import find
from wardround.engines.text import LABELS, Said

_RULES = Rules("selection")


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


THRESHOLDS = {"cc": 1.1, "hpi": 0.12, "ros": 1.1, "exam": 0.12, "results": 0.1, "plan": 0.18}
"""The least probability with which a sentence is taken into a section."""


EARLY_PLAN = 0.45
"""The same for the plan in the first half of a visit, where little is planned."""

SYMPTOM = 0.01
"""The same for the answer to a question that names symptoms."""

SHORT = 20
"""Exchanges below which a visit is too short to have an early part."""

LONGEST_HISTORY = 26
"""The most exchanges that a history is told from; beyond, the likeliest are kept."""

_TEST = _RULES.pattern("test")
_TOLD = _RULES.pattern("told")
_PLANNED = _RULES.pattern("planned")


def tells_result(exchange: Exchange) -> bool:
    """Return whether the doctor tells what a test showed."""
    text = " ".join(exchange.statement.words)
    return (
        exchange.statement.speaker != "patient"
        and exchange.question is None
        and bool(_TEST.search(text) and _TOLD.search(text))
        and not _PLANNED.search(text)
    )


def asks_of_symptoms(exchange: Exchange) -> bool:
    """Return whether yes or no answers a question that names symptoms."""
    if exchange.polarity is None or exchange.statement.speaker == "doctor":
        return False
    return any(find(question.words) for question in exchange.asked)


def select(exchanges: Sequence[Exchange], scores: NDArray[np.float64]) -> dict[str, list[Exchange]]:
    """Return for each section the exchanges that it needs, in the order of the visit."""
    picked: dict[str, list[Exchange]] = {label: [] for label in LABELS}
    for index, (exchange, row) in enumerate(zip(exchanges, scores, strict=True)):
        label = LABELS[int(row.argmax())]
        if label in {"exam", "plan", "hpi"} and tells_result(exchange):
            label = "results"
        early = label == "plan" and index * 2 < len(exchanges) and len(exchanges) >= SHORT
        if row.max() >= (EARLY_PLAN if early else THRESHOLDS[label]):
            picked[label].append(exchange)
        elif asks_of_symptoms(exchange) and row[1] >= SYMPTOM:
            picked["hpi"].append(exchange)
    strength = {
        id(exchange): float(row[1]) for exchange, row in zip(exchanges, scores, strict=True)
    }
    strongest = sorted(picked["hpi"], key=lambda item: -strength[id(item)])[:LONGEST_HISTORY]
    kept = {id(exchange) for exchange in strongest}
    picked["hpi"] = [exchange for exchange in picked["hpi"] if id(exchange) in kept]
    return picked
