"""Why a table cannot be learned from: too small, one class, or the outcome leaking in."""

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers
from wardround.kernel import InvalidInput

FEWEST_ROWS = 100
FEWEST_EVENTS = 40
"""Below these, calibration and coverage cannot be told from chance."""
TOO_GOOD = 0.97
"""AUROC of one column alone from which it is held to know the outcome."""


def refuse(spec: Spec, rows: Numbers, outcome: NDArray[np.int64]) -> None:
    """Raise ``InvalidInput`` with the reason, if ``rows`` are not fit to learn ``outcome`` from."""
    _refuse_size(spec, outcome)
    for index, item in enumerate(spec.inputs):
        column = rows[:, index]
        missing = np.isnan(column)
        if missing.all():
            raise InvalidInput("The column is empty.", where=item.column, mend="Leave it out.")
        if _apart(missing.astype(float), outcome) >= TOO_GOOD:
            raise InvalidInput(
                "Whether the column is filled tells the outcome.",
                where=item.column,
                mend="It was filled after the event; leave it out.",
            )
        best = max(_apart(np.where(missing, fill, column), outcome) for fill in _ends(column))
        if item.kind == "category":
            best = max(_apart(column == code, outcome) for code in range(len(item.categories)))
        if best >= TOO_GOOD:
            raise InvalidInput(
                f"The column alone tells the outcome (AUROC {best:.3f}).",
                where=item.column,
                mend="It is known after the event or is the outcome itself; leave it out.",
            )
    _refuse_twins(rows)


def _refuse_size(spec: Spec, outcome: NDArray[np.int64]) -> None:
    events = int(outcome.sum())
    fewest = min(events, len(outcome) - events)
    if fewest == 0:
        raise InvalidInput(
            "Every outcome is the same.",
            where=spec.outcome.column,
            mend="Check what counts as positive in the spec.",
        )
    if len(outcome) < FEWEST_ROWS or fewest < FEWEST_EVENTS:
        raise InvalidInput(
            f"Too few to learn from: {len(outcome)} rows, {fewest} of the rarer outcome.",
            where="table",
            mend=f"Bring {FEWEST_ROWS} rows and {FEWEST_EVENTS} of each outcome, or more.",
        )


def _refuse_twins(rows: Numbers) -> None:
    """Refuse repeated rows: a patient on both sides of a split flatters the model."""
    if rows.shape[1] < 4:  # with few inputs different people are often alike
        return
    _, first, count = np.unique(
        np.nan_to_num(rows, nan=np.finfo(float).min), axis=0, return_index=True, return_counts=True
    )
    if (count > 1).sum() > 0.01 * len(rows):
        raise InvalidInput(
            f"{int((count - 1).sum())} rows repeat another.",
            where=f"row {int(first[count > 1].min()) + 1}",
            mend="Keep each patient once.",
        )


def _ends(column: Numbers) -> tuple[float, float]:
    known = column[~np.isnan(column)]
    return float(known.min()) - 1.0, float(known.max()) + 1.0


def _apart(score: NDArray[np.generic], outcome: NDArray[np.int64]) -> float:
    from sklearn.metrics import roc_auc_score

    area = float(roc_auc_score(outcome, np.asarray(score, dtype=float)))
    return max(area, 1.0 - area)
