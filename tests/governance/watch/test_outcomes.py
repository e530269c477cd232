"""Outcomes as a file brings them: all or none, bad lines named, sealed and audited."""

from datetime import timedelta

import orjson
import pytest
from sqlalchemy import select

from tests.governance.watch.made import MEI, START, cohort
from wardround.database import Database, Transaction
from wardround.governance.watch import Outcomes, Reported, Taken, read_reports
from wardround.governance.watch.tables import outcomes
from wardround.kernel import InvalidInput
from wardround.security import AuditTrail

MADE = {one.draft: one for one in cohort(1, 20)}
LATER = START + timedelta(days=60)


def line(**fields: object) -> bytes:
    good = {"draft": "made-1", "outcome": 1, "at": "2026-02-01T08:00:00+00:00"}
    return orjson.dumps(good | fields)


def reports(*lines: bytes) -> dict[str, Reported]:
    return read_reports(lines, "made.jsonl", LATER)


def test_outcomes_are_kept_and_the_same_again_changes_nothing(tx: Transaction) -> None:
    given = reports(line(), b"", line(draft="made-2", outcome=0), line())
    assert Outcomes(tx).enter(given, MADE, "file", MEI) == Taken(new=2, changed=0)
    assert Outcomes(tx).enter(given, MADE, "file", MEI) == Taken(new=0, changed=0)
    known = Outcomes(tx).of(["made-1", "made-2", "made-3"])
    assert {name: one.outcome for name, one in known.items()} == {"made-1": 1, "made-2": 0}


def test_one_that_is_otherwise_replaces_the_one_before(tx: Transaction) -> None:
    Outcomes(tx).enter(reports(line()), MADE, "file", MEI)
    taken = Outcomes(tx).enter(reports(line(outcome=0)), MADE, "person", MEI)
    assert taken == Taken(new=0, changed=1)
    assert Outcomes(tx).of(["made-1"])["made-1"].outcome == 0


def test_it_is_sealed_under_the_patients_key_and_audited(database: Database) -> None:
    with database.begin() as tx:
        Outcomes(tx).enter(reports(line()), MADE, "file", MEI)
    with database.read() as tx:
        (row,) = tx.execute(select(outcomes)).all()
        (event,) = AuditTrail(tx).list(action="add-outcomes")
    assert row.subject == MADE["made-1"].subject
    assert b"outcome" not in row.document
    assert event.actor == "mei"
    assert event.detail == {"source": "file", "new": "1", "changed": "0"}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"{", "line 2: this is no JSON"),
        (b"[]", "line 2: it is not as it should be"),
        (line(outcome=2), "line 2: outcome is not as it should be"),
        (line(outcome="dead"), "line 2: outcome is not as it should be"),
        (line(at="2026-02-01"), "line 2: at is not as it should be"),
        (line(at="2026-02-01T08:00:00"), "line 2: at is not as it should be"),
        (line(at="2027-01-01T08:00:00+00:00"), "line 2: its time is in the future"),
        (line(name="Zephyrine"), "line 2: it is not as it should be"),
        (b'{"draft": "made-1"}', "line 2: outcome is missing"),
        (line(draft="made-2"), "line 2: another line says otherwise"),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_it_said(bad: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        reports(line(draft="made-2", outcome=0), bad)
    assert says in str(refused.value)
    assert "Nothing was taken in" in str(refused.value)
    assert "Zephyrine" not in str(refused.value)


def test_twenty_lines_are_named_and_the_rest_counted() -> None:
    with pytest.raises(InvalidInput, match=r"line 20: .* and 5 more"):
        reports(*[b"{"] * 25)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"draft": "made-99"}, "line 2: there is no such prediction here"),
        ({"draft": "made-3", "at": "2025-12-31T08:00:00+00:00"}, "line 2: its outcome is before"),
    ],
)
def test_of_a_file_with_a_wrong_line_nothing_is_kept(
    tx: Transaction, bad: dict[str, object], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        Outcomes(tx).enter(reports(line(), line(**bad)), MADE, "file", MEI)
    assert Outcomes(tx).of(MADE) == {}
