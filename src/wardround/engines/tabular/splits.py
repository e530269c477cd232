"""Who is held out when a model is validated: at random, by site, or later in time.

A random part is like the rest and flatters; a site or a later time is what a model will meet
(TRIPOD+AI, items 10 and 12; Steyerberg and Harrell 2016, J Clin Epidemiol 69:245).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Table, texts
from wardround.kernel import InvalidInput

FOLDS = 5
MOST_SITES = 10
"""More sites than these are held out several at a time."""
FEWEST_EVENTS = 10
"""Of each outcome, in each part held out: with fewer no AUROC is worth writing down."""


@dataclass(frozen=True)
class Part:
    """One part held out, and the rows that may be learned from for it."""

    name: str
    inside: NDArray[np.bool_]
    outside: NDArray[np.bool_]


def parts(spec: Spec, table: Table, outcome: NDArray[np.int64]) -> list[Part]:
    """Return the parts that the spec's split asks for; raise if one holds too few to look at."""
    if spec.split.kind == "random":
        place = at_random(outcome, spec.seed)
        return [Part(str(fold), place != fold, place == fold) for fold in range(FOLDS)]
    values = texts(table, spec.split.column)
    if "" in values:
        raise InvalidInput(
            "The column that splits the table has an empty cell.",
            where=f"{spec.split.column}, row {values.index('') + 1}",
            mend="Fill it, or split at random.",
        )
    found = _by_site(values) if spec.split.kind == "site" else _by_time(spec, values)
    for part in found:
        events = int(outcome[part.outside].sum())
        if min(events, int(part.outside.sum()) - events) < FEWEST_EVENTS:
            raise InvalidInput(
                f"Too few to hold out: {part.name} has fewer than {FEWEST_EVENTS} of an outcome.",
                where=spec.split.column,
                mend="Join it with another, or split at random.",
            )
    return found


def at_random(outcome: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Return each row's fold; each fold has its share of the outcome."""
    from sklearn.model_selection import StratifiedKFold

    folds = np.empty(len(outcome), dtype=np.int64)
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (_, outside) in enumerate(splitter.split(np.zeros(len(outcome)), outcome)):
        folds[outside] = fold
    return folds


def _by_site(values: list[str]) -> list[Part]:
    held = np.array(values)
    sites, sizes = np.unique(held, return_counts=True)
    if len(sites) < 2:
        raise InvalidInput(
            "There is one site alone.", where="split", mend="Split at random, or by time."
        )
    if len(sites) <= MOST_SITES:
        return [Part(str(site), held != site, held == site) for site in sites]
    load = np.zeros(FOLDS)
    place: dict[str, int] = {}
    for which in np.argsort(-sizes, kind="stable"):  # the largest first, to the emptiest fold
        place[str(sites[which])] = int(load.argmin())
        load[load.argmin()] += sizes[which]
    fold = np.array([place[value] for value in values])
    return [Part(f"sites {one + 1}", fold != one, fold == one) for one in range(FOLDS)]


def _by_time(spec: Spec, values: list[str]) -> list[Part]:
    """Return later and later parts; each is learned for from all that is before it."""
    try:
        when = np.array([float(value) for value in values])
    except ValueError:
        if any(len(value) < 10 or value[4] != "-" for value in values):
            raise InvalidInput(
                "The column that splits by time holds neither numbers nor dates.",
                where=spec.split.column,
                mend="Write 2026-11-28, or a year.",
            ) from None
        days = np.unique(np.array(values))
        when = np.searchsorted(days, values).astype(float)
    edges = np.unique(np.quantile(when, np.arange(1, FOLDS + 1) / (FOLDS + 1), method="lower"))
    block = np.searchsorted(edges, when)  # whole days stay together
    found = [
        Part(f"time {one + 1}", block < one, block == one)
        for one in np.unique(block)
        if (block < one).any()
    ]
    if not found:
        raise InvalidInput(
            "Every row is of the same time.", where=spec.split.column, mend="Split at random."
        )
    return found
