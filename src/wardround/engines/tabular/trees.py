"""Gradient-boosted trees by LightGBM, an extra: grown, kept as text, explained by its TreeSHAP.

scikit-learn's own boosting explains nothing of itself; LightGBM's ``pred_contrib`` is TreeSHAP.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers
from wardround.kernel import Unavailable

SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.03,
    "min_child_samples": 40,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
"""Slow learning, large leaves, no weights: a few thousand patients are few for trees."""


def grow(spec: Spec, rows: Numbers, outcome: NDArray[np.int64], leaves: int, rounds: int) -> str:
    """Return the trees as LightGBM's text."""
    library = _library()
    kinds = [place for place, item in enumerate(spec.inputs) if item.kind == "category"]
    data = library.Dataset(rows, outcome, categorical_feature=kinds)
    settings = SETTINGS | {"num_leaves": leaves, "seed": spec.seed}
    return str(library.train(settings, data, rounds).model_to_string())


def odds(text: str, rows: Numbers) -> Numbers:
    """Return the log-odds of ``rows``."""
    return np.asarray(_booster(text).predict(rows, raw_score=True, num_threads=1))


def parts(text: str, rows: Numbers) -> tuple[float, Numbers]:
    """Return the base, and ``(rows, inputs)``: each input's Shapley value in log-odds."""
    found = np.asarray(_booster(text).predict(rows, pred_contrib=True, num_threads=1))
    return float(found[0, -1]) if len(found) else 0.0, found[:, :-1]


@lru_cache(maxsize=4)
def _booster(text: str) -> Any:
    return _library().Booster(model_str=text)


def _library() -> Any:
    try:
        import lightgbm
    except ImportError as error:
        raise Unavailable(
            "Trees need LightGBM, which is not installed.",
            where="lightgbm",
            mend="pip install 'wardround[lightgbm]', or ask the spec for the additive form alone.",
        ) from error
    return lightgbm
