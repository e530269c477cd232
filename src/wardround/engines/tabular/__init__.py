"""The tabular engine: learned risk models that are trained, calibrated, guarded and served."""

from wardround.engines.tabular.model import Model, Predictions, load
from wardround.engines.tabular.site import recalibrate
from wardround.engines.tabular.spec import Input, Outcome, Spec, read_spec
from wardround.engines.tabular.training import Trained, train

__all__ = [
    "Input",
    "Model",
    "Outcome",
    "Predictions",
    "Spec",
    "Trained",
    "load",
    "read_spec",
    "recalibrate",
    "train",
]
