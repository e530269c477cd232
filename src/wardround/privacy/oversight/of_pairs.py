"""The rules about one person and one patient; each says one thing that can be seen in the trail."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from wardround.privacy.oversight.activity import Activity, Pair
from wardround.privacy.oversight.closeness import Bond, Closeness
from wardround.privacy.oversight.company import Company
from wardround.privacy.oversight.rule import MOST_EVENTS, Reason, Rule, Rules
from wardround.privacy.oversight.surnames import share

_NAMED = 3
"""Days that a sentence names; more are counted."""


class PairRules:
    """Looks at pairs with what the record knows of both."""

    def __init__(
        self,
        rules: Rules,
        activity: Activity,
        company: Company,
        closeness: Closeness,
        watched: Collection[str],
    ) -> None:
        self._rules = rules
        self._activity = activity
        self._company = company
        self._closeness = closeness
        self._watched = watched

    def look(self, pair: Pair) -> list[Reason]:
        """Return the reasons that are worth any point, the strongest first."""
        bond = self._closeness.bond(pair)
        found = [one for one in self._reasons(pair, bond) if one.points]
        if pair.count and found and (late := self._long_after(pair, bond)):
            found.append(late)
        return sorted(found, key=lambda one: -one.points)

    def _reasons(self, pair: Pair, bond: Bond) -> Iterator[Reason]:
        if pair.count:
            yield from self._who(pair, bond)
            yield from self._marked(pair, bond)
            yield from self._apart(pair, bond)
            yield from self._when(pair, bond)
        if len(pair.refused) >= self._rules["refused"].limit("times"):
            facts = {"times": str(len(pair.refused))}
            events = pair.refused[:MOST_EVENTS]
            yield _reason(self._rules["refused"], bond, facts, events)

    def _who(self, pair: Pair, bond: Bond) -> Iterator[Reason]:
        """Who both are: one and the same, a family, a household, colleagues."""
        same = self._company.as_person(pair.patient)
        if same == pair.person:
            yield _reason(self._rules["own-chart"], bond, {}, pair.events)
            return
        if same is not None:
            yield _reason(self._rules["co-worker"], bond, {}, pair.events)
        home = self._rules["same-home"]
        shared = self._company.shared(pair.person, pair.patient, int(home.limit("most_patients")))
        if shared:
            yield _reason(home, bond, {"shared": " and ".join(shared)}, pair.events)
        theirs = self._company.patient(pair.patient).families
        both = self._company.families(pair.person) & theirs
        if both:
            yield _reason(self._named(min(map(share, both))), bond, {}, pair.events)

    def _named(self, common: float) -> Rule:
        for name in ("very-common-name", "common-name"):
            if common >= self._rules[name].limit("share"):
                return self._rules[name]
        return self._rules["family-name"]

    def _marked(self, pair: Pair, bond: Bond) -> Iterator[Reason]:
        """Whether the patient is one to be careful with."""
        if pair.patient in self._watched:
            yield _reason(self._rules["watched-patient"], bond, {}, pair.events)
        elif labels := self._company.patient(pair.patient).labels:
            facts = {"label": ", ".join(labels)}
            yield _reason(self._rules["special-patient"], bond, facts, pair.events)

    def _apart(self, pair: Pair, bond: Bond) -> Iterator[Reason]:
        """Whether nothing had to do with care."""
        rule = self._rules["no-relation"]
        days = self._closeness.apart(pair)
        if days and pair.role in rule.limits["roles"]:
            yield _reason(rule, bond, {"days": _listed(days)}, pair.events)
        died, rule = self._company.patient(pair.patient).died, self._rules["after-death"]
        if died is not None and (after := (pair.opened - died).days) > rule.limit("days"):
            yield _reason(rule, bond, {"days": str(after)}, pair.events)

    def _when(self, pair: Pair, bond: Bond) -> Iterator[Reason]:
        if pair.odd:
            own = self._activity.knows_hours(pair.person)
            facts = {
                "at": _moment(pair.odd[0][1]),
                "whose": "the hours they usually work" if own else "the hours of the clinic",
            }
            events = [number for number, _ in pair.odd]
            yield _reason(self._rules["unusual-hours"], bond, facts, events)

    def _long_after(self, pair: Pair, bond: Bond) -> Reason | None:
        rule = self._rules["long-after"]
        days = int(rule.limit("days"))
        if pair.role not in rule.limits["roles"] or not self._closeness.long_after(pair, days):
            return None
        return _reason(rule, bond, {"days": str(days)}, pair.events)


def _reason(rule: Rule, bond: Bond, facts: dict[str, str], events: list[int]) -> Reason:
    points = {Bond.NONE: rule.points, Bond.NEAR: rule.near, Bond.TREATED: rule.treated}[bond]
    return Reason(rule=rule.name, points=points, facts=facts, events=tuple(events))


def _listed(days: list[date]) -> str:
    named = ", ".join(day_of(one) for one in sorted(days)[:_NAMED])
    more = len(days) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def day_of(day: date) -> str:
    """Return a day as it is written: ``24 Nov 2026``."""
    return f"{day.day} {day:%b %Y}"


def _moment(at: datetime) -> str:
    return f"{at:%H:%M} on {day_of(at.date())}"
