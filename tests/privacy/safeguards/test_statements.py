"""What the clinic writes about a clause: versions that stay, sealed, audited."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotFound, Role
from wardround.privacy.safeguards import Statement, Statements
from wardround.privacy.safeguards.tables import statements
from wardround.security import AuditTrail

RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")
CLAUSE, CITATION = "164.308-a-1-ii-C", "164.308(a)(1)(ii)(C)"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = NOW.astimezone().date()


def written(
    tx: Connection,
    version: int = 0,
    says: str = "Oral, then written warning",
    review: date = TODAY + timedelta(days=365),
    clause: str = CLAUSE,
) -> Statement:
    return Statements(tx, lambda: NOW).write(
        clause, version, says=says, document="Handbook, 4", review=review, applies=True, by=RUTH
    )


def test_a_change_is_a_version_and_every_one_stays(tx: Connection) -> None:
    first = written(tx)
    assert (first.version, first.clause, first.by) == (1, CITATION, "ruth")
    second = written(tx, 1, "Three steps")
    register = Statements(tx)
    assert register.current() == {CITATION: second}
    assert register.history(CLAUSE) == [second, first]


def test_of_two_who_write_one_is_told(tx: Connection) -> None:
    written(tx)
    for stale in (0, 2):
        with pytest.raises(Conflict):
            written(tx, stale)
    assert len(Statements(tx).history(CLAUSE)) == 1


@pytest.mark.parametrize("days", [0, -1, 733])
def test_a_review_is_to_come(tx: Connection, days: int) -> None:
    with pytest.raises(InvalidInput, match="review"):
        written(tx, review=TODAY + timedelta(days=days))
    assert Statements(tx).current() == {}


def test_words_are_needed_and_a_clause_that_is_judged(tx: Connection) -> None:
    with pytest.raises(InvalidInput, match="says"):
        written(tx, says="  ")
    with pytest.raises(NotFound):
        written(tx, clause="164.308-a-1-i")


def test_a_review_comes_up_a_month_before_it_is_due(tx: Connection) -> None:
    found = written(tx, review=TODAY + timedelta(days=40))
    assert not found.is_due_soon(TODAY + timedelta(days=9))
    assert found.is_due_soon(TODAY + timedelta(days=10))
    assert not found.is_due(TODAY + timedelta(days=39))
    assert found.is_due(TODAY + timedelta(days=40))


def test_words_are_sealed_and_deeds_audited(tx: Connection) -> None:
    written(tx)
    row = tx.execute(select(statements)).one()
    assert b"warning" not in row.sealed
    (event,) = AuditTrail(tx).list(entity=f"statement/{CLAUSE}")
    assert (event.action, event.actor, event.purpose) == ("set-statement", "ruth", "HCOMPL")
