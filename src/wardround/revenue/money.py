"""Amounts are kept as whole cents, so that nothing rounds, and read as dollars."""

from decimal import Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> int:
    """Return an amount of at most two decimals as whole cents."""
    whole = amount * 100
    if whole != whole.to_integral_value():
        raise ValueError("an amount has parts of a cent")
    return int(whole)


def dollars(amount: int) -> Decimal:
    """Return whole cents as an amount with two decimals."""
    return (Decimal(amount) / 100).quantize(CENT)
