"""Whether an 835 balances at each level (005010X221A1, section 1.10.2)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum

from wardround.capabilities.billing.model import Adjustment, Money
from wardround.capabilities.billing.remittance import PaidClaim, PaidLine, Remittance
from wardround.kernel import Noun


class Level(StrEnum):
    """Where a remittance has to balance."""

    LINE = "service line"
    CLAIM = "claim"
    PAYMENT = "payment"


class Imbalance(Noun):
    """A sum that is not what it should be: of ``claim`` (patient control number), of its ``line``.

    ``expected`` is what the parts make, ``told`` what the payer wrote.
    """

    level: Level
    claim: str = ""
    line: int | None = None
    expected: Money
    told: Money
    says: str


def unbalanced(remittance: Remittance) -> list[Imbalance]:
    """Return every sum of a remittance that does not hold; nothing of such a one is posted."""
    found = [one for claim in remittance.claims for one in _of_claim(claim)]
    paid = sum((claim.paid for claim in remittance.claims), Decimal())
    withheld = sum((one.amount for one in remittance.adjustments), Decimal())
    if paid - withheld != remittance.amount:
        found.append(
            Imbalance(
                level=Level.PAYMENT,
                expected=paid - withheld,
                told=remittance.amount,
                says="The claims' payments (CLP04) less the provider adjustments (PLB) are not "
                "the payment (BPR02).",
            )
        )
    return found


def _of_claim(claim: PaidClaim) -> Iterator[Imbalance]:
    for number, line in enumerate(claim.lines, 1):
        yield from _of_line(claim, line, number)
    less = _sum(claim.adjustments) + sum((_sum(one.adjustments) for one in claim.lines), Decimal())
    if claim.charge - less != claim.paid:
        yield Imbalance(
            level=Level.CLAIM,
            claim=claim.id,
            expected=claim.charge - less,
            told=claim.paid,
            says="The claim's charge (CLP03) less all its adjustments (CAS) is not what it is "
            "paid (CLP04).",
        )


def _of_line(claim: PaidClaim, line: PaidLine, number: int) -> Iterator[Imbalance]:
    expected = line.charge - _sum(line.adjustments)
    if expected != line.paid:
        yield Imbalance(
            level=Level.LINE,
            claim=claim.id,
            line=number,
            expected=expected,
            told=line.paid,
            says="The line's charge (SVC02) less its adjustments (CAS) is not what it is paid "
            "(SVC03).",
        )


def _sum(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((one.amount for one in adjustments), Decimal())
