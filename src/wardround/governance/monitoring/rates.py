"""Rates that were agreed on: abstentions, overrides, and the gap between two groups."""

from math import sqrt

from wardround.governance.monitoring.check import FEWEST, LOOKS, Check, surer, too_few
from wardround.governance.validation import Measured, newcombe, wilson
from wardround.kernel import InvalidInput

MARGIN = 0.05
"""A gap that grew by less than this is not worth an alarm."""

Counts = tuple[int, int]
"""Hits, and of how many."""


def rate(
    kind: str, subject: str, counts: Counts, agreed: tuple[float, float], looks: int = LOOKS
) -> Check:
    """Return whether a rate (of abstentions, of overrides) is surely outside what was agreed."""
    hits, n = _checked(counts, kind)
    low, high = agreed
    if not 0 <= low < high <= 1:
        raise InvalidInput("What was agreed is no range of shares, 0 to 1.", where=kind)
    rule = (
        f"fires when the {surer(looks):.2%} interval (Wilson) lies wholly outside "
        f"{low:.0%} to {high:.0%}"
    )
    if n < FEWEST:
        return too_few(kind, subject, n, rule)
    sure, shown = wilson(hits, n, surer(looks)), wilson(hits, n)
    above, below = (sure.low or 0) > high, (1 if sure.high is None else sure.high) < low
    said = "Within what was agreed, as far as can be told."
    if above or below:
        said = f"{'More' if above else 'Less'} often than was agreed."
    return Check(
        kind=kind, subject=subject, n=n, value=shown, rule=rule, fires=above or below, said=said
    )


def gap(
    subject: str,
    now: tuple[Counts, Counts],
    before: tuple[Counts, Counts],
    looks: int = LOOKS,
) -> Check:
    """Return whether the gap of a rate between two groups has changed since validation.

    The intervals of the two gaps are joined as Zou and Donner 2008 (doi 10.1002/sim.3095).
    """
    kind = "gap between groups"
    for counts in (*now, *before):
        _checked(counts, subject)
    rule = (
        f"fires when the {surer(looks):.2%} interval of the change (Newcombe, Zou and Donner) lies "
        f"wholly beyond {MARGIN:.0%}"
    )
    fewest, n = min(now[0][1], now[1][1]), now[0][1] + now[1][1]
    reference = before[0][1] + before[1][1]
    if fewest < FEWEST or min(before[0][1], before[1][1]) < FEWEST:
        return too_few(kind, subject, fewest, rule, reference)
    sure, shown = _change(now, before, surer(looks)), _change(now, before, surer(1))
    fires = (sure.low or 0) > MARGIN or (sure.high or 0) < -MARGIN
    return Check(
        kind=kind,
        subject=subject,
        n=n,
        reference_n=reference,
        value=shown,
        rule=rule,
        fires=fires,
        said="The gap is another than at validation." if fires else "The gap is as at validation.",
    )


def _change(now: tuple[Counts, Counts], before: tuple[Counts, Counts], level: float) -> Measured:
    new, old = newcombe(*now, level), newcombe(*before, level)
    change = new.value - old.value
    low = change - sqrt((new.value - (new.low or 0)) ** 2 + ((old.high or 0) - old.value) ** 2)
    high = change + sqrt(((new.high or 0) - new.value) ** 2 + (old.value - (old.low or 0)) ** 2)
    return Measured(value=change, low=low, high=high)


def _checked(counts: Counts, where: str) -> Counts:
    hits, n = counts
    if not 0 <= hits <= n:
        raise InvalidInput(f"{hits} of {n} is no share.", where=where)
    return counts
