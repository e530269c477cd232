"""The checks of one model in use: its inputs, what it says, what came of it, what people do.

Each look is made anew over all predictions since the watch began, so that a check fires at the
same patient whenever it is looked at. CUSUMs run from the first patient after the reference; PSI
and KS look at the last ``WINDOW``. Rates are held against ``ABSTAINED`` and ``OVERRIDDEN``.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from wardround.governance.monitoring import (
    Check,
    Reference,
    calibration,
    gap,
    ks,
    psi,
    rate,
    shift,
)
from wardround.governance.watch.prediction import Prediction
from wardround.governance.watch.spread import FIRST, Spread, Spreads
from wardround.kernel import InvalidInput

WINDOW = 500
"""The last predictions, whose spread is compared with that at validation."""

LOOKS = 365
"""Looks a year: the watch is kept daily."""

ABSTAINED = (0.0, 0.4)
"""A model that answers for fewer than 60 % of patients is not one that was switched on for them."""

OVERRIDDEN = (0.0, 0.5)
"""Where people set aside more than half of what is drafted, it is not of use to them."""

MISSING = 0.1
"""By how much an input may be missing more, or less, often than at validation."""


def checks_of(predictions: Sequence[Prediction], spreads: Spreads | None) -> list[Check]:
    """Return the checks of one model's predictions, in the order in which they were made.

    Without ``spreads``, inputs and predictions are not compared yet. Where they were ``local``,
    the first ``FIRST`` predictions are the reference, and the watch begins after them.
    """
    found: list[Check] = []
    if spreads is not None:
        since = predictions[FIRST:] if spreads.local else predictions
        found += _inputs(since, spreads)
        found += _outputs(since, spreads)
    found += _outcomes(predictions)
    found += _gaps(predictions)
    return [*found, *_rates(predictions)]


def _inputs(since: Sequence[Prediction], spreads: Spreads) -> Iterable[Check]:
    spoken = [one for one in since if one.inputs]
    watched = _watched(spreads)
    labels = {name: label for one in spoken for name, label in one.labels.items()}
    for name, spread in spreads.inputs.items():
        label = labels.get(name, name)
        values = [one.inputs.get(name) for one in spoken]
        if spread.enough and spread.kind == "number":
            numbers = [one for one in values if not isinstance(one, str)]
            yield from _of_numbers(spread, numbers, label, watched, "input shift")
        elif spread.enough:
            levels = [str(one) for one in values[-WINDOW:] if one is not None]
            yield _of_levels(spread, levels, label)
        low, high = max(0.0, spread.missing - MISSING), min(1.0, spread.missing + MISSING)
        last = values[-WINDOW:]
        missing = sum(one is None for one in last)
        yield rate("missing", label, (missing, len(last)), (low, high), LOOKS)


def _outputs(since: Sequence[Prediction], spreads: Spreads) -> Iterable[Check]:
    spread = spreads.predictions
    results = [one.result for one in since if one.result is not None]
    if not spread.enough:
        return
    yield from _of_numbers(spread, results, "Predictions", _watched(spreads), "output shift")
    recent = spread.within(results[-WINDOW:])
    compared = partial(ks, spread.numbers(), recent, "Predictions", LOOKS)
    yield _tried("distribution (KS)", "Predictions", len(recent), compared)


def _of_numbers(
    spread: Spread, values: Sequence[float | None], label: str, watched: int, kind: str
) -> Iterable[Check]:
    numbers, reference = spread.within(values), spread.numbers()

    def summed() -> Check:
        return shift(Reference(reference, label), numbers, watched, kind)

    yield _tried(kind, label, len(numbers), summed)
    recent = numbers[-WINDOW:]
    compared = partial(psi, reference, recent, label, LOOKS)
    yield _tried("distribution (PSI)", label, len(recent), compared)


def _of_levels(spread: Spread, levels: Sequence[str], label: str) -> Check:
    compared = partial(psi, spread.levels(), levels, label, LOOKS)
    return _tried("distribution (PSI)", label, len(levels), compared)


def _watched(spreads: Spreads) -> int:
    """Return how many CUSUMs share the false alarms: one an input with numbers, and one more."""
    return 1 + sum(one.kind == "number" for one in spreads.inputs.values())


def _outcomes(predictions: Sequence[Prediction]) -> Iterable[Check]:
    known = [
        one
        for one in predictions
        if one.outcome is not None and one.probability and one.result is not None
    ]
    if not known:
        return
    yield _calibration(known, "Predictions")
    for group in _groups(known):
        yield _calibration([one for one in known if group in one.groups.items()], group[1])


def _calibration(known: Sequence[Prediction], name: str) -> Check:
    risks = [one.result or 0.0 for one in known]
    return calibration([float(bool(one.outcome)) for one in known], risks, name)


def _gaps(predictions: Sequence[Prediction]) -> Iterable[Check]:
    """Return whether abstentions fall on other groups than among the first predictions here."""
    before, now = predictions[:FIRST], predictions[FIRST:][-FIRST:]
    if not now:
        return
    by_column: dict[str, list[str]] = {}
    for column, level in _groups(predictions):
        by_column.setdefault(column, []).append(level)
    for column, levels in by_column.items():
        for one, other in itertools.combinations(levels, 2):
            new, old = (
                (_abstained(of, column, one), _abstained(of, column, other)) for of in (now, before)
            )
            yield gap(f"Abstentions: {one} and {other}", new, old, LOOKS)


def _groups(predictions: Sequence[Prediction]) -> list[tuple[str, str]]:
    return sorted({pair for one in predictions for pair in one.groups.items()})


def _abstained(of: Sequence[Prediction], column: str, level: str) -> tuple[int, int]:
    own = [one.abstained for one in of if one.groups.get(column) == level]
    return sum(own), len(own)


def _rates(predictions: Sequence[Prediction]) -> Iterable[Check]:
    last = predictions[-WINDOW:]
    counts = sum(one.abstained for one in last), len(last)
    yield rate("abstained", "Abstained, of the last drafts", counts, ABSTAINED, LOOKS)
    decided = [one.overridden for one in predictions if one.overridden is not None][-WINDOW:]
    counts = sum(decided), len(decided)
    yield rate("overridden", "Rejected, or signed over a warning", counts, OVERRIDDEN, LOOKS)


def _tried(kind: str, subject: str, n: int, check: Callable[[], Check]) -> Check:
    """Return a check, or why it cannot be made: one value alone, or too few, at validation."""
    try:
        return check()
    except InvalidInput as error:
        rule = "never fires: nothing to compare with"
        return Check(
            kind=kind, subject=subject, n=n, value=None, rule=rule, fires=False, said=error.what
        )
