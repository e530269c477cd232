"""A trained model: plain arrays that predict, explain themselves, and say when they should not."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular import calibration, guards
from wardround.engines.tabular.design import Design
from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers, Table, groups, numbers
from wardround.kernel import InvalidInput, Unavailable


@dataclass(frozen=True)
class Predictions:
    """What is said of each row; where ``answer`` is -1 the model abstains."""

    probability: Numbers
    odds: Numbers
    contributions: Numbers
    """``(rows, inputs)``: log-odds that each input adds to ``base``; before calibration."""
    base: float
    raw_odds: Numbers
    """``base`` and the row's contributions, added up."""
    sets: NDArray[np.bool_]
    """``(rows, 2)``: whether no, and yes, are among what can be true at the spec's coverage."""
    answer: NDArray[np.int64]
    unlike: NDArray[np.bool_]
    strangeness: Numbers
    """``(rows, inputs)``: each input's part of the distance from the patients learned from."""


@dataclass(frozen=True)
class Model:
    """An additive model in log-odds with its calibration and guards."""

    spec: Spec
    design: Design
    slopes: Numbers
    intercept: float
    calibration: str
    calibration_weights: Numbers
    inverse: Numbers
    farthest: float
    thresholds: dict[str, float]

    def predict(self, table: Table) -> Predictions:
        """Return predictions; raise ``InvalidInput`` for a value that cannot be."""
        rows, held = numbers(self.spec, table), groups(self.spec, table)
        terms = self.design.terms(rows)
        inputs = np.arange(len(self.spec.inputs))
        share = self.slopes[:, None] * (self.design.owners[:, None] == inputs)
        raw = terms @ self.slopes + self.intercept
        odds = calibration.apply(self.calibration, self.calibration_weights, raw)
        probability = calibration.chance(odds)
        away, parts = guards.distances(terms, self.inverse, self.design.owners)
        limit = guards.widest(self.thresholds, held, len(rows))
        sets = np.column_stack([probability <= limit, 1 - probability <= limit])
        unlike = away > self.farthest
        sure = (sets.sum(axis=1) == 1) & ~unlike
        answer = np.where(sure, sets[:, 1].astype(np.int64), -1)
        return Predictions(
            probability, odds, terms @ share, self.intercept, raw, sets, answer, unlike, parts
        )

    def shift(self, table: Table) -> float:
        """Return how far a site lies from development; above 5 no coverage is promised."""
        return guards.shift(self.design.terms(numbers(self.spec, table)))

    def save(self, path: Path) -> str:
        """Write the model to ``path`` as plain arrays, and return its SHA-256."""
        import skops.io

        design = self.design
        content: dict[str, Any] = {
            "spec": self.spec.model_dump_json(),
            "knots": design.knots,
            "levels": design.levels,
            "medians": design.medians,
            "centre": design.centre,
            "scale": design.scale,
            "owners": design.owners,
            "slopes": self.slopes,
            "intercept": self.intercept,
            "calibration": self.calibration,
            "calibration_weights": self.calibration_weights,
            "inverse": self.inverse,
            "farthest": self.farthest,
            "thresholds": self.thresholds,
        }
        data = skops.io.dumps(content)
        path.write_bytes(data)
        return hashlib.sha256(data).hexdigest()


def load(path: Path, digest: str) -> Model:
    """Return the model kept at ``path``; refuse one that is not the file of that SHA-256.

    Only plain arrays, text and numbers are read; a file with any other type is refused.
    """
    import skops.io

    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unavailable("The model file cannot be read.", where=path.name) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InvalidInput(
            "The model file is not the one that was registered: its digest differs.",
            where=path.name,
            mend="Bring back the registered file, or register this one as a new version.",
        )
    try:
        content = skops.io.loads(data, trusted=[])
        return Model(
            spec=Spec.model_validate_json(content.pop("spec")),
            design=Design(**{name: content.pop(name) for name in Design.__dataclass_fields__}),
            **content,
        )
    except (BadZipFile, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(
            "The model file holds something that is not a model of ours.",
            where=path.name,
            mend="Train it again; only plain arrays are read.",
        ) from error
