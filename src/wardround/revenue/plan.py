"""What posting a remittance would do, told before anything is done."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from wardround.capabilities.billing import Claim, PaidClaim, Remittance
from wardround.kernel import Noun
from wardround.revenue.adjudged import REVERSAL, legs_of, overturned, standing, told_again
from wardround.revenue.fees import Fees
from wardround.revenue.ledger import sweep
from wardround.revenue.model import Account, Balance, Leg, Listed, balance_of
from wardround.revenue.money import cents, dollars
from wardround.revenue.state import MOVES, ClaimState
from wardround.revenue.variances import Variance, variances

PREDETERMINED = "25"
"""CLP02 of a claim that was only priced: nothing was decided."""


class Planned(Noun):
    """What becomes of one claim of a remittance; held where ``claim`` is none, and ``why``."""

    paid: PaidClaim
    claim: str | None = None
    why: str = ""
    now: ClaimState | None = None
    then: ClaimState | None = None
    after: Balance = Balance()
    legs: tuple[Leg, ...] = ()
    overturns: bool = False
    variances: tuple[Variance, ...] = ()

    @property
    def reverses(self) -> bool:
        """Whether it takes back what was decided before."""
        return self.paid.status == REVERSAL

    def sum_of(self, account: Account) -> Decimal:
        """Return what it brings to an account."""
        return dollars(sum(leg.cents for leg in self.legs if leg.account == account))


class Plan(Noun):
    """What becomes of a whole remittance: of its claims, and of what is of no claim."""

    remittance: Remittance
    claims: tuple[Planned, ...]

    @property
    def unapplied(self) -> Decimal:
        """What is paid for claims that we do not know."""
        return sum((one.paid.paid for one in self.claims if one.claim is None), Decimal("0.00"))

    @property
    def provider_legs(self) -> tuple[Leg, ...]:
        """What the payer kept back or added for no claim."""
        legs = []
        for one in self.remittance.adjustments:
            amount = cents(one.amount)
            legs.append(Leg(account=Account.PROVIDER, cents=amount, reason=one.reason[:8]))
            legs.append(Leg(account=Account.CASH, cents=-amount, reason=one.reason[:8]))
        return tuple(legs)

    @property
    def held_legs(self) -> tuple[Leg, ...]:
        """What waits until somebody says for which claim it was paid."""
        amount = cents(self.unapplied)
        return (
            Leg(account=Account.CASH, cents=amount),
            Leg(account=Account.UNAPPLIED, cents=-amount),
        )


def plan_of(
    remittance: Remittance,
    known: Mapping[str, Listed],
    bodies: Mapping[str, Claim],
    fees: Fees,
) -> Plan:
    """Return what posting would do; a claim that comes twice is planned in that order."""
    standing_now = dict(known)
    planned: list[Planned] = []
    for paid in remittance.claims:
        claim = standing_now.get(paid.id)
        why = _held(paid, claim)
        if claim is None or why:
            planned.append(Planned(paid=paid, why=why))
            continue
        one = plan_claim(paid, claim, bodies.get(claim.id), Account.CASH, fees)
        changed = {"state": one.then, "balance": one.after}
        standing_now[claim.id] = claim.model_copy(update=changed)
        planned.append(one)
    return Plan(remittance=remittance, claims=tuple(planned))


def plan_claim(
    paid: PaidClaim, claim: Listed, body: Claim | None, money: Account, fees: Fees
) -> Planned:
    """Return what a decision makes of a claim that we know."""
    legs = legs_of(paid, claim.id, body, money)
    legs += told_again(_with(claim.balance, legs), legs, claim.id)
    after = _with(claim.balance, legs)
    again: list[Leg] = []
    if claim.state is ClaimState.REPLACED:
        legs += sweep(claim.model_copy(update={"balance": after}), Account.REPLACED)
        then = ClaimState.REPLACED
    else:
        again = overturned(after, claim.id)
        then = standing(_with(after, again))
    legs += again
    return Planned(
        paid=paid,
        claim=claim.id,
        now=claim.state,
        then=then,
        after=_with(claim.balance, legs),
        legs=tuple(legs),
        overturns=bool(again),
        variances=tuple(variances(paid, claim, body, fees)),
    )


def _held(paid: PaidClaim, claim: Listed | None) -> str:
    if paid.status == PREDETERMINED:
        return "It was only priced; nothing was decided."
    if claim is None:
        return "We know no claim of this number."
    if claim.state is not ClaimState.REPLACED and ClaimState.PAID not in MOVES[claim.state]:
        return f"Our claim of this number is {claim.state}: it was never sent."
    return ""


def _with(balance: Balance, legs: Sequence[Leg]) -> Balance:
    more = balance_of(legs)
    return Balance(**{name: getattr(balance, name) + getattr(more, name) for name in _PARTS})


_PARTS = tuple(Balance.model_fields)
