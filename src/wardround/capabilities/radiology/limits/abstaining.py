"""When the model says that it cannot decide, so that the promise holds at another hospital too.

Conformal sets are made for each outcome apart (Mondrian; Vovk, Gammerman and Shafer 2005, 4.5), so
another share of pneumonia does not break them. Other images do: sets fitted on validation alone
covered too few of the healthy elsewhere. So each bound is the widest of those that held in the
tuning half and in pseudo-sites the networks had not seen, and of what their spread lets expect of
one more place. That is a bound over shifts like those that were tried, and no guarantee for a
hospital that is unlike all of them: only its own labelled cases tell (``recalibrating``).
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits.limits import Bounds, Limits

Numbers = NDArray[np.float64]
Answer = Literal["healthy", "pneumonia"]

FEWEST = 50
"""Labelled cases of each outcome at the site from which coverage there can be promised: with fewer
a share of .90 has a standard error above .04."""
EXPECTED = 0.9
"""Share of new places that the bounds allow for; more would leave more images undecided."""


class Promise(NamedTuple):
    """Whether coverage is promised here, and why it is not."""

    kept: bool
    says: str


def answers(odds: float, bounds: Bounds) -> tuple[Answer, ...]:
    """Return what can be true at log-odds (even odds before), in the order healthy, pneumonia.

    Where the bounds leave neither, the set is empty: both outcomes are seldom here.
    """
    found: list[Answer] = []
    if odds <= bounds.healthy:
        found.append("healthy")
    if odds >= bounds.pneumonia:
        found.append("pneumonia")
    return tuple(found)


def bounds_of(odds: Numbers, labels: NDArray[np.int64], coverage: float) -> Bounds:
    """Return the bounds that hold ``coverage`` of each outcome, with the finite-sample step.

    Of ``n`` cases the ceil((n + 1) coverage)-th counts (Lei et al. 2018, JASA 113:1094); with too
    few for that, nothing is ruled out.
    """
    healthy, ill = np.sort(odds[labels == 0]), np.sort(-odds[labels == 1])
    return Bounds(healthy=_rank(healthy, coverage), pneumonia=-_rank(ill, coverage))


def widest(bounds: Sequence[Bounds]) -> Bounds:
    """Return the bounds that hold wherever one of these does."""
    return Bounds(
        healthy=max(one.healthy for one in bounds), pneumonia=min(one.pneumonia for one in bounds)
    )


def elsewhere(bounds: Sequence[Bounds]) -> Bounds:
    """Return the widest of the bounds of several places, and of what is expected of one more.

    The bound at a new place lies within a prediction interval by Student's t (Higgins, Thompson and
    Spiegelhalter 2009, JRSS A 172:137); on each side ``EXPECTED`` of new places are allowed for.
    """
    from scipy.stats import t

    many = len(bounds)
    reach = float(t.ppf(EXPECTED, many - 1)) * np.sqrt(1 + 1 / many)
    healthy = np.array([one.healthy for one in bounds])
    ill = np.array([one.pneumonia for one in bounds])
    expected = Bounds(
        healthy=float(healthy.mean() + reach * healthy.std(ddof=1)),
        pneumonia=float(ill.mean() - reach * ill.std(ddof=1)),
    )
    return widest([*bounds, expected])


def prevalence_here(odds: Numbers, start: float = 0.5) -> float:
    """Return the share of pneumonia that explains the log-odds of many unlabelled images.

    Expectation maximisation (Saerens, Latinne and Decaestecker 2002, Neural Computation 14:21). It
    is shown to whoever looks after the model, and never moves the answer to one image: an answer
    must not depend on who else came that day. It holds where nothing but the share has changed.
    """
    share = start
    for _ in range(200):
        posterior = 1 / (1 + np.exp(-(odds + np.log(share / (1 - share)))))
        new = float(np.clip(posterior.mean(), 1e-3, 1 - 1e-3))
        if abs(new - share) < 1e-6:
            break
        share = new
    return share


def promised(limits: Limits) -> Promise:
    """Return what is promised at a site, by the labelled cases that it has brought."""
    healthy, ill = limits.cases
    if min(healthy, ill) >= FEWEST:
        return Promise(
            True, f"Of each outcome {100 * limits.coverage:.0f} % are covered, on cases from here."
        )
    if healthy + ill:
        return Promise(
            False,
            f"Coverage is not promised: {FEWEST} labelled cases of each outcome are needed here, "
            f"and there are {healthy} without and {ill} with pneumonia.",
        )
    return Promise(
        False, "Coverage is not promised here: the model was not checked on cases from here."
    )


def _rank(rising: Numbers, coverage: float) -> float:
    place = int(np.ceil((len(rising) + 1) * coverage)) - 1
    return float(rising[place]) if place < len(rising) else float("inf")
