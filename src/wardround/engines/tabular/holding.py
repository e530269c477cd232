"""Who training never sees: a part at random, the last in time, or named sites."""

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.reading import Columns
from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Table, outcomes, texts
from wardround.kernel import InvalidInput


def hold_out(spec: Spec, table: Table) -> tuple[Columns, Columns]:
    """Return the part to learn from and the part held out, as the spec's split says."""
    outcome = outcomes(spec, table)
    split = spec.split
    if split.kind == "random":
        held = _at_random(outcome, split.fraction, spec.seed)
    elif split.kind == "site":
        held = _of_sites(spec, texts(table, split.column))
    else:
        held = _last(texts(table, split.column), split.fraction)
    return taken(table, ~held), taken(table, held)


def taken(table: Table, rows: NDArray[np.bool_]) -> Columns:
    """Return the rows of a table for which ``rows`` is true."""
    places = np.flatnonzero(rows)
    return {name: [values[place] for place in places] for name, values in table.items()}


def _at_random(outcome: NDArray[np.int64], fraction: float, seed: int) -> NDArray[np.bool_]:
    """Return a part with the outcome as often as the rest has it."""
    held = np.zeros(len(outcome), dtype=bool)
    draw = np.random.default_rng(seed)
    for value in (0, 1):
        places = draw.permutation(np.flatnonzero(outcome == value))
        held[places[: round(fraction * len(places))]] = True
    return held


def _last(values: list[str], fraction: float) -> NDArray[np.bool_]:
    """Return the last part in time; whole days stay together."""
    try:
        when = np.array([float(value) for value in values])
    except ValueError:  # dates in ISO 8601 sort as texts
        when = np.unique(np.array(values), return_inverse=True)[1].astype(float)
    return np.asarray(when > np.quantile(when, 1 - fraction, method="lower"))


def _of_sites(spec: Spec, values: list[str]) -> NDArray[np.bool_]:
    lacking = [site for site in spec.split.sites if site not in values]
    if lacking or not spec.split.sites:
        raise InvalidInput(
            f"There is no row of {lacking[0]}." if lacking else "Which sites are held out?",
            where=f"split, {spec.split.column}",
            mend="Name under sites those that training is not to see.",
        )
    return np.isin(np.array(values), spec.split.sites)
