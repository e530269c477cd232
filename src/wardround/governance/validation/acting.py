"""What follows if a clinician acts at a risk: thresholds, alerts, and net benefit.

Net benefit weighs a false alarm by the odds of the threshold (Vickers and Elkin 2006, doi
10.1177/0272989X06295361). A patient at the threshold is acted upon.
"""

from collections.abc import Sequence

import numpy as np

from wardround.governance.validation.model import Curve, Measured, Threshold
from wardround.governance.validation.predictions import Floats
from wardround.governance.validation.proportions import wilson
from wardround.governance.validation.resampling import Found, interval
from wardround.kernel import InvalidInput

STEPS: Floats = np.arange(1, 100) / 100
"""The thresholds of the decision curve."""

TABLE = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def checked(thresholds: Sequence[float]) -> list[float]:
    """Return thresholds in their order; raise ``InvalidInput`` for one that decides nothing."""
    if not thresholds or not all(0 < one < 1 for one in thresholds):
        raise InvalidInput(
            "A threshold is a risk between 0 and 1.",
            where="thresholds",
            mend="At 0 everybody is acted upon, at 1 nobody: no model is needed.",
        )
    return sorted(set(thresholds))


def table(outcomes: Floats, risks: Floats, thresholds: Sequence[float]) -> list[Threshold]:
    """Return what each threshold gives."""
    return [_threshold(outcomes == 1, risks >= one, one) for one in thresholds]


def _threshold(yes: np.ndarray, flagged: np.ndarray, threshold: float) -> Threshold:
    n, alerts, events = len(yes), int(flagged.sum()), int(yes.sum())
    true = int((yes & flagged).sum())
    true_no = n - events - (alerts - true)
    alerted = wilson(alerts, n)
    ppv = wilson(true, alerts) if alerts else None
    return Threshold(
        threshold=threshold,
        sensitivity=wilson(true, events),
        specificity=wilson(true_no, n - events),
        ppv=ppv,
        npv=wilson(true_no, n - alerts) if n > alerts else None,
        alerts_per_100=_times(alerted, 100),
        nne=_inverse(ppv) if ppv and true else None,
        net_benefit=_net_benefit(yes, flagged, threshold),
    )


def _times(found: Measured, factor: float) -> Measured:
    low, high = found.low, found.high
    return Measured(
        value=found.value * factor,
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
    )


def _inverse(found: Measured) -> Measured:
    """Return 1 / a share: its upper end is the lower of the other."""
    return Measured(
        value=1 / found.value,
        low=1 / found.high if found.high else None,
        high=1 / found.low if found.low else None,
    )


def _net_benefit(yes: np.ndarray, flagged: np.ndarray, threshold: float) -> Measured:
    """Return the mean of what each patient adds, with the interval of a mean."""
    each = flagged * np.where(yes, 1.0, -threshold / (1 - threshold))
    reach = 1.96 * float(each.std(ddof=1)) / len(each) ** 0.5
    mean = float(each.mean())
    return Measured(value=mean, low=mean - reach, high=mean + reach)


def decision_curves(whole: Found, drawn: Found, risks: Floats) -> list[Curve]:
    """Return net benefit of the model, of acting on all, of acting on none."""
    reached = int(np.searchsorted(STEPS, np.quantile(risks, 0.99)))
    upto = min(max(reached, 20), len(STEPS))
    x = [float(one) for one in STEPS[:upto]]
    ends = [interval(whole["model"][0, at], drawn["model"][:, at]) for at in range(upto)]
    return [
        Curve(
            name="model",
            x=x,
            y=[one.value for one in ends],
            low=[one.low or 0.0 for one in ends],
            high=[one.high or 0.0 for one in ends],
        ),
        Curve(name="all", x=x, y=[float(one) for one in whole["all"][0, :upto]]),
        Curve(name="none", x=x, y=[0.0] * upto),
    ]


def useful_from_to(curves: list[Curve]) -> tuple[float, float] | None:
    """Return the widest run of thresholds at which the model is better than both defaults."""
    model, everybody, nobody = curves
    best: tuple[float, float] | None = None
    start: float | None = None
    rows = zip(model.x, model.y, everybody.y, nobody.y, strict=True)
    for x, ours, all_, none in rows:
        if ours > max(all_, none) + 1e-12:
            start = x if start is None else start
            if best is None or x - start > best[1] - best[0]:
                best = (start, x)
        else:
            start = None
    return best
