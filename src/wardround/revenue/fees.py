"""What was to be expected: asked of the clinic's own fee schedules, where they are loaded."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

Fees = Callable[[str, str, tuple[str, ...], date], Decimal | None]
"""What a payer (by its id) allows for one unit of a procedure with its modifiers on a day."""


def no_fees(payer: str, procedure: str, modifiers: tuple[str, ...], day: date) -> Decimal | None:
    """Return nothing: no schedule is loaded, so nothing is expected."""
    del payer, procedure, modifiers, day
    return None
