"""What an official had left out of an account: until when, and of disclosures to whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotFound, Role
from wardround.privacy.disclosures import (
    Disclosures,
    Entry,
    OfficialRequest,
    Suspensions,
    part_by_suspension,
    read_request,
)
from wardround.privacy.disclosures.tables import suspensions
from wardround.security import AuditTrail

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOW.date()
ADA = "Patient/ada"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


def asked(until: int | None = 10, day: date = TODAY, *, written: bool = True) -> OfficialRequest:
    last = None if until is None else day + timedelta(days=until)
    return read_request("Det. Bo, county police", day, last, TODAY, written=written)


@pytest.mark.parametrize(
    ("written", "until", "lasts"),
    [(False, None, 30), (False, 30, 30), (False, 5, 5), (True, 400, 400), (True, 0, 0)],
)
def test_how_long_a_statement_holds(written: bool, until: int | None, lasts: int) -> None:
    found = asked(until, written=written)
    assert found.until == TODAY + timedelta(days=lasts)
    assert found.stands(found.until)
    assert not found.stands(found.until + timedelta(days=1))
    assert not found.stands(TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("written", "until", "where"),
    [(False, 31, "until"), (True, None, "until"), (True, -1, "until")],
)
def test_what_the_rule_does_not_allow(written: bool, until: int | None, where: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        asked(until, written=written)
    assert refused.value.where == where


def test_it_is_said_who_asked_and_when() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_request(" ", TODAY, TODAY, TODAY, written=True)
    assert refused.value.where == "official"
    with pytest.raises(InvalidInput, match="to come"):
        asked(day=TODAY + timedelta(days=1))


def parted(tx: Connection, today: date = TODAY) -> tuple[list[str], list[str]]:
    entries = Disclosures(tx).of(ADA, date.min, TODAY)
    told, left_out = part_by_suspension(entries, Suspensions(tx).of(ADA), today)

    def names(found: list[Entry]) -> list[str]:
        return sorted(one.recipient for one in found)

    return names(told), names(left_out)


def test_disclosures_to_the_official_are_left_out_while_it_stands(tx: Connection) -> None:
    register = Suspensions(tx, lambda: NOW)
    for recipient in ("County Police", "COUNTY POLICE", "County Health"):
        Disclosures(tx, lambda: NOW).enter(ADA, TODAY, recipient, "Address", "Search", RUTH)
    one = register.suspend(ADA, "county police", asked(10), RUTH)
    register.suspend("Patient/ben", "County Health", asked(10), RUTH)
    assert parted(tx) == (["County Health"], ["COUNTY POLICE", "County Police"])
    assert parted(tx, TODAY + timedelta(days=10))[1] == ["COUNTY POLICE", "County Police"]
    assert parted(tx, TODAY + timedelta(days=11))[1] == []
    register.lift(one, "The search is over", RUTH)
    assert parted(tx)[1] == []
    (lifted,) = register.of(ADA)
    assert (lifted.why, lifted.lifted_by) == ("The search is over", "ruth")
    assert [lifted.stood(TODAY + timedelta(days=days)) for days in (-1, 0, 1)] == [
        False,
        True,
        False,
    ]


def test_it_is_lifted_once_with_a_reason(tx: Connection) -> None:
    register = Suspensions(tx, lambda: NOW)
    one = register.suspend(ADA, "County Police", asked(), RUTH)
    with pytest.raises(InvalidInput):
        register.lift(one, " ", RUTH)
    register.lift(one, "Over", RUTH)
    with pytest.raises(Conflict, match="lifted before"):
        register.lift(one, "Over", RUTH)
    with pytest.raises(NotFound):
        register.lift("nothing", "Over", RUTH)
    with pytest.raises(InvalidInput) as refused:
        register.suspend(ADA, " ", asked(), RUTH)
    assert refused.value.where == "recipient"


def test_it_is_sealed_and_audited(tx: Connection) -> None:
    register = Suspensions(tx, lambda: NOW)
    one = register.suspend(ADA, "County Police", asked(), RUTH)
    register.lift(one, "Over now", RUTH)
    row = tx.execute(select(suspensions)).one()
    assert b"Police" not in row.sealed
    assert b"Over" not in row.why
    events = AuditTrail(tx).list(subject=ADA, entity=f"suspension/{one}")
    assert [event.action for event in events] == ["remove-suspension", "add-suspension"]
