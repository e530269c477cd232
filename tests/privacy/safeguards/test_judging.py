"""A clause's verdict: what is wrong outweighs what is missing, and silence proves nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wardround.privacy.safeguards import (
    By,
    Clause,
    Duty,
    Fact,
    Statement,
    Verdict,
    count_verdicts,
    judge,
    judge_all,
)

TODAY = date(2026, 11, 27)
GOOD, NOTHING = Fact(says="Sealed."), Fact(says="Nothing yet.", state="nothing")
WRONG = Fact(says="Open.", state="wrong", mend="Close it.")


def clause(by: By) -> Clause:
    probes = () if by is By.CLINIC else ("door",)
    return Clause(
        citation="164.310(c)", title="Doors", asks="Shut.", duty=Duty.REQUIRED, by=by, probes=probes
    )


def statement(days: int = 30, *, applies: bool = True) -> Statement:
    return Statement(
        clause="164.310(c)",
        version=1,
        says="We lock them.",
        document="Binder",
        review=TODAY + timedelta(days=days),
        applies=applies,
        at=datetime(2026, 11, 1, tzinfo=UTC),
        by="ruth",
    )


@pytest.mark.parametrize(
    ("by", "facts", "written", "verdict"),
    [
        (By.WARDROUND, [GOOD], None, Verdict.SHOWN),
        (By.WARDROUND, [GOOD, WRONG], None, Verdict.ATTENTION),
        (By.WARDROUND, [GOOD, NOTHING], None, Verdict.NOT_SHOWN),
        (By.WARDROUND, [], None, Verdict.NOT_SHOWN),
        (By.WARDROUND, [WRONG], statement(), Verdict.ATTENTION),
        (By.BOTH, [GOOD], None, Verdict.NOT_SHOWN),
        (By.BOTH, [GOOD], statement(), Verdict.SHOWN),
        (By.BOTH, [NOTHING], statement(), Verdict.NOT_SHOWN),
        (By.BOTH, [WRONG], statement(), Verdict.ATTENTION),
        (By.BOTH, [GOOD], statement(0), Verdict.ATTENTION),
        (By.CLINIC, [], None, Verdict.NOT_SHOWN),
        (By.CLINIC, [], statement(1), Verdict.YOURS),
        (By.CLINIC, [], statement(0), Verdict.ATTENTION),
        (By.WARDROUND, [WRONG], statement(applies=False), Verdict.YOURS),
        (By.WARDROUND, [WRONG], statement(-1, applies=False), Verdict.ATTENTION),
    ],
)
def test_a_verdict(by: By, facts: list[Fact], written: Statement | None, verdict: Verdict) -> None:
    assert judge(clause(by), facts, written, TODAY).verdict is verdict


def test_what_is_wrong_is_named_and_so_is_a_review_that_is_due() -> None:
    found = judge(clause(By.BOTH), [WRONG, GOOD], statement(-3), TODAY)
    due, wrong = found.asks
    assert "due on 2026-11-24" in due.says
    assert due.address == "/privacy/safeguards/164.310-c"
    assert wrong == WRONG


def test_a_probe_that_says_nothing_is_wrong() -> None:
    for shown in ({}, {"door": ()}):
        (found,) = judge_all([clause(By.WARDROUND)], shown, {}, TODAY)
        assert found.verdict is Verdict.ATTENTION
        assert "“door”" in found.asks[0].says


def test_every_verdict_is_counted() -> None:
    judged = judge_all([clause(By.CLINIC)], {}, {"164.310(c)": statement()}, TODAY)
    assert count_verdicts(judged) == {
        Verdict.ATTENTION: 0,
        Verdict.NOT_SHOWN: 0,
        Verdict.YOURS: 1,
        Verdict.SHOWN: 0,
    }
