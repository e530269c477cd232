"""How the review page shows codes: the note in lines, and each code with where its words stand."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wardround.capabilities.coding.adjusting import risk
from wardround.capabilities.coding.asking import Question
from wardround.capabilities.coding.deciding import REASONS
from wardround.capabilities.coding.grouping import grouping
from wardround.capabilities.coding.level import Choice, VisitLevel, choices
from wardround.capabilities.coding.model import Code, Coded, Hint, Query, State
from wardround.capabilities.coding.reading import spans_of
from wardround.kernel import Context, Draft

_HEADING = re.compile(r"[A-Z][A-Z /&,-]{2,60}:?")


class Line(NamedTuple):
    """One line of the note: characters ``start`` to ``end``; ``heading`` opens a section."""

    number: int
    start: int
    end: int
    text: str
    heading: bool


class Row(NamedTuple):
    """One code as a line of the page; ``place`` is where it stands in the draft."""

    place: int
    rank: int
    code: Code
    lines: tuple[int, ...]
    """The numbers of the lines its words stand in."""
    sure: str
    """The score in words and percent; empty where a person added it."""
    last: bool
    hints: tuple[Hint, ...]


class Leveled(NamedTuple):
    """The level of the visit, the lines of its words, and the codes it can be chosen from."""

    level: VisitLevel
    lines: tuple[int, ...]
    choices: list[Choice]


class Asked(NamedTuple):
    """One question to the clinician; ``place`` is where it stands in the draft."""

    place: int
    query: Query
    lines: tuple[int, ...]
    sent: Question | None
    """As the clinician has it, once it was sent."""


def page(draft: Draft, text: str, context: Context) -> dict[str, Any]:
    """Return all that the page shows, by the names by which its template knows it."""
    if not draft.content:
        return {"lines": list(lines(text)), "text": text, "coded": None, "claims": 0}
    coded = Coded.model_validate(draft.content)
    found = list(lines(text))
    rows = list(_rows(draft, coded, found))
    codes = {code.code for code in coded.codes}
    return {
        "coded": coded,
        "lines": found,
        "text": text,
        "claims": len(coded.standing),
        "reasons": REASONS,
        "level": _level(draft, coded, found),
        "taken": [row for row in rows if row.code.stands],
        "untaken": [row for row in rows if row.code.untaken],
        "rejected": [row for row in rows if row.code.state is State.REJECTED],
        "queries": list(_asked(draft, coded, found, context)),
        "risk": risk(draft, coded, text, context),
        "grouping": grouping(draft, coded, context),
        "hints": [hint for hint in coded.hints if not codes & set(hint.codes)],
    }


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a note that hold words, with where each stands."""
    number, start = 0, 0
    for written in text.splitlines(keepends=True):
        words = written.strip()
        if words:
            begin = start + written.index(words)
            heading = bool(_HEADING.fullmatch(words))
            yield Line(number, begin, begin + len(words), words, heading)
            number += 1
        start += len(written)


def sure(score: float | None) -> str:
    """Return a score as a coder reads it."""
    return "" if score is None else f"{round(100 * score)} %"


def _level(draft: Draft, coded: Coded, found: Sequence[Line]) -> Leveled | None:
    if coded.level is None:
        return None
    return Leveled(coded.level, _lines(draft, "/level", found), choices(coded.level.worksheet))


def _asked(draft: Draft, coded: Coded, found: Sequence[Line], context: Context) -> Iterator[Asked]:
    for place, query in enumerate(coded.queries):
        task = context.search("Task", _id=query.task.partition("/")[2]) if query.task else ()
        sent = Question.of(task[0]) if task else None
        yield Asked(place, query, _lines(draft, f"/queries/{place}", found), sent)


def _lines(draft: Draft, claim: str, found: Sequence[Line]) -> tuple[int, ...]:
    """Return the numbers of the lines in which the words of a claim stand."""
    at = spans_of(draft.evidence, claim)
    numbers = {
        line.number for line in found for one in at if one.start < line.end and line.start < one.end
    }
    return tuple(sorted(numbers))


def _rows(draft: Draft, coded: Coded, found: Sequence[Line]) -> Iterator[Row]:
    rank, last = 0, len(coded.standing)
    for place, code in coded.ordered:
        rank += code.stands
        yield Row(
            place,
            rank,
            code,
            _lines(draft, f"/codes/{place}", found),
            sure(code.score),
            rank == last,
            tuple(hint for hint in coded.hints if code.code in hint.codes),
        )
