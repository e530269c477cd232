"""A trained model: arrays and text that predict, explain, and say when they should not."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wardround.engines.plain import read_plain
from wardround.engines.tabular import calibration, cells, forms, guards, promises, standing
from wardround.engines.tabular.cells import Cells, Similar
from wardround.engines.tabular.design import Design
from wardround.engines.tabular.forms import Additive, Form, Trees
from wardround.engines.tabular.promises import Promise
from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.standing import Standing
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
    promise: Promise
    """Whether the sets cover as often as the spec says, as far as these rows can tell."""


@dataclass(frozen=True)
class Model:
    """A form with its calibration, its guards, and what is known of the patients learned from."""

    spec: Spec
    design: Design
    form: Form
    calibration: str
    calibration_weights: Numbers
    inverse: Numbers
    farthest: float
    thresholds: dict[str, float]
    cells: Cells
    standings: list[Standing]
    promise: Promise

    def predict(self, table: Table) -> Predictions:
        """Return predictions; raise ``InvalidInput`` for a value that cannot be."""
        rows, held = numbers(self.spec, table), groups(self.spec, table)
        terms = self.design.terms(rows)
        base, parts = forms.parts(self.form, self.design, rows, terms)
        raw = base + parts.sum(axis=1)
        odds = calibration.apply(self.calibration, self.calibration_weights, raw)
        probability = calibration.chance(odds)
        away, strangeness = guards.distances(terms, self.inverse, self.design.owners)
        limit = guards.limits(self.thresholds, held, len(rows))
        sets = np.column_stack([probability <= limit, 1 - probability <= limit])
        unlike = away > self.farthest
        sure = (sets.sum(axis=1) == 1) & ~unlike
        return Predictions(
            probability=probability,
            odds=odds,
            contributions=parts,
            base=base,
            raw_odds=raw,
            sets=sets,
            answer=np.where(sure, sets[:, 1].astype(np.int64), -1),
            unlike=unlike,
            strangeness=strangeness,
            promise=promises.watched(self, terms),
        )

    def chance(self, odds: float) -> float:
        """Return the calibrated probability of log-odds as the form gives them."""
        raw = np.array([odds])
        given = calibration.apply(self.calibration, self.calibration_weights, raw)
        return float(calibration.chance(given)[0])

    def shift(self, table: Table) -> float:
        """Return how far a site lies from development; above 5 no coverage is promised."""
        return guards.shift(self.design.terms(numbers(self.spec, table)))

    def similar(self, table: Table) -> list[list[Similar]]:
        """Return for each row the three groups of patients learned from that are most like it."""
        rows = numbers(self.spec, table)
        parts = forms.parts(self.form, self.design, rows, self.design.terms(rows))[1]
        return cells.similar(self.spec, self.cells, parts)

    def warnings(self, table: Table) -> list[tuple[str, ...]]:
        """Return for each row in which of its groups the model is known to be worse, and how."""
        held = groups(self.spec, table)
        rows = max((len(values) for values in held.values()), default=0)
        return standing.warnings(self.standings, held, rows)

    def save(self, path: Path) -> str:
        """Write the model to ``path`` as plain arrays and text, and return its SHA-256."""
        import skops.io

        data = skops.io.dumps(_content(self))
        path.write_bytes(data)
        return hashlib.sha256(data).hexdigest()


def _content(model: Model) -> dict[str, Any]:
    form = model.form
    return {
        "spec": model.spec.model_dump_json(),
        "design": dict(vars(model.design)),
        "form": dict(vars(form)),
        "calibration": model.calibration,
        "calibration_weights": model.calibration_weights,
        "inverse": model.inverse,
        "farthest": model.farthest,
        "thresholds": model.thresholds,
        "cells": dict(vars(model.cells)),
        "standings": json.dumps(model.standings),
        "promise": json.dumps(model.promise),
    }


def _model(content: dict[str, Any]) -> Model:
    form = content.pop("form")
    told = [
        Standing(group, patients, events, tuple(auroc), tuple(observed))
        for group, patients, events, auroc, observed in json.loads(content.pop("standings"))
    ]
    kept, basis, patients, reasons = json.loads(content.pop("promise"))
    return Model(
        spec=Spec.model_validate_json(content.pop("spec")),
        design=Design(**content.pop("design")),
        form=Trees(**form) if "text" in form else Additive(**form),
        cells=Cells(**content.pop("cells")),
        standings=told,
        promise=Promise(kept, basis, patients, tuple(reasons)),
        **content,
    )


def load(path: Path, digest: str) -> Model:
    """Return the model kept at ``path``; refuse one that is not the file of that SHA-256.

    Only plain arrays, text and numbers are read; a file with any other type is refused.
    """
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
        return _model(read_plain(data))
    except (BadZipFile, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(
            "The model file holds something that is not a model of ours.",
            where=path.name,
            mend="Train it again; only plain arrays are read.",
        ) from error
