"""The tabular engine: learned risk models that are trained, calibrated, guarded and served."""

from wardround.engines.tabular.cells import Similar
from wardround.engines.tabular.changing import LABEL, Change, changes
from wardround.engines.tabular.costs import Costs, threshold, weigh
from wardround.engines.tabular.holding import hold_out, taken
from wardround.engines.tabular.mitigation import Mitigation, look, own_thresholds
from wardround.engines.tabular.model import Model, Predictions, load
from wardround.engines.tabular.promises import Promise, reweigh
from wardround.engines.tabular.reading import check_units, read_spec_file, read_table
from wardround.engines.tabular.reference import reference_of
from wardround.engines.tabular.site import recalibrate
from wardround.engines.tabular.spec import (
    Cohort,
    Harms,
    Input,
    Outcome,
    Spec,
    Split,
    coding,
    read_spec,
    span,
)
from wardround.engines.tabular.standing import Standing
from wardround.engines.tabular.table import Table, groups, numbers, outcomes, texts
from wardround.engines.tabular.training import HeldOut, Trained, train
from wardround.engines.tabular.turns import Turns, in_turns

__all__ = [
    "LABEL",
    "Change",
    "Cohort",
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
    "Table",
    "Trained",
    "Turns",
    "changes",
    "check_units",
    "coding",
    "groups",
    "hold_out",
    "in_turns",
    "load",
    "look",
    "numbers",
    "outcomes",
    "own_thresholds",
    "read_spec",
    "read_spec_file",
    "read_table",
    "recalibrate",
    "reference_of",
    "reweigh",
    "span",
    "taken",
    "texts",
    "threshold",
    "train",
    "weigh",
]
