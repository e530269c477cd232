"""What looks found is kept: what fires anew is told once, and paths of the last alone."""

from datetime import UTC, datetime, timedelta

from tests.governance.watch.made import MEI, MODEL, START, cohort, reference
from wardround.database import Transaction
from wardround.governance.watch import Looks, Watched, checks_of, first_spreads
from wardround.security import AuditTrail

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
REFERENCE = reference(1)


def found(shift: float) -> Watched:
    made = cohort(3, 600, shift=shift)
    return Watched(
        capability="risk",
        model=MODEL,
        since=START,
        predictions=len(made),
        outcomes=len(made),
        reference="validation, 3,000 patients",
        checks=tuple(checks_of(made, REFERENCE)),
    )


def test_what_fires_anew_is_told_once(tx: Transaction) -> None:
    calm, moved = found(0), found(0.5)
    (first,) = Looks(tx, lambda: NOON).keep([calm])
    (second,) = Looks(tx, lambda: NOON + timedelta(days=1)).keep([moved], MEI)
    (third,) = Looks(tx, lambda: NOON + timedelta(days=2)).keep([moved])
    assert first.new == ()
    assert "input shift: Lactate" in second.new
    assert third.new == ()
    assert third.found.fired == moved.fired
    assert [event.detail["firing"] for event in AuditTrail(tx).list(action="watch-models")] == [
        "1",
        "1",
        "0",
    ]


def test_paths_are_kept_of_the_last_look_alone(tx: Transaction) -> None:
    for day in range(3):
        Looks(tx, lambda at=NOON + timedelta(days=day): at).keep([found(0)])  # type: ignore[misc]
    looks = Looks(tx).of(MODEL.name)
    assert [one.at for one in looks] == [NOON + timedelta(days=day) for day in (2, 1, 0)]
    assert [any(check.path for check in one.found.checks) for one in looks] == [True, False, False]
    assert Looks(tx).latest() == looks[:1]
    assert Looks(tx).last_at() == NOON + timedelta(days=2)


def test_a_reference_made_here_is_kept(tx: Transaction) -> None:
    assert Looks(tx).reference(MODEL) is None
    made = first_spreads(cohort(4, 1000))
    Looks(tx).keep_reference(MODEL, made)
    assert Looks(tx).reference(MODEL) == made
    assert Looks(tx).reference(MODEL.model_copy(update={"version": "2"})) is None
