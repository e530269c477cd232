"""The rules about how one person reads, whoever it is of, beside their own past and their peers."""

from collections.abc import Iterator, Sequence

from wardround.privacy.oversight.activity import Activity, Person
from wardround.privacy.oversight.habit import Habit, far_above, usual
from wardround.privacy.oversight.of_pairs import day_of
from wardround.privacy.oversight.rule import MOST_EVENTS, Reason, Rule, Rules


class PeopleRules:
    """Looks at each person of a span."""

    def __init__(self, rules: Rules, activity: Activity) -> None:
        self._rules = rules
        self._activity = activity

    def look(self, person: str) -> list[Reason]:
        """Return the reasons of one person, the strongest first."""
        found = self._reasons(person, self._activity.people[person])
        return sorted(found, key=lambda one: -one.points)

    def _reasons(self, person: str, did: Person) -> Iterator[Reason]:
        yield from self._many(person, did)
        yield from self._emergencies(person, did)
        bulk = self._rules["bulk"]
        if did.burst is not None and did.burst[0] >= bulk.limit("charts"):
            count, events, day = did.burst
            minutes = f"{bulk.limit('minutes'):g}"
            facts = {"count": str(count), "minutes": minutes, "day": day_of(day)}
            yield _reason(bulk, facts, events)
        exports = self._rules["exports"]
        spared = did.role in exports.limits["spared"]
        if len(did.exports) >= exports.limit("times") and not spared:
            yield _reason(exports, {"count": str(len(did.exports))}, did.exports)
        refused = self._rules["refused-often"]
        if len(did.refused) >= refused.limit("patients"):
            facts = {"count": str(len(did.refused))}
            yield _reason(refused, facts, list(did.refused.values()))

    def _many(self, person: str, did: Person) -> Iterator[Reason]:
        """Far above the person's own days before, and above those of their role."""
        rule = self._rules["many-charts"]
        if did.busiest is None or did.busiest[0] < rule.limit("floor"):
            return
        count, events, day = did.busiest
        own = self._activity.history.get(person, Habit()).days
        own = own if len(own) >= rule.limit("own_days") else []
        peers = self._peers(person, did.role)
        days = [number for one in peers for number in self._all_days(one)]
        days = days if len(peers) >= rule.limit("peers") else []
        spread = rule.limit("spread")
        known: list[Sequence[int]] = [numbers for numbers in (own, days) if numbers]
        if known and all(far_above(count, numbers, spread) for numbers in known):
            facts = {
                "count": str(count),
                "day": day_of(day),
                "own": usual(own),
                "own_days": str(len(own)),
                "peers": usual(days),
                "n": str(len(peers)),
            }
            yield _reason(rule, facts, events)

    def _emergencies(self, person: str, did: Person) -> Iterator[Reason]:
        rule = self._rules["emergency-often"]
        times = len(did.emergencies)
        if times < rule.limit("times"):
            return
        peers = self._peers(person, did.role)
        others = [len(self._activity.people[one].emergencies) for one in peers]
        if not others or far_above(times, others, rule.limit("spread")):
            facts = {"count": str(times), "peers": usual(others), "n": str(len(peers))}
            yield _reason(rule, facts, did.emergencies)

    def _peers(self, person: str, role: str) -> list[str]:
        return [
            one
            for one, did in self._activity.people.items()
            if one != person and did.role == role and self._all_days(one)
        ]

    def _all_days(self, person: str) -> Sequence[int]:
        """Return a person's charts a day, those before the span too."""
        before = self._activity.history.get(person, Habit()).days
        return [*before, *self._activity.people[person].habit.days]


def _reason(rule: Rule, facts: dict[str, str], events: Sequence[int]) -> Reason:
    shown = tuple(events[:MOST_EVENTS])
    return Reason(rule=rule.name, points=rule.points, facts=facts, events=shown)
