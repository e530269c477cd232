"""The tabular engine: learned risk models that are trained, calibrated, guarded and served."""

from wardround.engines.tabular.cells import Similar
from wardround.engines.tabular.changing import LABEL, Change, changes
from wardround.engines.tabular.costs import Costs, threshold, weigh
from wardround.engines.tabular.mitigation import Mitigation, look, own_thresholds
from wardround.engines.tabular.model import Model, Predictions, load
from wardround.engines.tabular.promises import Promise, reweigh
from wardround.engines.tabular.site import recalibrate
from wardround.engines.tabular.spec import Harms, Input, Outcome, Spec, Split, read_spec
from wardround.engines.tabular.standing import Standing
from wardround.engines.tabular.training import HeldOut, Trained, train

__all__ = [
    "LABEL",
    "Change",
    "Costs",
    "Harms",
    "HeldOut",
    "Input",
    "Mitigation",
    "Model",
    "Outcome",
    "Predictions",
    "Promise",
    "Similar",
    "Spec",
    "Split",
    "Standing",
    "Trained",
    "changes",
    "load",
    "look",
    "own_thresholds",
    "read_spec",
    "recalibrate",
    "reweigh",
    "threshold",
    "train",
    "weigh",
]
