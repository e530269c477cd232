"""What a payer decided of one claim, as lines of the books, and where the claim then stands."""

from collections.abc import Iterable, Iterator

from wardround.capabilities.billing import Adjustment, Claim, PaidClaim, PaidLine, ServiceLine
from wardround.revenue.model import Account, Balance, Leg
from wardround.revenue.money import cents
from wardround.revenue.reasons import account_of
from wardround.revenue.state import ClaimState

REVERSAL = "22"
"""CLP02 of a claim whose earlier decision is taken back (835 TR3, section 1.10.2.8)."""


def legs_of(paid: PaidClaim, claim: str, body: Claim | None, money: Account) -> list[Leg]:
    """Return what was paid and adjusted; ``money`` is where what was paid came from.

    What the payer decided, by paying or by a reason, leaves what it is asked.
    """
    legs = [
        Leg(account=money, cents=cents(paid.paid), claim=claim),
        Leg(account=Account.PAYER, cents=-cents(paid.paid), claim=claim),
    ]
    for one, service in _adjustments(paid, body):
        where = {"claim": claim, "group": one.group, "reason": one.reason, "service": service}
        amount = cents(one.amount)
        legs.append(Leg(account=account_of(one), cents=amount, **where))
        legs.append(Leg(account=Account.PAYER, cents=-amount, **where))
    return legs


def told_again(balance: Balance, legs: Iterable[Leg], claim: str) -> list[Leg]:
    """Return what sets right a decision on more than was asked, for an earlier payer had decided.

    ``balance`` is what stands after the ``legs`` of the decision. What this payer tells again of
    the one before (OA-23) takes the place of what was booked; what it refuses beyond what it was
    asked for was never its to refuse.
    """
    sums = dict.fromkeys(Account, 0)
    for leg in legs:
        sums[leg.account] += leg.cents
    settled = -sums[Account.PAYER] - sums[Account.DENIED]
    over, earlier = -cents(balance.payer), cents(balance.earlier)
    again = max(min(over, earlier, settled), 0)
    refused = max(min(over - again, earlier - again, sums[Account.DENIED]), 0)
    return [
        *_between(Account.EARLIER, Account.PAYER, again, claim),
        *_between(Account.DENIED, Account.PAYER, refused, claim),
    ]


def _between(out: Account, to: Account, amount: int, claim: str) -> list[Leg]:
    if not amount:
        return []
    return [
        Leg(account=out, cents=-amount, claim=claim),
        Leg(account=to, cents=amount, claim=claim),
    ]


def overturned(balance: Balance, claim: str) -> list[Leg]:
    """Return what brings a denial back that the payer decided anew, without a reversal.

    Then more was decided than was asked, by as much as had been denied.
    """
    again = min(-cents(balance.payer), cents(balance.denied))
    return _between(Account.DENIED, Account.PAYER, max(again, 0), claim)


def standing(balance: Balance) -> ClaimState:
    """Return where a claim stands by what is decided of it."""
    if balance.denied > 0:
        return ClaimState.PARTLY if balance.paid > 0 else ClaimState.DENIED
    if balance.payer > 0:
        decided = balance.payer < balance.charge
        return ClaimState.PARTLY if decided else ClaimState.ACCEPTED
    return ClaimState.CLOSED if balance.open == 0 else ClaimState.PAID


def service_of(line: PaidLine, body: Claim | None, taken: Iterable[int] = ()) -> int | None:
    """Return the number of the service that a payer speaks of; none where it cannot be told.

    It is known by its control number, or by what was done, for how much, on which day.
    """
    if body is None:
        return None
    free = [one for one in body.lines if one.number not in set(taken)]
    by_control = [one for one in free if line.control and line.control == control_of(one)]
    same = by_control or [one for one in free if _same(one, line)]
    return same[0].number if same else None


def control_of(line: ServiceLine) -> str:
    """Return the line item control number that goes out with a service (REF*6R)."""
    return line.control or str(line.number)


def services_of(paid: PaidClaim, body: Claim | None) -> list[int | None]:
    """Return the number of the service of each line of a decision; none is told of twice."""
    found: list[int | None] = []
    for line in paid.lines:
        found.append(service_of(line, body, [one for one in found if one is not None]))
    return found


def _same(ours: ServiceLine, theirs: PaidLine) -> bool:
    code = theirs.procedure in {"", ours.procedure} and theirs.revenue in {"", ours.revenue}
    day = theirs.begins is None or ours.begins is None or theirs.begins == ours.begins
    return code and day and abs(theirs.charge) == ours.charge


def _adjustments(paid: PaidClaim, body: Claim | None) -> Iterator[tuple[Adjustment, int | None]]:
    for one in paid.adjustments:
        yield one, None
    for line, service in zip(paid.lines, services_of(paid, body), strict=True):
        for one in line.adjustments:
            yield one, service
