"""What is shown of incidents, and of the review of who opened whose chart."""

from collections.abc import Iterator

from wardround.bootstrap.evidence.probe import MONTH, WEEK, Probe, counted, on, wrong
from wardround.bootstrap.house import Wardround
from wardround.privacy.breaches import Breaches, next_duty
from wardround.privacy.oversight import Cases, Looks
from wardround.privacy.safeguards import Fact

_BREACHES, _CASES = "/privacy/breaches", "/privacy/access"


def incidents(wardround: Wardround) -> Iterator[Fact]:
    """How many incidents are open, which wait for an assessment, and which notice is overdue."""
    today = wardround.clock().astimezone().date()
    with wardround.database.read() as tx:
        found = Breaches(tx, wardround.clock).list()
    still = [one for one in found if not one.closed]
    yield Fact(
        says=f"The register has {counted(len(found), 'incident')}, {len(still)} of them open.",
        address=_BREACHES,
    )
    waiting = [
        one
        for one in still
        if one.assessment is None and today - one.circumstances.discovered > MONTH
    ]
    if waiting:
        yield wrong(
            f"Not assessed for over 30 days: {len(waiting)}.",
            "Assess them: until then each is presumed to be a breach.",
            _BREACHES,
        )
    duties = [duty for one in still if (duty := next_duty(one, today)) is not None]
    late = [duty for duty in duties if duty.held_until is None and duty.days_left(today) < 0]
    if late:
        yield wrong(f"Notices overdue: {len(late)}.", "Give them now.", _BREACHES)


def access_review(wardround: Wardround) -> Iterator[Fact]:
    """When the trail was last looked through for unusual access, and what waits for a person."""
    now = wardround.clock()
    with wardround.database.read() as tx:
        last = Looks(tx, wardround.clock).last()
        register = Cases(tx, wardround.clock)
        total, lately = register.count(), register.count(now - MONTH)
    if last is None or now - last.at > WEEK:
        says = (
            "The trail was never looked through for unusual access."
            if last is None
            else f"The trail was last looked through for unusual access on {on(last.at)}."
        )
        yield wrong(says, "The running server does so once a day; or do it on its page.", _CASES)
    else:
        yield Fact(
            says=f"The trail was looked through for unusual access on {on(last.at)}.",
            address=_CASES,
        )
    if total > lately:
        old = counted(total - lately, "case")
        yield wrong(f"Waiting for over 30 days: {old}.", "Review each.", _CASES)
    else:
        yield Fact(says=f"Waiting for a review: {counted(total, 'case')}.", address=_CASES)


PROBES: dict[str, Probe] = {"incidents": incidents, "access-review": access_review}
