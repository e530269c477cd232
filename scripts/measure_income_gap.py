"""Show on SUPPORT2 what thresholds for each income group do to who is missed, and their price.

    python -m scripts.measure_income_gap DATA [--quarter]

On the three quarters that are learned from, thresholds are chosen on one half of the unseen
probabilities and looked at on the other; with ``--quarter`` they are chosen on all three and looked
at on the quarter held out. An analysis: no model that ships has such thresholds.
"""

import sys
from pathlib import Path

import numpy as np
import yaml  # type: ignore[import-untyped]
from scripts.train_risk import MODELS, support2

from wardround.engines.tabular import Mitigation, look, own_thresholds, read_spec, train
from wardround.engines.tabular.table import Numbers, groups, outcomes

HALVES = 40
"""Ways to cut in halves; what comes out is told on average."""


def told(name: str, found: Mitigation) -> None:
    for one in found.groups:
        print(
            f"| {name} | {one.group} | {one.patients} | {one.events} | {one.threshold:.3f} | "
            f"{100 * one.missed[0]:.1f} % | {100 * one.missed[1]:.1f} % | "
            f"{one.false_alarms[0]:.1f} | {one.false_alarms[1]:.1f} |"
        )
    change, low, high = (100 * value for value in found.change)
    print(
        f"\n{name}: gap {100 * found.gap[0]:.1f} to {100 * found.gap[1]:.1f} points, a change of "
        f"{change:.1f} ({low:.1f} to {high:.1f}); chance alone gives "
        f"{100 * found.by_chance:.1f}; AUROC {found.auroc[0]:.3f} to {found.auroc[1]:.3f}\n"
    )


def main(data: Path, quarter: bool) -> None:
    inside, outside = support2(data)
    print("| outcome | income | n | deaths | threshold | missed | own | alarms of 100 | own |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, limit in (("support2-hospital-death", 0.3), ("support2-180-day-death", 0.3)):
        spec = read_spec(yaml.safe_load((MODELS / name / "spec.yaml").read_text()))
        trained = train(spec, inside)
        died, income = outcomes(spec, inside), groups(spec, inside)["income"]
        if quarter:
            own = own_thresholds(trained.unseen, died, income, limit)
            said = trained.model.predict(outside).probability
            there = groups(spec, outside)["income"]
            told(name, look(said, outcomes(spec, outside), there, limit, own))
            continue
        halves = [_half(trained.unseen, died, income, limit, seed) for seed in range(HALVES)]
        before, after, chance = 100 * np.mean(halves, axis=0)
        whole = own_thresholds(trained.unseen, died, income, limit)
        told(f"{name}, where chosen", look(trained.unseen, died, income, limit, whole))
        print(
            f"{name}, on the half not chosen on, mean of {HALVES}: gap {before:.1f} to {after:.1f} "
            f"points; chance alone gives {chance:.1f}\n",
            flush=True,
        )


def _half(
    said: Numbers, died: np.ndarray, income: list[str], limit: float, seed: int
) -> tuple[float, float, float]:
    """Return the gap before and after, and by chance, on a half that own thresholds never saw."""
    chosen = np.random.default_rng(seed).random(len(died)) < 0.5
    names = np.array(income)
    own = own_thresholds(said[chosen], died[chosen], list(names[chosen]), limit)
    found = look(said[~chosen], died[~chosen], list(names[~chosen]), limit, own, resamples=200)
    return (*found.gap, found.by_chance)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--quarter" in sys.argv)
