"""What a decision leaves for a person to do: each denial, each underpayment, a second insurer."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from wardround.capabilities.billing import Adjustment, Claim, Money
from wardround.kernel import Noun
from wardround.revenue.adjudged import services_of
from wardround.revenue.model import Account
from wardround.revenue.plan import Planned
from wardround.revenue.reasons import account_of
from wardround.revenue.state import ClaimState
from wardround.revenue.variances import VarianceKind

FORWARDED = frozenset({"19", "20", "21"})
"""CLP02 of a claim that the payer passed on to the next one itself."""


class WorkKind(StrEnum):
    """What there is to do."""

    DENIAL = "denial"
    UNDERPAID = "underpaid"
    SECONDARY = "second insurer"


class Deed(StrEnum):
    """How an item ended."""

    CORRECTED = "corrected"
    APPEALED = "appealed"
    PATIENT = "patient"
    WRITTEN_OFF = "written off"
    ACCEPTED = "accepted"
    BILLED = "billed"
    ANEW = "decided anew"


class Task(Noun):
    """One thing to do about a claim, as a remittance leaves it."""

    kind: WorkKind
    service: int | None = None
    procedure: str = ""
    group: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()
    amount: Money


class WorkItem(Task):
    """A task as it is kept: since when, by when, whose, and how it ended."""

    id: str
    claim: str
    payment: str
    opened: datetime
    due: date
    assigned: str | None = None
    done: datetime | None = None
    done_by: str | None = None
    deed: Deed | None = None

    def days_left(self, today: date) -> int:
        """Return the days until its last; below 0 when that is over."""
        return (self.due - today).days


def tasks_of(one: Planned, body: Claim | None) -> Iterator[Task]:
    """Give what a decision leaves to do; a reversal, or what is of a replaced claim, nothing."""
    if one.reverses or one.then is ClaimState.REPLACED:
        return
    yield from _denials(one, body)
    for found in one.variances:
        if found.kind is VarianceKind.UNDERPAID:
            yield Task(
                kind=WorkKind.UNDERPAID,
                service=found.service,
                procedure=found.procedure,
                amount=found.expected - found.found,
            )
    others = body is not None and len(body.subscribers) > 1
    if others and one.after.patient > 0 and one.paid.status not in FORWARDED:
        yield Task(kind=WorkKind.SECONDARY, amount=one.after.patient)


def _denials(one: Planned, body: Claim | None) -> Iterator[Task]:
    paid = one.paid
    for adjustment in filter(_is_denial, paid.adjustments):
        yield _denial(adjustment, None, "", paid.remarks)
    for line, service in zip(paid.lines, services_of(paid, body), strict=True):
        code = line.procedure or line.revenue
        for adjustment in filter(_is_denial, line.adjustments):
            yield _denial(adjustment, service, code, (*line.remarks, *paid.remarks))


def _denial(
    adjustment: Adjustment, service: int | None, procedure: str, remarks: tuple[str, ...]
) -> Task:
    return Task(
        kind=WorkKind.DENIAL,
        service=service,
        procedure=procedure,
        group=adjustment.group,
        reason=adjustment.reason,
        remarks=remarks,
        amount=adjustment.amount,
    )


def _is_denial(adjustment: Adjustment) -> bool:
    return adjustment.amount > 0 and account_of(adjustment) is Account.DENIED
