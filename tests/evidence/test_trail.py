"""What is told of the trail, and of what is written down."""

from datetime import timedelta

from tests.evidence.looking import ADA, DAY, RUTH, facts, later, today, told, wrong
from wardround.bootstrap import (
    Wardround,
)
from wardround.kernel import system_clock
from wardround.privacy.safeguards import Statements
from wardround.security import (
    Emergencies,
    Reason,
    keep_checkpoints,
)


def test_the_trail_is_verified_and_has_checkpoints(house: Wardround) -> None:
    assert "empty" in wrong(house, "trail")
    told(house, "read")
    assert "not verified yet" in wrong(house, "trail")
    assert "no checkpoint" in wrong(house, "trail")
    keep_checkpoints(house.database, house.settings.checkpoints)
    told(house, "verify-audit", ago=timedelta(0))
    assert wrong(house, "trail") == ""
    assert "last verified" in wrong(later(house, 8 * DAY), "trail")
    assert "last checkpoint" in wrong(later(house, timedelta(hours=2)), "trail")
    told(house, "verify-audit", "failure", ago=timedelta(0))
    assert "found changed" in wrong(house, "trail")


def test_the_trail_goes_back_to_its_first_event(house: Wardround) -> None:
    assert "empty" in wrong(house, "retention")
    told(house, "read", ago=9 * DAY)
    (fact,) = facts(house, "retention")
    first = (system_clock() - 9 * DAY).astimezone()
    assert f"every event since the first, of {first.day} {first:%B}" in fact.says


def test_somebody_reads_the_trail_and_reviews_emergencies(house: Wardround) -> None:
    assert "Nobody has read" in wrong(house, "activity-review")
    told(house, "read-audit")
    told(house, "denied", "failure")
    assert wrong(house, "activity-review") == ""
    assert "1 refusal of access" in facts(house, "activity-review")[1].says
    with house.database.begin() as tx:
        Emergencies(tx).open(ADA, "Patient/1", Reason.EMERGENCY, "Found unconscious", DAY)
    assert "wait for a review: 1" in wrong(house, "activity-review")
    assert wrong(house, "emergencies") == ""
    assert "1 not reviewed" in wrong(later(house, 8 * DAY), "emergencies")
    assert "Last read on" in wrong(later(house, 31 * DAY), "activity-review")


def test_reports_and_statements(house: Wardround) -> None:
    assert [fact.state for fact in facts(house, "evaluation")] == ["nothing"]
    assert [fact.state for fact in facts(house, "reviews")] == ["nothing"]
    told(house, "export-safeguards")
    with house.database.begin() as tx:
        Statements(tx).write(
            "164.310-c",
            0,
            says="Locked",
            document="",
            review=today() + 100 * DAY,
            applies=True,
            by=RUTH,
        )
    assert [fact.state for fact in facts(house, "evaluation")] == ["good"]
    assert [fact.state for fact in facts(house, "reviews")] == ["good"]
    assert wrong(later(house, 365 * DAY), "evaluation")
    assert "164.310(c)" in wrong(later(house, 101 * DAY), "reviews")
