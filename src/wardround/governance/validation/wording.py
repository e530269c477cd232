"""Numbers in words and columns, alike on the page and on paper."""

from wardround.governance.validation.model import Measured

MEASURES = {
    "auroc": (
        "AUROC",
        "who has the outcome ranks above who has not; 0.5 is chance, 1 is faultless",
    ),
    "auprc": ("AUPRC", "average precision; by chance it is the share with the outcome"),
    "brier": ("Brier score", "mean squared error of the risk; 0 is faultless"),
    "scaled_brier": ("Brier score, scaled", "1 is faultless, 0 no better than the average risk"),
    "log_loss": ("Log loss", "grows without end for a sure prediction that is wrong"),
    "o_to_e": ("Observed : expected", "1 is right; below 1 the model says too much"),
    "intercept": ("Calibration intercept", "0 is right, in log-odds; below 0 it says too much"),
    "slope": ("Calibration slope", "1 is right; below 1 its risks are too extreme"),
    "ece": ("ECE, ten bins of as many patients", "mean distance of a bin from what it says"),
    "ici": ("ICI", "mean distance of the smooth curve from what it says"),
    "tpr": ("Found (sensitivity)", ""),
    "fnr": ("Missed of those with the outcome", ""),
    "fpr": ("Alarmed of those without it", ""),
    "ppv": ("Alarms that are right (PPV)", ""),
    "calibration_gap": ("Observed less expected", ""),
    "alerts_per_100": ("Alarms in 100 patients", ""),
}


def number(found: Measured | None, digits: int = 3) -> str:
    """Return a measure with its interval, or that it cannot be given."""
    if found is None:
        return "none"
    value = signed(found.value, digits)
    if found.low is None or found.high is None:
        return value
    return f"{value} ({signed(found.low, digits)} to {signed(found.high, digits)})"


def percent(value: float, digits: int | None = None) -> str:
    """Return a share as a percentage, with a decimal where it needs one or it is asked for."""
    times = 100 * value
    if digits is None:
        digits = 0 if abs(times - round(times)) < 1e-6 else 1
    return f"{signed(times, digits)}\u00a0%"


def share(found: Measured | None) -> str:
    """Return a share as a percentage with its interval, or that it cannot be given."""
    if found is None:
        return "none"
    low, high = found.low, found.high
    if low is None or high is None:
        return percent(found.value, 1)
    return f"{percent(found.value, 1)} ({100 * low:.1f} to {100 * high:.1f})"


def signed(value: float, digits: int) -> str:
    """Return a number that is never minus nothing."""
    told = f"{value:.{digits}f}"
    return told.lstrip("-") if float(told) == 0 else told


def inline(found: Measured, digits: int = 2) -> str:
    """Return a measure with its interval, to stand in brackets."""
    value, low, high = (
        signed(end, digits) for end in (found.value, found.low or 0.0, found.high or 0.0)
    )
    return f"{value}, {low} to {high}"


def in_hundred(value: float) -> str:
    """Return a share as patients of a hundred."""
    count = round(100 * value)
    if count == 0:
        return "fewer than 1 in 100"
    return "all of 100" if count == 100 and value == 1 else f"{min(count, 99)} in 100"
