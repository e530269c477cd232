"""Marks held against lesions: FROC and AFROC curves, and the area under AFROC.

A mark hits the nearest lesion within whose radius it lies; of several on one lesion the surest
counts, and the others count nowhere. All other marks are false. The area is the chance that a
lesion is rated above the surest false mark of a case without disease; a lesion without a mark, and
a case without a false one, stand below all ratings (JAFROC: Chakraborty and Berbaum 2004, doi
10.1118/1.1769352). Its errors are had by the jackknife over cases.
"""

from dataclasses import dataclass

import numpy as np

from wardround.governance.readers.areas import jackknifed
from wardround.governance.readers.model import Curve, Located
from wardround.governance.readers.reading import ARMS, Triple
from wardround.governance.readers.rockette import compare
from wardround.governance.readers.study import Study
from wardround.governance.validation import Floats

_NOWHERE = -np.inf


@dataclass(frozen=True)
class Scored:
    """One reader in one arm: ratings of lesions, and of false marks with their cases."""

    lesions: Floats
    false: tuple[tuple[float, ...], ...]


def located(study: Study) -> Located | None:
    """Return what the marks show, or nothing where none were asked for."""
    if study.marks is None or study.lesions is None:
        return None
    lesions = study.lesions
    grid = [[_scored(reader, lesions) for reader in arm] for arm in study.marks]
    owner = np.repeat(np.arange(len(lesions)), [len(one) for one in lesions])
    found = [_area(one, owner, study) for arm in grid for one in arm]
    theta = np.array([area for area, _ in found]).reshape(2, -1)
    cov = jackknifed(np.array([without for _, without in found]))
    return Located(
        afroc=compare(study.readers, theta, cov, (0.0, 1.0)),
        froc={arm: _froc(row, len(lesions)) for arm, row in zip(ARMS, grid, strict=True)},
        curve={arm: _afroc(row, study) for arm, row in zip(ARMS, grid, strict=True)},
        lesions=len(owner),
    )


def _scored(
    marks: tuple[tuple[Triple, ...], ...], lesions: tuple[tuple[Triple, ...], ...]
) -> Scored:
    sure: list[float] = []
    false: list[tuple[float, ...]] = []
    for some, there in zip(marks, lesions, strict=True):
        best = [_NOWHERE] * len(there)
        beside = []
        for x, y, rating in some:
            hit = _hit(x, y, there)
            if hit is None:
                beside.append(rating)
            else:
                best[hit] = max(best[hit], rating)
        sure += best
        false.append(tuple(beside))
    return Scored(np.array(sure), tuple(false))


def _hit(x: float, y: float, lesions: tuple[Triple, ...]) -> int | None:
    """Return the nearest lesion within whose radius the mark lies."""
    away = [(np.hypot(x - a, y - b), radius) for a, b, radius in lesions]
    within = [(far, at) for at, (far, radius) in enumerate(away) if far <= radius]
    return min(within)[1] if within else None


def _area(one: Scored, owner: np.ndarray, study: Study) -> tuple[float, Floats]:
    """Return the area, and the area without each case in turn."""
    healthy = np.flatnonzero(~study.truth)
    surest = _surest(one)[healthy]
    lesions = one.lesions[None, :]
    wins = (lesions > surest[:, None]) + 0.5 * (lesions == surest[:, None])
    total, cells = wins.sum(), wins.size
    without = np.empty(len(study.truth))
    without[healthy] = (total - wins.sum(axis=1)) / (cells - wins.shape[1])
    for case in np.flatnonzero(study.truth):
        mine = owner == case
        without[case] = (total - wins[:, mine].sum()) / (cells - len(healthy) * mine.sum())
    return float(total / cells), without


def _surest(one: Scored) -> Floats:
    return np.array([max(some, default=_NOWHERE) for some in one.false])


def _steps(row: list[Scored]) -> list[float]:
    marks = {float(one) for scored in row for one in scored.lesions if one > _NOWHERE}
    marks |= {one for scored in row for some in scored.false for one in some}
    return sorted(marks, reverse=True)


def _found(row: list[Scored], step: float) -> float:
    return float(np.mean([(scored.lesions >= step).mean() for scored in row]))


def _froc(row: list[Scored], cases: int) -> Curve:
    """Return lesions found against false marks per case, the mean of the readers."""
    x, y = [0.0], [0.0]
    for step in _steps(row):
        false = [sum(one >= step for some in scored.false for one in some) for scored in row]
        x.append(float(np.mean(false)) / cases)
        y.append(_found(row, step))
    return Curve(x=x, y=y)


def _afroc(row: list[Scored], study: Study) -> Curve:
    """Return lesions found against healthy cases with a false mark; it ends at 1, 1."""
    x, y = [0.0], [0.0]
    surest = [_surest(scored)[~study.truth] for scored in row]
    for step in _steps(row):
        x.append(float(np.mean([(one >= step).mean() for one in surest])))
        y.append(_found(row, step))
    return Curve(x=[*x, 1.0], y=[*y, 1.0])
