"""Requests for an account: 60 days, once 30 more in writing, and which is free."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotAllowed, NotFound, Role
from wardround.privacy.disclosures import AccountRequests, Outcome
from wardround.privacy.disclosures.tables import requests
from wardround.security import AuditTrail

NOW = datetime(2026, 6, 2, 12, tzinfo=UTC)
TODAY = NOW.date()
ADA, BEN = "Patient/ada", "Patient/ben"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def register(tx: Connection) -> AccountRequests:
    seconds = count()
    return AccountRequests(tx, lambda: NOW + timedelta(seconds=next(seconds)))


def received(register: AccountRequests, day: date = TODAY, patient: str = ADA) -> str:
    return register.receive(patient, "HL-1", day, RUTH)


def test_a_request_is_answered_within_sixty_days(register: AccountRequests) -> None:
    one = received(register, TODAY - days(60))
    found = register.find(one)
    assert (found.due, found.days_left(TODAY), found.number) == (TODAY, 0, "HL-1")
    register.end(one, TODAY, Outcome.ANSWERED, RUTH)
    found = register.find(one)
    assert (found.ended, found.outcome) == (TODAY, Outcome.ANSWERED)
    for _ in range(2):
        with pytest.raises(Conflict, match="ended before"):
            register.end(one, TODAY, Outcome.WITHDRAWN, RUTH)
    with pytest.raises(NotFound):
        register.find("nothing")


@pytest.mark.parametrize(
    ("told", "until", "refused"),
    [
        (60, 90, None),
        (60, 61, None),
        (0, 90, None),
        (61, 90, "told"),
        (-1, 90, "told"),
        (60, 91, "until"),
        (60, 60, "until"),
    ],
)
def test_it_is_put_off_within_the_sixty_days_by_thirty_at_most(
    register: AccountRequests, told: int, until: int, refused: str | None
) -> None:
    day = TODAY - days(70)
    one = received(register, day)
    if refused is None:
        register.extend(one, day + days(told), day + days(until), "Archive", RUTH)
        assert register.find(one).due == day + days(until)
        with pytest.raises(NotAllowed, match="no second time"):
            register.extend(one, day + days(told), day + days(until), "Archive", RUTH)
        return
    with pytest.raises(NotAllowed) as wrong:
        register.extend(one, day + days(told), day + days(until), "Archive", RUTH)
    assert wrong.value.where == refused


def test_a_statement_has_reasons_and_no_day_is_to_come(register: AccountRequests) -> None:
    one = received(register)
    with pytest.raises(InvalidInput, match="reasons"):
        register.extend(one, TODAY, TODAY + days(70), " ", RUTH)
    for late in (
        lambda: register.extend(one, TODAY + days(2), TODAY + days(70), "Why", RUTH),
        lambda: register.end(one, TODAY + days(2), Outcome.ANSWERED, RUTH),
        lambda: received(register, TODAY + days(2)),
    ):
        with pytest.raises(InvalidInput, match="to come"):
            late()
    with pytest.raises(InvalidInput, match="before it was received"):
        register.end(one, TODAY - days(1), Outcome.ANSWERED, RUTH)


@pytest.mark.parametrize(
    ("day", "free"), [(date(2025, 6, 2), True), (date(2025, 6, 3), False), (TODAY, False)]
)
def test_the_first_in_twelve_months_is_free(
    register: AccountRequests, day: date, free: bool
) -> None:
    first, other = received(register, day), received(register, day, BEN)
    second = received(register)
    assert register.find(second).free is free
    assert register.find(first).free
    assert register.find(other).free
    register.end(first, TODAY, Outcome.WITHDRAWN, RUTH)
    assert register.find(second).free


def test_what_is_due_soonest_comes_first_and_what_is_over_last(register: AccountRequests) -> None:
    over = received(register, TODAY - days(50))
    late, soon = received(register, TODAY), received(register, TODAY - days(40))
    register.end(over, TODAY, Outcome.ANSWERED, RUTH)
    assert [one.id for one in register.list()] == [soon, late, over]


def test_it_is_sealed_and_audited(register: AccountRequests, tx: Connection) -> None:
    one = received(register, TODAY - days(9))
    register.extend(one, TODAY, TODAY + days(70), "The archive is being moved", RUTH)
    row = tx.execute(select(requests)).one()
    assert b"HL-1" not in row.number
    assert b"archive" not in row.why
    events = AuditTrail(tx).list(subject=ADA, entity=f"request/{one}")
    assert [event.action for event in events] == [
        "change-disclosure-request",
        "add-disclosure-request",
    ]
    assert events[0].detail == {"change": "extended"}
