"""What a network's raw outputs mean: activation, calibration, and whether they can be that."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.outputs import Calibration, Output
from wardround.kernel import InvalidInput

Numbers = NDArray[np.float64]

EDGE = 1e-7
"""The nearest that a probability comes to 0 or 1 before its log-odds are taken."""

_AXES = {"classes": {1, 2}, "boxes": {3}, "scores": {2, 3}, "labels": {2}, "mask": {3, 4}}
"""How many axes each kind of output may have; the first counts images."""


def check_declared(output: Output, shape: Sequence[Any], where: str) -> None:
    """Raise ``InvalidInput`` where the shape that a file declares cannot be the output's."""
    width = _width(output, len(shape))
    last = shape[1] if output.kind == "mask" and len(shape) == 4 else shape[-1] if shape else None
    if width is not None and isinstance(last, int) and last != width:
        raise InvalidInput(
            f"The output has {last} columns; the manifest declares {width}.",
            where=f"{where}: {output.name}",
            mend="List one code for each column, and the background where there is one.",
        )


def check(output: Output, values: NDArray[Any]) -> None:
    """Raise ``ModelFault`` where values cannot be the output that is declared."""
    width = _width(output, values.ndim)
    last = values.shape[1] if output.kind == "mask" and values.ndim == 4 else values.shape[-1]
    if values.ndim not in _AXES[output.kind] or (width is not None and last != width):
        raise ModelFault(
            f"The output has the shape {list(values.shape)}, which is not that of {output.kind}"
            f"{f' with {width} columns' if width else ''}.",
            where=output.name,
        )
    bounded = output.activation == "none" and output.kind in {"classes", "scores", "mask"}
    if bounded and values.size and (values.min() < -1e-4 or values.max() > 1 + 1e-4):
        raise ModelFault(
            "The output is declared a probability, and lies outside 0 to 1.",
            where=output.name,
            mend="Where the network gives scores, declare activation: sigmoid or softmax.",
        )


def probabilities(output: Output, raw: NDArray[Any]) -> Numbers:
    """Return the calibrated probability of each code; codes are the last axis."""
    return chance(log_odds(output, raw))


def log_odds(output: Output, raw: NDArray[Any]) -> Numbers:
    """Return the calibrated log-odds of each code; codes are the last axis.

    Sigmoid and plain probabilities are calibrated code by code on their log-odds; softmax by one
    temperature and by an offset for each code. What the site's share of positives adds comes last.
    """
    values = np.asarray(raw, dtype=np.float64)
    if values.ndim == 1:
        values = values[:, None]
    if output.activation == "softmax":
        return _softmaxed(output, values)
    codes = [at for at in range(output.columns) if at != output.background]
    values = values[..., codes] if output.background is not None else values
    odds = values if output.activation == "sigmoid" else _log_odds(values)
    columns = []
    for at, code in enumerate(output.codes):
        calibrated = _calibrated(code.calibration or output.calibration, odds[..., at])
        columns.append(calibrated + (output.offset if code.offset is None else code.offset))
    return np.stack(columns, axis=-1)


def chance(odds: Numbers) -> Numbers:
    """Return the probability of log-odds, without overflow."""
    small = np.exp(-np.abs(odds))
    return np.asarray(np.where(odds >= 0, 1 / (1 + small), small / (1 + small)))


def site_offset(site: float, training: float) -> float:
    """Return the offset of log-odds for another share of positives (Saerens 2002)."""
    if not (0 < site < 1 and 0 < training < 1):
        raise InvalidInput("A share of positives lies between 0 and 1.", where="offset")
    return float(np.log(site / (1 - site)) - np.log(training / (1 - training)))


def _softmaxed(output: Output, values: Numbers) -> Numbers:
    by = output.calibration.temperature if output.calibration else None
    shifted = values / (by or 1.0)
    at = [one for one in range(output.columns) if one != output.background]
    added = [output.offset if code.offset is None else code.offset for code in output.codes]
    shifted[..., at] += np.asarray(added)
    columns = []
    for one in at:
        others = np.delete(shifted, one, axis=-1)
        most = others.max(axis=-1, keepdims=True)
        together = np.log(np.exp(others - most).sum(axis=-1)) + most[..., 0]
        columns.append(shifted[..., one] - together)
    return np.stack(columns, axis=-1)


def _calibrated(how: Calibration | None, odds: Numbers) -> Numbers:
    if how is None:
        return odds
    if how.kind == "temperature":
        return odds / (how.temperature or 1.0)
    if how.kind == "platt":
        return (how.slope or 1.0) * odds + (how.intercept or 0.0)
    scores, known = np.array(how.knots, dtype=np.float64).T
    return _log_odds(np.interp(chance(odds), scores, known))


def _log_odds(values: Numbers) -> Numbers:
    inside = np.clip(values, EDGE, 1 - EDGE)
    return np.asarray(np.log(inside) - np.log1p(-inside))


def _width(output: Output, axes: int) -> int | None:
    """Return how many columns or channels an output has, where its kind and axes say so."""
    if output.kind == "boxes":
        return 4
    if output.kind == "classes":
        return output.columns if axes == 2 else None
    if output.kind == "scores":
        return output.columns if axes == 3 else None
    if output.kind == "mask" and axes == 4 and output.activation != "argmax":
        return output.columns
    return None
