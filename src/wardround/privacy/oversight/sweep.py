"""Looking through a span of days: the trail is read once, the rules are asked, cases come out."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from wardround.kernel import Actor, InvalidInput, Noun
from wardround.privacy.oversight.activity import Activity
from wardround.privacy.oversight.case import Suspect
from wardround.privacy.oversight.cases import Cases
from wardround.privacy.oversight.closeness import Closeness
from wardround.privacy.oversight.company import Company
from wardround.privacy.oversight.habit import OpenHours
from wardround.privacy.oversight.known import Record
from wardround.privacy.oversight.of_pairs import PairRules
from wardround.privacy.oversight.of_people import PeopleRules
from wardround.privacy.oversight.rule import load_rules
from wardround.privacy.oversight.watched import Watched
from wardround.security import scan_trail

MOST_DAYS = 92
"""The longest span that is looked through at once."""


class Swept(Noun):
    """What looking through a span came to, and how much could be compared."""

    since: datetime
    until: datetime
    accesses: int
    people: int
    with_home: int
    suspects: tuple[Suspect, ...]


def sweep(
    tx: Connection,
    record: Record,
    people: Sequence[Actor],
    until: datetime,
    days: int,
    hours: OpenHours,
) -> Swept:
    """Look through the days before ``until``; what was reviewed before is no case again.

    Raise ``InvalidInput`` for a span that is none, or too long.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"It is 1 to {MOST_DAYS} days.", where="days")
    rules = load_rules()
    since = until - timedelta(days=days)
    activity = Activity(rules, hours, Cases(tx).settled())
    activity.remember(scan_trail(tx, since - timedelta(days=rules.history_days), since))
    activity.take(scan_trail(tx, since, until))
    patients = {pair.patient for pair in activity.pairs.values()}
    company = Company(record, people, sorted(patients))
    closeness = Closeness(record, company.references(), activity.pairs.values())
    of_pairs = PairRules(rules, activity, company, closeness, Watched(tx).patients())
    of_people = PeopleRules(rules, activity)
    suspects = [*_of_pairs(activity, of_pairs), *_of_people(activity, of_people)]
    return Swept(
        since=since,
        until=until,
        accesses=activity.accesses,
        people=len(people),
        with_home=company.with_home,
        suspects=tuple(one for one in suspects if one.points >= rules.open_at),
    )


def _of_pairs(activity: Activity, rules: PairRules) -> Iterator[Suspect]:
    for (person, patient), pair in activity.pairs.items():
        reasons = rules.look(pair)
        if reasons:
            yield Suspect(
                person=person,
                patient=patient,
                reasons=tuple(reasons),
                first=pair.first,
                last=pair.last,
                event=pair.newest,
            )


def _of_people(activity: Activity, rules: PeopleRules) -> Iterator[Suspect]:
    for person, did in activity.people.items():
        reasons = rules.look(person)
        if reasons:
            yield Suspect(
                person=person,
                patient=None,
                reasons=tuple(reasons),
                first=did.first,
                last=did.last,
                event=did.newest,
            )
