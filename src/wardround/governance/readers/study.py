"""A reader study: every reader's answer to every case, without the AI and with it.

Fully crossed and no less: the variances of Obuchowski and Rockette are of readers who all read the
same cases in both arms. A study that is not so is refused with who lacks what, or, when that is
asked for, restricted to the cases that everybody read; the report then says how many were left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.governance.readers.reading import ARMS, Answer, Answers, Faults, Triple
from wardround.governance.validation import Floats
from wardround.kernel import InvalidInput

Flags = NDArray[np.bool_]

FEWEST_EACH = 2
"""Cases with the disease and without it. A variance needs two of each."""

_NAMED = 6


@dataclass(frozen=True)
class Study:
    """Arrays over arms (unaided, aided), readers and cases; a time that is not known is NaN."""

    cases: tuple[str, ...]
    readers: tuple[str, ...]
    truth: Flags
    ratings: Floats
    seconds: Floats | None = None
    ai_scores: Floats | None = None
    ai_calls: Flags | None = None
    marks: tuple[tuple[tuple[tuple[Triple, ...], ...], ...], ...] | None = None
    """For each arm, reader and case the marks: x, y, rating."""
    lesions: tuple[tuple[Triple, ...], ...] | None = None
    """For each case its lesions: x, y, radius."""
    left_out: tuple[str, ...] = ()
    """Who lacked answers, in words, and how many cases that cost."""

    @classmethod
    def of(cls, answers: Answers, where: str, *, complete: bool = False) -> "Study":
        """Check the answers and cross them; with ``complete``, keep cases that everybody read."""
        rows = answers.rows
        _consistent(rows, answers.columns, where)
        cases = tuple(dict.fromkeys(one.case for one in rows))
        readers = tuple(sorted({one.reader for one in rows}))
        given = {(one.arm, one.reader, one.case): one for one in rows}
        firsts = {one.case: one for one in reversed(rows)}
        lacking = _lacking(given, readers, firsts)
        kept: tuple[str, ...] = cases
        left_out: tuple[str, ...] = ()
        if lacking:
            kept, left_out = _restricted(given, readers, cases, lacking, where, complete=complete)
        _tellable(np.array([firsts[case].truth for case in kept]), where)
        return _crossed(given, readers, kept, answers.columns, left_out)


def _consistent(rows: Sequence[Answer], columns: frozenset[str], where: str) -> None:
    """Raise where an answer is there twice, or a case's truth or AI differs between rows."""
    faults = Faults()
    seen: dict[tuple[str, str, str], int] = {}
    first: dict[str, Answer] = {}
    for one in rows:
        before = seen.setdefault((one.arm, one.reader, one.case), one.row)
        if before != one.row:
            faults.add(one.row, "case", f"this reader's answer to this case is in row {before} too")
        known = first.setdefault(one.case, one)
        for column in ("truth", "ai_score", "ai_call", "lesions"):
            if getattr(known, column) != getattr(one, column):
                faults.add(one.row, column, f"is not what row {known.row} says of the same case")
        if "marks" in columns and known is one and one.truth != bool(one.lesions):
            wrong = "there are none, though truth is 1" if one.truth else "truth is 0"
            faults.add(one.row, "lesions", wrong)
    faults.refuse(where)


def _lacking(
    given: dict[tuple[str, str, str], Answer], readers: Sequence[str], firsts: dict[str, Answer]
) -> list[str]:
    """Return in words who did not read what; cases by the row in which they first stand."""
    said = []
    for reader in readers:
        for arm in ARMS:
            gone = sorted(
                one.row for case, one in firsts.items() if (arm, reader, case) not in given
            )
            if gone:
                shown = ", ".join(map(str, gone[:_NAMED])) + (", …" if len(gone) > _NAMED else "")
                said.append(
                    f"reader {reader} has no {arm} answer to {len(gone)} of {len(firsts)} cases "
                    f"(first named in row {shown})"
                )
    return said


def _restricted(
    given: dict[tuple[str, str, str], Answer],
    readers: Sequence[str],
    cases: tuple[str, ...],
    lacking: list[str],
    where: str,
    *,
    complete: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    told = "; ".join(lacking[:_NAMED]) + ("; and others" if len(lacking) > _NAMED else "")
    if not complete:
        raise InvalidInput(
            f"Not every reader read every case in both arms: {told}.",
            where=where,
            mend="Add the answers, leave the reader out, or ask for complete cases alone.",
        )
    kept = tuple(
        case
        for case in cases
        if all((arm, reader, case) in given for arm in ARMS for reader in readers)
    )
    if not kept:
        raise InvalidInput(
            f"No case was read by everybody in both arms: {told}.",
            where=where,
            mend="Leave the reader out who read least.",
        )
    lost = len(cases) - len(kept)
    return kept, (*lacking, f"{lost} of {len(cases)} cases were left out for it")


def _tellable(truth: Flags, where: str) -> None:
    yes = int(truth.sum())
    no = len(truth) - yes
    if min(yes, no) < FEWEST_EACH:
        raise InvalidInput(
            f"{yes} of {len(truth)} cases have the disease and {no} have not.",
            where=where,
            mend=f"At least {FEWEST_EACH} of each are needed; an interval of use needs far more.",
        )


def _crossed(
    given: dict[tuple[str, str, str], Answer],
    readers: tuple[str, ...],
    cases: tuple[str, ...],
    columns: frozenset[str],
    left_out: tuple[str, ...],
) -> Study:
    grid = [[[given[arm, who, case] for case in cases] for who in readers] for arm in ARMS]
    first = grid[0][0]
    ratings = np.array([[[one.rating for one in row] for row in arm] for arm in grid])
    seconds = np.array(
        [
            [[np.nan if one.seconds is None else one.seconds for one in row] for row in arm]
            for arm in grid
        ]
    )
    scores = [one.ai_score for one in first]
    calls = [one.ai_call for one in first]
    marked = "marks" in columns
    return Study(
        cases,
        readers,
        np.array([one.truth for one in first], dtype=bool),
        ratings,
        None if np.isnan(seconds).all() else seconds,
        None if None in scores else np.array(scores, dtype=np.float64),
        None if None in calls else np.array(calls, dtype=bool),
        tuple(tuple(tuple(one.marks for one in row) for row in arm) for arm in grid)
        if marked
        else None,
        tuple(one.lesions for one in first) if marked else None,
        left_out,
    )
