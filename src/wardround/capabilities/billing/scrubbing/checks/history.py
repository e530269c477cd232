"""The claim beside what is known: filed in time, billed once, new patients new."""

from collections.abc import Iterator
from datetime import date, timedelta

from wardround.capabilities.billing.model import Claim, ServiceLine
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.lists.ranges import group
from wardround.capabilities.billing.scrubbing.rule import Hit

NEW_AGAIN = 3
"""Years after which a patient is new to a group and specialty."""

CORRECTS = {"7", "8"}


def timely(case: Case) -> Iterator[Hit]:
    """See that the claim is filed before the payer's limit."""
    claim = case.claim
    day = case.through if not case.professional else claim.serviced
    if day is None or not claim.subscribers or case.frequency in CORRECTS:
        return
    where = "/lines/0/begins" if case.professional else "/ends"
    days = case.known.limits.get(claim.subscribers[0].payer.id)
    if days is not None:
        until = day + timedelta(days=days)
        if case.on > until:
            yield Hit("filing-late-payer", where, {"day": day, "until": until, "days": days})
    elif case.medicare:
        if case.on > (until := years_on(day, 1)):
            yield Hit("filing-late", where, {"day": day, "until": until})
    elif case.on > years_on(day, 1):
        yield Hit("filing-old", where, {"day": day})


def years_on(day: date, years: int) -> date:
    """Return the same day some years later; of a 29 February, the 28th.

    >>> years_on(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def billed_once(case: Case) -> Iterator[Hit]:
    """No service of this claim is on an earlier one, unless this one corrects it."""
    claim = case.claim
    if case.frequency in CORRECTS:
        return
    known = [one for one in case.known.claims if one is not claim and one.frequency != "8"]
    earlier = [one for one in known if not _coordinated(claim, one)]
    given = any(one.id == claim.id and one != claim for one in known)
    if given or claim.id in case.known.numbers:
        yield Hit("control-twice", "/id")
    billed = {_key(one, line): one.id for one in earlier for line in one.lines if _named(line)}
    for where, line in case.lines():
        before = billed.get(_key(claim, line)) if _named(line) else None
        if before is not None and not listed("repeats") & set(line.modifiers):
            yield Hit("duplicate-claim", where, {"line": line.number, "earlier": before})


def _coordinated(one: Claim, other: Claim) -> bool:
    """Whether one of two claims asks the insurer that pays after the other's."""
    return _asks_after(one, other) or _asks_after(other, one)


def _asks_after(second: Claim, first: Claim) -> bool:
    if not second.subscribers or not first.subscribers:
        return False
    asked, before = second.subscribers[0], {one.payer.id for one in second.subscribers[1:]}
    payer = first.subscribers[0].payer.id
    return asked.responsibility not in {"P", "U"} and payer != asked.payer.id and payer in before


def _named(line: ServiceLine) -> bool:
    return bool(line.procedure or line.revenue)


def _key(claim: Claim, line: ServiceLine) -> tuple[object, ...]:
    party = line.rendering or claim.rendering or claim.attending or claim.billing
    return (
        claim.kind, line.begins or claim.begins, line.procedure, line.revenue,
        frozenset(line.modifiers), party.npi,
    )  # fmt: skip


def new_patients(case: Case) -> Iterator[Hit]:
    """Who was seen by the group within three years is no new patient."""
    claim = case.claim
    for where, line in case.lines():
        if line.procedure not in group("new_patient") or line.begins is None:
            continue
        party = line.rendering or claim.rendering or claim.billing
        seen = [
            one.at
            for one in case.known.seen
            if one.group == claim.billing.npi
            and (not one.specialty or not party.taxonomy or one.specialty == party.taxonomy)
            and one.at < line.begins < years_on(one.at, NEW_AGAIN)
        ]
        seen += [
            other.begins
            for one in case.known.claims
            if one.billing.npi == claim.billing.npi and one.frequency != "8"
            for other in one.lines
            if other.procedure in group("visits")
            and other.begins is not None
            and other.begins < line.begins < years_on(other.begins, NEW_AGAIN)
            and _same_specialty(one, other, party.taxonomy)
        ]
        if seen:
            words = {"line": line.number, "day": max(seen)}
            yield Hit("new-patient", f"{where}/procedure", words)


def _same_specialty(claim: Claim, line: ServiceLine, taxonomy: str) -> bool:
    theirs = (line.rendering or claim.rendering or claim.billing).taxonomy
    return not theirs or not taxonomy or theirs == taxonomy


CHECKS = (timely, billed_once, new_patients)
