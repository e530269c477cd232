"""What happened in a span of days, gathered from the trail in one reading.

Of each person and patient, and of each person, it keeps counts, days and the first events: what it
holds grows with the people and patients of the span, not with the events.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from wardround.privacy.oversight.habit import Habit, OpenHours
from wardround.privacy.oversight.rule import MOST_EVENTS, Rule, Rules
from wardround.privacy.oversight.thing import Thing, thing_of
from wardround.security import Glance

Key = tuple[str, str | None]
"""A person, and a patient where it is about one."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class Pair:
    """What one person opened of one patient."""

    def __init__(self, person: str, patient: str) -> None:
        self.person = person
        self.patient = patient
        self.role = ""
        self.count = 0
        self.first = self.last = _NEVER
        self.opened = _NEVER
        """The last time that something was opened, and not refused."""
        self.days: dict[date, datetime] = {}
        """The days on which something was opened that was no emergency, with its first moment."""
        self.events: list[int] = []
        self.odd: list[tuple[int, datetime]] = []
        """What was opened at hours that are not usual."""
        self.refused: list[int] = []
        self.newest = 0

    def add(self, event: Glance, local: datetime) -> None:
        """Add something that was opened."""
        self.count += 1
        self.opened = event.at
        if event.purpose != "ETREAT":
            self.days.setdefault(local.date(), event.at)
        if len(self.events) < MOST_EVENTS:
            self.events.append(event.id)


class Person:
    """What one person did in the span, whoever it was of."""

    def __init__(self) -> None:
        self.role = ""
        self.habit = Habit()
        self.busiest: tuple[int, list[int], date] | None = None
        """The day with the most charts: how many, the first events, which day."""
        self.burst: tuple[int, list[int], date] | None = None
        """The same of the most charts within minutes."""
        self.exports: list[int] = []
        self.emergencies: list[int] = []
        self.refused: dict[str, int] = {}
        self.first = self.last = _NEVER
        self.newest = 0
        self._day: tuple[date, dict[str, int]] | None = None
        self._window: deque[tuple[datetime, str, int]] = deque()
        self._within: Counter[str] = Counter()

    def open(self, event: Glance, patient: str, local: datetime, within: timedelta) -> None:
        """Add something that was opened."""
        self.habit.add(local, patient)
        if self._day is None or self._day[0] != local.date():
            self._day = local.date(), {}
        seen = self._day[1]
        seen.setdefault(patient, event.id)
        if self.busiest is None or len(seen) > self.busiest[0]:
            self.busiest = len(seen), list(seen.values())[:MOST_EVENTS], local.date()
        self._slide(event, patient, local, within)

    def _slide(self, event: Glance, patient: str, local: datetime, within: timedelta) -> None:
        self._window.append((event.at, patient, event.id))
        self._within[patient] += 1
        while event.at - self._window[0][0] > within:
            _, gone, _ = self._window.popleft()
            self._within[gone] -= 1
            if not self._within[gone]:
                del self._within[gone]
        if self.burst is None or len(self._within) > self.burst[0]:
            first = {one: number for _, one, number in reversed(self._window)}
            self.burst = len(self._within), list(first.values())[:MOST_EVENTS], local.date()


class Activity:
    """Everybody's activity: history first, then the span, each event given once, by its time."""

    def __init__(self, rules: Rules, hours: OpenHours, settled: Mapping[Key, int]) -> None:
        self.pairs: dict[tuple[str, str], Pair] = {}
        self.people: dict[str, Person] = {}
        self.history: dict[str, Habit] = {}
        self.accesses = 0
        self._hours = hours
        self._settled = settled
        self._unusual: Rule = rules["unusual-hours"]
        self._within = timedelta(minutes=rules["bulk"].limit("minutes"))

    def remember(self, events: Iterable[Glance]) -> None:
        """Take in what was before the span: what is usual."""
        for event in events:
            if event.actor and event.subject and thing_of(event).opens:
                habit = self.history.setdefault(event.actor, Habit())
                habit.add(event.at.astimezone(), event.subject)

    def take(self, events: Iterable[Glance]) -> None:
        """Take in the span."""
        for event in events:
            if event.actor and event.role != "service":
                self._take(event, event.actor)

    def knows_hours(self, person: str) -> bool:
        """Whether enough of a person is known to tell their own hours."""
        habit = self.history.get(person)
        return habit is not None and len(habit.days) >= self._unusual.limit("active_days")

    def _take(self, event: Glance, actor: str) -> None:
        thing = thing_of(event)
        person = self.people.setdefault(actor, Person())
        person.role = event.role or person.role
        counts = event.id > self._settled.get((actor, None), 0)
        if counts:
            self._note(person, event, thing)
        if event.subject is None or not (thing.opens or thing is Thing.DENIED):
            return
        local = event.at.astimezone()
        if thing.opens:
            self.accesses += 1
            if counts:
                person.open(event, event.subject, local, self._within)
        if event.id > self._settled.get((actor, event.subject), 0):
            self._pair(event, actor, event.subject, thing, local)

    def _note(self, person: Person, event: Glance, thing: Thing) -> None:
        person.newest = max(person.newest, event.id)
        person.first = event.at if person.first is _NEVER else person.first
        person.last = event.at
        if thing is Thing.EXPORT:
            person.exports.append(event.id)
        elif event.action == "break-glass":
            person.emergencies.append(event.id)
        elif event.action == "denied" and event.subject is not None:
            person.refused.setdefault(event.subject, event.id)

    def _pair(self, event: Glance, actor: str, patient: str, thing: Thing, local: datetime) -> None:
        pair = self.pairs.setdefault((actor, patient), Pair(actor, patient))
        pair.role = event.role or pair.role
        pair.newest = max(pair.newest, event.id)
        pair.first = event.at if pair.first is _NEVER else pair.first
        pair.last = event.at
        if thing is Thing.DENIED:
            if event.action == "denied":
                pair.refused.append(event.id)
            return
        pair.add(event, local)
        if len(pair.odd) < MOST_EVENTS and not self._usual(actor, local):
            pair.odd.append((event.id, local))

    def _usual(self, person: str, local: datetime) -> bool:
        if self.knows_hours(person):
            return self.history[person].works_at(local, int(self._unusual.limit("days")))
        return self._hours.hold(local)
