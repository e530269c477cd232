"""How the review page shows codes: the note in lines, and each code with where its words stand."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wardround.capabilities.coding.deciding import REASONS
from wardround.capabilities.coding.model import Code, Coded, Hint, Query
from wardround.kernel import Draft, TextSpan

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


class Asked(NamedTuple):
    """One question to the clinician; ``place`` is where it stands in the draft."""

    place: int
    query: Query


def page(draft: Draft, text: str) -> dict[str, Any]:
    """Return all that the page shows, by the names by which its template knows it."""
    if not draft.content:
        return {"lines": list(lines(text)), "text": text, "coded": None, "claims": 0}
    coded = Coded.model_validate(draft.content)
    found = list(lines(text))
    rows = list(_rows(draft, coded, found))
    taken = [row for row in rows if row.code.stands and not row.code.undecided]
    codes = {code.code for code in coded.codes}
    return {
        "coded": coded,
        "lines": found,
        "text": text,
        "claims": len(coded.standing),
        "reasons": REASONS,
        "taken": taken,
        "undecided": [row for row in rows if row.code.undecided],
        "rejected": [row for row in rows if not row.code.stands],
        "queries": [Asked(place, query) for place, query in enumerate(coded.queries)],
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


def _rows(draft: Draft, coded: Coded, found: Sequence[Line]) -> Iterator[Row]:
    spans = {
        item.claim: [one for one in item.sources if isinstance(one, TextSpan)]
        for item in draft.evidence
    }
    rank, last = 0, sum(not code.undecided for _, code in coded.standing)
    for place, code in coded.ordered:
        rank += code.stands and not code.undecided
        at = spans.get(f"/codes/{place}", [])
        numbers = {
            line.number
            for line in found
            for one in at
            if one.start < line.end and line.start < one.end
        }
        yield Row(
            place,
            rank,
            code,
            tuple(sorted(numbers)),
            sure(code.score),
            rank == last,
            tuple(hint for hint in coded.hints if code.code in hint.codes),
        )
