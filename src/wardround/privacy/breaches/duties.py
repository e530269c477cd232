"""Whom a breach must be told to, and by when (45 CFR 164.404 to 164.408, 164.412).

The clocks run from discovery, before anybody assessed the incident: until it is shown to be none,
it is presumed to be a breach.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from wardround.kernel import Noun
from wardround.privacy.breaches.incident import DAYS, Given, Incident
from wardround.privacy.breaches.states import STATES
from wardround.privacy.disclosures import OfficialRequest

MEDIA_OVER = 500
"""Media are told where more than this many live in one state (164.406(a))."""

AT_ONCE_FROM = 500
"""From this many on the Secretary is told with the individuals (164.408(b))."""

POSTING_FROM = 10
"""From this many without a good address a notice is posted or broadcast (164.404(d)(2)(ii))."""

POSTING_DAYS = 90
"""For how long the posting and its toll-free number stand (164.404(d)(2)(ii))."""


class DutyKind(StrEnum):
    """To whom."""

    INDIVIDUALS = "individuals"
    SUBSTITUTE = "substitute"
    MEDIA = "media"
    SECRETARY = "secretary"


class Duty(Noun):
    """One notice that is to be given: to whom, by which rule, by which day, and what was done."""

    key: str
    """Names it among the duties of its incident: the kind, and of media the state."""
    kind: DutyKind
    to: str
    rule: str
    due: date
    held_until: date | None = None
    """The last day of a delay that an official asked for and that stands."""
    given: Given | None = None

    def days_left(self, today: date) -> int:
        """Return the days until its last; below 0 when that is over."""
        return (self.due - today).days

    @property
    def days_late(self) -> int:
        """How many days too late it was given."""
        return 0 if self.given is None else max(0, (self.given.day - self.due).days)

    @property
    def stands_until(self) -> date | None:
        """The day until which a posting stays where it is, with its toll-free number."""
        if self.given is None or self.rule != "164.404(d)(2)(ii)":
            return None
        return self.given.day + timedelta(days=POSTING_DAYS)


class Stage(StrEnum):
    """Where an incident stands."""

    OPEN = "to be assessed"
    NOT_A_BREACH = "not a breach"
    BREACH = "breach, notices to be given"
    NOTIFIED = "notices given"
    CLOSED = "closed"


def stage_of(incident: Incident) -> Stage:
    """Return where ``incident`` stands."""
    if incident.closed:
        return Stage.CLOSED
    if incident.assessment is None:
        return Stage.OPEN
    if not incident.assessment.conclusion.is_breach:
        return Stage.NOT_A_BREACH
    left = any(duty.given is None for duty in duties_of(incident, incident.at.date()))
    return Stage.BREACH if left else Stage.NOTIFIED


def duties_of(incident: Incident, today: date) -> tuple[Duty, ...]:
    """Return the notices of ``incident``, those due soonest first; none where it is no breach."""
    assessment = incident.assessment
    if assessment is not None and not assessment.conclusion.is_breach:
        return ()
    given = {one.duty: one for one in incident.given}  # the last one entered counts
    standing = [one.until for one in incident.delays if one.stands(today)]
    held = max(standing, default=None)
    duties = [
        duty.model_copy(
            update={
                "due": _delayed(duty.due, incident.delays),
                "given": given.get(duty.key),
                "held_until": None if duty.key in given else held,
            }
        )
        for duty in _duties(incident)
    ]
    return tuple(sorted(duties, key=lambda duty: duty.due))


def next_duty(incident: Incident, today: date) -> Duty | None:
    """Return the notice that is due soonest of those to be given; none where nothing is left."""
    if incident.closed:
        return None
    return next((duty for duty in duties_of(incident, today) if duty.given is None), None)


def secretary_by(discovered: date, individuals: int) -> date:
    """Return the last day of the notice to the Secretary (164.408(b), (c))."""
    if individuals >= AT_ONCE_FROM:
        return discovered + timedelta(days=DAYS)
    return date(discovered.year, 12, 31) + timedelta(days=DAYS)


def _duties(incident: Incident) -> Iterable[Duty]:
    known = incident.circumstances
    due = known.discovered + timedelta(days=DAYS)
    yield _duty(DutyKind.INDIVIDUALS, "Each individual, by first-class mail", "164.404", due)
    if known.unreachable >= POSTING_FROM:
        to = "Those without a good address, by a posting or media, and a toll-free number"
        yield _duty(DutyKind.SUBSTITUTE, to, "164.404(d)(2)(ii)", due, ":posting")
    elif known.unreachable:
        to = "Those without a good address, by telephone or otherwise"
        yield _duty(DutyKind.SUBSTITUTE, to, "164.404(d)(2)(i)", due)
    for state, count in known.of_states().items():
        if count > MEDIA_OVER:
            to = f"Prominent media in {STATES[state]}"
            yield _duty(DutyKind.MEDIA, to, "164.406", due, f":{state}")
    rule = "164.408(b)" if known.individuals >= AT_ONCE_FROM else "164.408(c)"
    by = secretary_by(known.discovered, known.individuals)
    yield _duty(DutyKind.SECRETARY, "The Secretary of Health and Human Services", rule, by)


def _duty(kind: DutyKind, to: str, rule: str, due: date, more: str = "") -> Duty:
    return Duty(key=f"{kind}{more}", kind=kind, to=to, rule=rule, due=due)


def _delayed(due: date, delays: Iterable[OfficialRequest]) -> date:
    """Return the last day of a notice that officials had put off.

    A delay that runs beyond the last day moves it to the first day after the delay. The rule adds
    no days for one that ended earlier, so none are added here.
    """
    for one in sorted(delays, key=lambda one: one.day):
        if one.day <= due <= one.until:
            due = one.until + timedelta(days=1)
    return due
