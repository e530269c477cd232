"""What is told of incidents, and of the review of access."""

from tests.evidence.looking import DAY, RUTH, facts, later, today, told, wrong
from tests.privacy.breaches.incidents import known, weighed
from wardround.bootstrap import Wardround, review_access
from wardround.privacy.breaches import Breaches, Conclusion
from wardround.privacy.oversight import Cases, Reason, Suspect


def test_incidents_are_assessed_and_told_of_in_time(house: Wardround) -> None:
    assert wrong(house, "incidents") == ""
    assert "no incidents, 0 of them open" in facts(house, "incidents")[0].says
    with house.database.begin() as tx:
        one = Breaches(tx, house.clock).enter(known(discovered=today()), RUTH)
    assert wrong(house, "incidents") == ""
    assert "Not assessed for over 30 days: 1." in wrong(later(house, 31 * DAY), "incidents")
    assert "Notices overdue: 1." in wrong(later(house, 61 * DAY), "incidents")
    with house.database.begin() as tx:
        register = Breaches(tx, house.clock)
        register.assess(one.id, 1, Conclusion.LOW, "It was found again.", weighed(), RUTH)
    assert wrong(later(house, 61 * DAY), "incidents") == ""


def test_the_trail_is_looked_through(house: Wardround) -> None:
    told(house, "read")
    assert "never looked through" in wrong(house, "access-review")
    review_access(house, 7, RUTH)
    assert wrong(house, "access-review") == ""
    assert "looked through for unusual access on" in facts(house, "access-review")[0].says
    assert "last looked through" in wrong(later(house, 8 * DAY), "access-review")


def test_a_case_that_waits_too_long_is_told(house: Wardround) -> None:
    review_access(house, 7, RUTH)
    seen = house.clock()
    reason = Reason(rule="co-worker", points=3, events=(1,))
    suspect = Suspect(
        person="ada", patient="Patient/1", reasons=(reason,), first=seen, last=seen, event=1
    )
    with house.database.begin() as tx:
        Cases(tx, house.clock).keep([suspect])
    assert facts(house, "access-review")[1].says == "Waiting for a review: 1 case."
    assert wrong(house, "access-review") == ""
    assert "Waiting for over 30 days: 1 case." in wrong(later(house, 31 * DAY), "access-review")
