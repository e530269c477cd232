"""What is shown of the audit trail and of those who read it: whole, kept, looked at."""

from collections.abc import Iterator
from datetime import timedelta

from wardround.bootstrap.evidence.probe import MONTH, WEEK, Probe, counted, last_event, on, wrong
from wardround.bootstrap.house import Wardround
from wardround.privacy.safeguards import Fact, Statements
from wardround.security import (
    AuditTrail,
    Emergencies,
    count_events,
    last_checkpoint,
    trail_extent,
)

_AUDIT, _EMERGENCIES = "/privacy/audit", "/privacy/emergencies"
_HOUR = timedelta(hours=1)
_YEAR = timedelta(days=365)


def trail(wardround: Wardround) -> Iterator[Fact]:
    """How long the trail is, when it was verified, and how old its last checkpoint is."""
    now = wardround.clock()
    with wardround.database.read() as tx:
        extent, checkpoint = trail_extent(tx), last_checkpoint(tx)
        newest = AuditTrail(tx).list(limit=1)
    verified = last_event(wardround, "verify-audit")
    if extent is None:
        yield wrong("The trail is empty.", "Nothing was ever audited: report it.", _AUDIT)
        return
    yield Fact(says=f"Events: {extent.events:,}, since {on(extent.since)}.", address=_AUDIT)
    if verified is None:
        yield wrong("It was not verified yet.", "Verify it, every week.", _AUDIT)
    elif verified.outcome == "failure":
        yield wrong(
            f"It was found changed on {on(verified.at)}.",
            "Keep database and checkpoints as they are, and call whoever runs this server.",
            _AUDIT,
        )
    elif now - verified.at > WEEK:
        yield wrong(f"It was last verified on {on(verified.at)}.", "Verify it, every week.", _AUDIT)
    else:
        yield Fact(says=f"It was verified on {on(verified.at)}: nothing was changed.")
    if checkpoint is None:
        yield wrong("There is no checkpoint of it.", "The running server makes them.", _AUDIT)
    elif newest and newest[0].id > checkpoint.id and now - checkpoint.at > _HOUR:
        yield wrong(
            f"The last checkpoint is of {on(checkpoint.at)}.", "See the server's log.", _AUDIT
        )
    else:
        yield Fact(says=f"The last checkpoint is of {on(checkpoint.at)}.")


def retention(wardround: Wardround) -> Iterator[Fact]:
    """How far the trail goes back, and whether anything has left it."""
    with wardround.database.read() as tx:
        extent = trail_extent(tx)
    if extent is None:
        yield wrong("The trail is empty.", "Nothing was ever audited: report it.", _AUDIT)
    elif extent.first == 1:
        yield Fact(
            says=f"The trail has every event since the first, of {on(extent.since)}.",
            address=_AUDIT,
        )
    else:
        yield Fact(
            says=f"Events before {on(extent.since)} are in archives; only those older than six "
            "years can be put there."
        )


def activity_review(wardround: Wardround) -> Iterator[Fact]:
    """Whether somebody reads the trail, and reviews emergency accesses."""
    now = wardround.clock()
    read = last_event(wardround, "read-audit")
    with wardround.database.read() as tx:
        refused = count_events(tx, "denied", now - MONTH)
        called = count_events(tx, "egress", now - MONTH, "failure")
        waiting = Emergencies(tx, wardround.clock).unreviewed()
    if read is None or now - read.at > MONTH:
        says = "Nobody has read the trail." if read is None else f"Last read on {on(read.at)}."
        yield wrong(says, "Read it, every month at least.", _AUDIT)
    else:
        yield Fact(says=f"The trail was last read on {on(read.at)}.", address=_AUDIT)
    yield Fact(
        says=f"In 30 days: {counted(refused, 'refusal')} of access, {counted(called, 'call')} out "
        "refused.",
        address=_AUDIT,
    )
    if waiting:
        yield wrong(
            f"Emergency accesses that wait for a review: {waiting}.",
            "Review each.",
            _EMERGENCIES,
        )
    else:
        yield Fact(says="Every emergency access is reviewed.", address=_EMERGENCIES)


def emergencies(wardround: Wardround) -> Iterator[Fact]:
    """How often a chart was opened in an emergency, for how long, and whether that was reviewed."""
    now = wardround.clock()
    with wardround.database.read() as tx:
        found = Emergencies(tx, wardround.clock).list()
        opened = count_events(tx, "break-glass", now - MONTH)
    yield Fact(
        says=f"In 30 days, {counted(opened, 'chart')} opened in an emergency; each closes itself "
        f"after {counted(wardround.settings.emergency_hours, 'hour')}.",
        address=_EMERGENCIES,
    )
    late = [one for one in found if one.reviewed is None and now - one.opened > WEEK]
    if late:
        yield wrong(f"{len(late)} not reviewed for over a week.", "Review each.", _EMERGENCIES)


def evaluation(wardround: Wardround) -> Iterator[Fact]:
    """When the report of this page was last made."""
    made = last_event(wardround, "export-safeguards")
    if made is None:
        yield Fact(says="No report of this page was made yet.", state="nothing")
    elif wardround.clock() - made.at > _YEAR:
        yield wrong(f"The last report is of {on(made.at)}.", "Make one, and read it.")
    else:
        yield Fact(says=f"The last report of this page was made on {on(made.at)}.")


def reviews(wardround: Wardround) -> Iterator[Fact]:
    """How many statements there are, and how many are due for review."""
    today = wardround.clock().astimezone().date()
    with wardround.database.read() as tx:
        written = Statements(tx, wardround.clock).current().values()
    due = [one for one in written if one.is_due(today)]
    if due:
        cited = ", ".join(one.clause for one in due[:5])
        yield wrong(f"Due for review: {cited}.", "Read each again, and set the next day.")
    elif written:
        yield Fact(says=f"Statements on this page: {len(written)}; none is due for review.")
    else:
        yield Fact(says="Nothing is written down on this page yet.", state="nothing")


PROBES: dict[str, Probe] = {
    "trail": trail,
    "retention": retention,
    "activity-review": activity_review,
    "emergencies": emergencies,
    "evaluation": evaluation,
    "reviews": reviews,
}
