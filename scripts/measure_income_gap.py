"""Show on SUPPORT2 what thresholds for each income group do to who is missed, and their price.

    python -m scripts.measure_income_gap DATA [--quarter]

On the three quarters that are learned from, thresholds are chosen on four folds of unseen
probabilities and looked at on the fifth; with ``--quarter`` they are chosen on all three and looked
at on the quarter held out. An analysis: no model that ships has such thresholds.
"""

import sys
from pathlib import Path

import numpy as np
import yaml  # type: ignore[import-untyped]
from scripts.train_risk import MODELS, support2

from wardround.engines.tabular import Mitigation, look, own_thresholds, read_spec, train
from wardround.engines.tabular.splits import at_random
from wardround.engines.tabular.table import groups, outcomes

RESTS = 20
"""Ways to cut the folds, each looked at, for what comes out on average."""


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
        gaps = []
        for seed in range(RESTS):
            folds = at_random(died, seed)
            moved = np.empty(len(died))
            for fold in np.unique(folds):
                some = np.flatnonzero(folds != fold)
                own = own_thresholds(
                    trained.unseen[some], died[some], [income[row] for row in some], limit
                )
                moved[folds == fold] = [own[income[row]] for row in np.flatnonzero(folds == fold)]
            before, after = trained.unseen >= limit, trained.unseen >= moved
            held = np.array(income)
            missed = [
                [(~act[(held == group) & (died == 1)]).mean() for group in np.unique(held)]
                for act in (before, after)
            ]
            gaps.append([max(rates) - min(rates) for rates in missed])
        mean = 100 * np.mean(gaps, axis=0)
        told(
            name,
            look(
                trained.unseen,
                died,
                income,
                limit,
                own_thresholds(trained.unseen, died, income, limit),
            ),
        )
        print(
            f"{name}, on folds not chosen on: {mean[0]:.1f} to {mean[1]:.1f} points\n", flush=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--quarter" in sys.argv)
