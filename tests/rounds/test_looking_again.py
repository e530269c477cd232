"""A signature looks once more: what the chart says may have changed since the draft was made."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.rounds.capability import Lines
from tests.rounds.conftest import ENCOUNTER, OSEI, PATIENT, drafted
from wardround.database import Database
from wardround.kernel import (
    Context,
    Drafted,
    Finding,
    Guardrail,
    NotAllowed,
    Order,
    Severity,
    Status,
)
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds


class Deceased:
    """Lines about a patient who has died are acknowledged first."""

    rule = "deceased"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        if context.read(order.subject).get("deceasedBoolean"):
            yield Finding(rule=self.rule, severity=Severity.WARN, message="The patient has died.")


class Reading(Lines):
    @property
    def guardrails(self) -> Sequence[Guardrail]:
        return (Deceased(),)


@pytest.fixture
def rounds(database: Database, blobs: Blobs, tmp_path: Path) -> Iterator[Rounds]:
    with database.begin() as tx:
        for body in (PATIENT, ENCOUNTER):
            Chart(tx).update(body)
    made = Rounds(database, blobs, {"lines": Reading()}, f"sqlite:///{tmp_path / 'again.db'}")
    made.start()
    yield made
    made.stop()


@pytest.mark.requirement("ROUND-14")
def test_what_a_guardrail_finds_now_stands_in_the_way(rounds: Rounds, database: Database) -> None:
    draft = drafted(rounds, "Feels well.")
    assert draft.findings == ()
    with database.begin() as tx:
        Chart(tx).update(PATIENT.replace(b'"gender"', b'"deceasedBoolean": true, "gender"'))
    with pytest.raises(NotAllowed, match="has changed"):
        rounds.sign(draft.id, 1, OSEI)
    now = rounds.draft(draft.id)
    assert (now.status, now.revision) == (Status.DRAFTED, 2)
    assert [finding.rule for finding in now.open_findings] == ["deceased"]
    seen = rounds.acknowledge(draft.id, 2, now.findings[0].key, OSEI)
    assert rounds.sign(draft.id, seen.revision, OSEI).draft.status is Status.SIGNED
