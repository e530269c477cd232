"""The watch over a model in use: each check with its value, its interval and its rule."""

from wardround.governance.monitoring.check import Check
from wardround.governance.monitoring.drift import ks, psi
from wardround.governance.monitoring.outcomes import calibration, observed_less_expected
from wardround.governance.monitoring.rates import gap, rate
from wardround.governance.monitoring.shift import Reference, shift

__all__ = [
    "Check",
    "Reference",
    "calibration",
    "gap",
    "ks",
    "observed_less_expected",
    "psi",
    "rate",
    "shift",
]
