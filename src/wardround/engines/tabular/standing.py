"""How well the model did in each group of the development patients, unseen, and who is warned.

A group is known to be worse if the whole interval of its figure is worse than everyone's figure.
The intervals are widened for their number (Bonferroni), so that groups that differ by chance alone
are rarely named.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.table import Numbers

FEWEST_EVENTS = 20
"""Of each outcome: with fewer the normal interval of an AUROC is not to be believed."""


class Standing(NamedTuple):
    """One group; intervals hold for all groups at once, at 95 %."""

    group: str
    """``column=value``; empty for everyone."""
    patients: int
    events: int
    auroc: tuple[float, float, float]
    """The figure, and the ends of its interval."""
    observed: tuple[float, float, float]
    """Observed outcomes for each expected."""

    def worse_than(self, everyone: "Standing") -> list[str]:
        """Return in which ways the group is known to be worse."""
        found = []
        if self.auroc[2] < everyone.auroc[0]:
            found.append(
                f"tells apart less well: AUROC {self.auroc[0]:.2f} "
                f"({self.auroc[1]:.2f} to {self.auroc[2]:.2f}), of all {everyone.auroc[0]:.2f}"
            )
        if not self.observed[1] <= 1 <= self.observed[2]:
            side = "more" if self.observed[0] > 1 else "fewer"
            found.append(
                f"{side} outcomes than predicted: {self.observed[0]:.2f} for each expected "
                f"({self.observed[1]:.2f} to {self.observed[2]:.2f})"
            )
        return found


def stand(
    probability: Numbers, outcome: NDArray[np.int64], groups: Mapping[str, Sequence[str]]
) -> list[Standing]:
    """Return everyone, then each group with events enough, on unseen probabilities."""
    large = []
    for column, values in groups.items():
        held = np.array(values)
        for value in np.unique(held):
            member = held == value
            events = int(outcome[member].sum())
            if min(events, int(member.sum()) - events) >= FEWEST_EVENTS and not member.all():
                large.append((f"{column}={value}", member))
    everyone = np.ones(len(outcome), dtype=bool)
    return [_one("", everyone, probability, outcome, 1)] + [
        _one(name, member, probability, outcome, 2 * len(large)) for name, member in large
    ]


def warnings(
    standings: Sequence[Standing], groups: Mapping[str, Sequence[str]], rows: int
) -> list[tuple[str, ...]]:
    """Return for each row what is known to be worse in its groups."""
    known = {
        one.group: [f"{one.group}: {says} ({one.patients} patients learned from)" for says in found]
        for one in standings[1:]
        if (found := one.worse_than(standings[0]))
    }
    told: list[tuple[str, ...]] = []
    for row in range(rows):
        own = [f"{column}={values[row]}" for column, values in groups.items()]
        told.append(tuple(says for name in own for says in known.get(name, ())))
    return told


def _one(
    name: str, member: NDArray[np.bool_], probability: Numbers, outcome: NDArray[np.int64], of: int
) -> Standing:
    from scipy.stats import norm

    said, was = probability[member], outcome[member]
    z = float(norm.ppf(1 - 0.025 / of))
    area, error = auroc(said, was)
    ratio = float(was.sum() / said.sum())
    # The expected is taken as known: the observed varies as a sum of unequal chances.
    off = float(np.sqrt((said * (1 - said)).sum()) / said.sum())
    return Standing(
        name,
        int(member.sum()),
        int(was.sum()),
        (area, max(0.0, area - z * error), min(1.0, area + z * error)),
        (ratio, max(0.0, ratio - z * off), ratio + z * off),
    )


def auroc(said: Numbers, was: NDArray[np.int64]) -> tuple[float, float]:
    """Return the AUROC and its standard error (DeLong et al. 1988, Biometrics 44:837)."""
    from scipy.stats import rankdata

    yes, no = said[was == 1], said[was == 0]
    both = rankdata(np.concatenate([yes, no]))
    above = (both[: len(yes)] - rankdata(yes)) / len(no)
    below = 1 - (both[len(yes) :] - rankdata(no)) / len(yes)
    error = np.sqrt(above.var(ddof=1) / len(yes) + below.var(ddof=1) / len(no))
    return float(above.mean()), float(error)
