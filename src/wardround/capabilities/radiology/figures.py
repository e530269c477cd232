"""How well probabilities tell two outcomes apart, and how true they are."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


def auroc(scores: Numbers, labels: Labels) -> float:
    """Return the area under the ROC curve: the share of pairs in order (Hanley and McNeil 1982)."""
    from scipy.stats import rankdata

    ill = labels == 1
    ranks = rankdata(scores)
    many, few = int(ill.sum()), int((~ill).sum())
    return float((ranks[ill].sum() - many * (many + 1) / 2) / (many * few))


def auroc_with_interval(scores: Numbers, labels: Labels) -> tuple[float, float, float]:
    """Return the area and its 95 % interval on the log-odds scale (DeLong et al. 1988)."""
    ill, healthy = scores[labels == 1], scores[labels == 0]
    above = (ill[:, None] > healthy).astype(float) + 0.5 * (ill[:, None] == healthy)
    area = float(above.mean())
    spread = above.mean(axis=1).var(ddof=1) / len(ill) + above.mean(axis=0).var(ddof=1) / len(
        healthy
    )
    inside = min(max(area, 1e-6), 1 - 1e-6)
    middle = np.log(inside / (1 - inside))
    reach = 1.96 * np.sqrt(spread) / (inside * (1 - inside))
    low, high = (float(1 / (1 + np.exp(-(middle + side * reach)))) for side in (-1, 1))
    return area, low, high


def calibration_error(shares: Numbers, labels: Labels, bins: int = 10) -> float:
    """Return the expected calibration error over ``bins`` of equal size (Naeini et al. 2015)."""
    order = np.argsort(shares, kind="stable")
    parts = np.array_split(order, bins)
    gaps = [
        len(part) * abs(shares[part].mean() - labels[part].mean()) for part in parts if len(part)
    ]
    return float(sum(gaps) / len(shares))
