"""A reader study, analysed: areas, calls, reliance, agreement, time, marks."""

from hashlib import sha256

import numpy as np

from wardround.governance.readers.agreement import agreement
from wardround.governance.readers.areas import METHODS, areas, mean_curve, means, roc
from wardround.governance.readers.calls import rate, right_calls
from wardround.governance.readers.locating import located
from wardround.governance.readers.model import Alone, Compared, Curve, ReaderStudy
from wardround.governance.readers.reading import ARMS
from wardround.governance.readers.reliance import switches
from wardround.governance.readers.rockette import compare, measured
from wardround.governance.readers.study import Flags, Study
from wardround.kernel import InvalidInput


def analyse(
    study: Study,
    *,
    threshold: float | None = None,
    ai_threshold: float | None = None,
    method: str = "jackknife",
) -> ReaderStudy:
    """Return what a study found.

    A rating at or above ``threshold`` is a call of disease; without one, the middle of the ratings
    that were given is taken, and the report says so. ``ai_threshold`` makes calls of the AI's
    scores where the file has no calls of its own. ``method`` is jackknife or delong.
    """
    if method not in METHODS:
        raise InvalidInput(
            "There is no such method.", where="method", mend=f"Methods are {' and '.join(METHODS)}."
        )
    at = _threshold(study, threshold)
    calls = study.ratings >= at
    right = calls == study.truth
    ai_calls = _ai_calls(study, ai_threshold)
    rows = study.ratings.reshape(-1, len(study.cases))
    theta, cov = areas(rows, study.truth, method)
    time, timed = _time(study)
    return ReaderStudy(
        readers=list(study.readers),
        cases=len(study.cases),
        diseased=int(study.truth.sum()),
        method=method,
        threshold=at,
        threshold_given=threshold is not None,
        ai_threshold=ai_threshold,
        left_out=list(study.left_out),
        auc=compare(study.readers, theta.reshape(2, -1), cov, (0.0, 1.0)),
        roc=_curves(study),
        sensitivity=right_calls(study.readers, right[:, :, study.truth]),
        specificity=right_calls(study.readers, right[:, :, ~study.truth]),
        alone=_alone(study, ai_calls, method),
        switches=[] if ai_calls is None else switches(study.readers, right, ai_calls, study.truth),
        agreement=agreement(study.readers, study.ratings, calls),
        time=time,
        timed=timed,
        located=located(study),
        sha256=_digest(study),
    )


def _threshold(study: Study, asked: float | None) -> float:
    low, high = float(study.ratings.min()), float(study.ratings.max())
    if asked is None:
        return (low + high) / 2
    if not low <= asked <= high:
        raise InvalidInput(
            f"All ratings are from {low:g} to {high:g}: at this threshold all calls are the same.",
            where="threshold",
            mend="Give one within the scale.",
        )
    return asked


def _ai_calls(study: Study, threshold: float | None) -> Flags | None:
    if threshold is None:
        return study.ai_calls
    if study.ai_calls is not None or study.ai_scores is None:
        has = (
            "has the AI's calls already"
            if study.ai_scores is not None
            else "has no ai_score for every case"
        )
        raise InvalidInput(f"The file {has}.", where="ai_threshold", mend="Leave it out.")
    return study.ai_scores >= threshold


def _curves(study: Study) -> dict[str, dict[str, Curve]]:
    found: dict[str, dict[str, Curve]] = {}
    for at, reader in enumerate(study.readers):
        found[reader] = {
            arm: roc(study.ratings[one, at], study.truth) for one, arm in enumerate(ARMS)
        }
    mean = {arm: mean_curve([found[one][arm] for one in study.readers]) for arm in ARMS}
    return {"mean": mean, **{f"reader {name}": curves for name, curves in found.items()}}


def _alone(study: Study, calls: Flags | None, method: str) -> Alone:
    auc = sensitivity = specificity = None
    if study.ai_scores is not None:
        theta, cov = areas(study.ai_scores[None, :], study.truth, method)
        auc = measured(float(theta[0]), float(cov[0, 0]), None, (0.0, 1.0))
    if calls is not None:
        yes, no = int(study.truth.sum()), int((~study.truth).sum())
        sensitivity = rate(int((calls & study.truth).sum()), yes)
        specificity = rate(int((~calls & ~study.truth).sum()), no)
    return Alone(auc=auc, sensitivity=sensitivity, specificity=specificity)


def _time(study: Study) -> tuple[Compared | None, int]:
    """Return the mean logarithm of seconds, over cases for which every time is known."""
    if study.seconds is None:
        return None, 0
    known = ~np.isnan(study.seconds).any(axis=(0, 1))
    timed = int(known.sum())
    if timed < 2:
        return None, timed
    logs = np.log(study.seconds[:, :, known])
    theta, cov = means(logs.reshape(-1, timed))
    return compare(study.readers, theta.reshape(2, -1), cov), timed


def _digest(study: Study) -> str:
    """Return the SHA-256 of what was analysed, so that a report names its data."""
    hashed = sha256("\n".join((*study.readers, *study.cases)).encode())
    for values in (study.truth, study.ratings, study.seconds, study.ai_scores, study.ai_calls):
        hashed.update(b"none" if values is None else values.tobytes())
    hashed.update(repr((study.marks, study.lesions)).encode())
    return hashed.hexdigest()
