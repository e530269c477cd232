"""The account: six years of disclosures, those to one recipient for one purpose told together."""

from collections.abc import Iterable
from datetime import date

from wardround.kernel import Noun
from wardround.privacy.disclosures.register import Entry

YEARS = 6
"""How far back a patient may ask (164.528(a)(1))."""


class Group(Noun):
    """Disclosures to one recipient for one purpose: the first in full, how many, and the last.

    That is what 164.528(b)(3) lets an account say of many.
    """

    recipient: str
    address: str
    why: str
    what: tuple[str, ...]
    count: int
    first: date
    last: date


class Account(Noun):
    """What a patient is told: the disclosures from ``since`` to ``until``, by recipient."""

    since: date
    until: date
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many disclosures there were."""
        return sum(group.count for group in self.groups)


def years_before(day: date, years: int) -> date:
    """Return the same day some years earlier."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February, and in that year there was none
        return day.replace(year=day.year - years, day=28)


def begins(until: date) -> date:
    """Return the first day of an account that ends on ``until``."""
    return years_before(until, YEARS)


def account_of(entries: Iterable[Entry], until: date) -> Account:
    """Return the account of these disclosures, in the order of their first days."""
    since = begins(until)
    known: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: one.day):
        if since <= entry.day <= until:
            key = (entry.recipient.casefold(), entry.why.casefold())
            known.setdefault(key, []).append(entry)
    return Account(since=since, until=until, groups=tuple(map(_group, known.values())))


def _group(entries: list[Entry]) -> Group:
    first, last = entries[0], entries[-1]
    return Group(
        recipient=first.recipient,
        address=next((one.address for one in entries if one.address), ""),
        why=first.why,
        what=tuple(dict.fromkeys(one.what for one in entries)),
        count=len(entries),
        first=first.day,
        last=last.day,
    )
