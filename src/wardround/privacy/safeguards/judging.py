"""How a clause stands: by what the system shows, and by what the clinic has written down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Literal

from wardround.kernel import Noun
from wardround.privacy.safeguards.clauses import By, Clause
from wardround.privacy.safeguards.statements import Statement

State = Literal["good", "wrong", "nothing"]
"""Evidence is as it should be, is not, or there is none to go by yet."""


class Fact(Noun):
    """One thing the running system shows; where it is wrong, how to mend it, and on which page."""

    says: str
    state: State = "good"
    mend: str = ""
    address: str = ""


class Verdict(StrEnum):
    """How a clause stands on a day."""

    ATTENTION = "attention"
    """Evidence says that something is wrong, or a review is due."""
    NOT_SHOWN = "not shown"
    """Nothing shows it yet: no evidence, or the clinic's part is not written down."""
    YOURS = "yours"
    """The clinic has written down what it does."""
    SHOWN = "shown"
    """Evidence is good, and the clinic's part is written down where it has one."""


class Judged(Noun):
    """A clause with what is known of it today."""

    clause: Clause
    verdict: Verdict
    facts: tuple[Fact, ...]
    statement: Statement | None
    asks: tuple[Fact, ...]
    """What is wrong, and a person is to mend."""


def judge(
    clause: Clause, facts: Sequence[Fact], statement: Statement | None, today: date
) -> Judged:
    """Return how a clause stands; what is wrong outweighs what is missing, and that what is good.

    A statement that the clause does not apply answers for all of it, until its review.
    """
    spoken_for = statement is not None and not statement.applies
    asks = [] if spoken_for else [fact for fact in facts if fact.state == "wrong"]
    if statement is not None and statement.is_due(today):
        asks.insert(0, _due(clause, statement))
    return Judged(
        clause=clause,
        verdict=Verdict.ATTENTION if asks else _verdict(clause, facts, statement),
        facts=tuple(facts),
        statement=statement,
        asks=tuple(asks),
    )


def judge_all(
    clauses: Iterable[Clause],
    shown: Mapping[str, Sequence[Fact]],
    statements: Mapping[str, Statement],
    today: date,
) -> list[Judged]:
    """Return how each clause stands, by the facts of each probe and the statement on each clause.

    A probe that gave nothing is told of: silence proves nothing.
    """
    return [
        judge(
            clause,
            [fact for name in clause.probes for fact in shown.get(name) or (_silent(name),)],
            statements.get(clause.citation),
            today,
        )
        for clause in clauses
    ]


def count_verdicts(judged: Iterable[Judged]) -> dict[Verdict, int]:
    """Return how many clauses stand how, every verdict named."""
    found = [one.verdict for one in judged]
    return {verdict: found.count(verdict) for verdict in Verdict}


def _verdict(clause: Clause, facts: Sequence[Fact], statement: Statement | None) -> Verdict:
    if statement is not None and (clause.by is By.CLINIC or not statement.applies):
        return Verdict.YOURS
    proven = bool(facts) and all(fact.state == "good" for fact in facts)
    if not proven or (clause.by is not By.WARDROUND and statement is None):
        return Verdict.NOT_SHOWN
    return Verdict.SHOWN


def _due(clause: Clause, statement: Statement) -> Fact:
    return Fact(
        says=f"The review of what you wrote was due on {statement.review.isoformat()}.",
        state="wrong",
        mend="Read it again, and set the next day.",
        address=f"/privacy/safeguards/{clause.slug}",
    )


def _silent(name: str) -> Fact:
    return Fact(
        says=f"Nothing answers for “{name}”.",
        state="wrong",
        mend="This is a fault of the software. Report it.",
    )
