"""Whether coverage can be promised here, and sets made anew for patients of another mix.

Weighted conformal prediction (Tibshirani, Barber, Candes and Ramdas 2019, NeurIPS): scores of
development count as often as their like are met here. A model file holds no row, so the ratio of
densities is that of its cells: the share of this site's patients in a cell over development's. It
asks for no outcome and mends another mix of patients alone; where a patient of the same kind fares
otherwise, only the site's own outcomes tell (``recalibrate``).
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from wardround.engines.tabular import forms, guards
from wardround.engines.tabular.cells import BINS
from wardround.engines.tabular.table import Numbers, Table, numbers
from wardround.kernel import InvalidInput

if TYPE_CHECKING:
    from wardround.engines.tabular.model import Model

FEWEST = 100
"""Patients that must count: with fewer, coverage of 90 % has a standard error of .03 or more."""
FARTHEST = 5.0
"""Sampling errors between the means of here and of development."""
UNLIKE = 0.05
"""Share of patients unlike any learned from: ten times what development has."""
LEFT = 0.25
"""Standard deviations left between means after weighing (Stuart 2010, Statistical Science 25:1)."""


class Promise(NamedTuple):
    """Whether the spec's coverage is promised, on what ground, and why it is not."""

    kept: bool
    basis: Literal["development", "weighted", "site"]
    patients: float
    """How many patients' scores it stands on; weighted, how many they are worth."""
    reasons: tuple[str, ...] = ()


def watched(model: "Model", terms: Numbers) -> Promise:
    """Return what can be promised to the patients of ``terms`` by the sets as they are.

    From ``FEWEST`` patients on the mix is looked at; of fewer it cannot be told.
    """
    if model.promise.basis != "development" or len(terms) < FEWEST:
        return model.promise
    far = guards.shift(terms)
    reasons = list(model.promise.reasons) + _strange(model, terms)
    if far > FARTHEST:
        reasons.append(
            f"These patients differ from those learned from: a mean is {far:.0f} sampling errors "
            "away."
        )
    return Promise(not reasons, "development", model.promise.patients, tuple(reasons))


def reweigh(model: "Model", table: Table) -> "Model":
    """Return ``model`` with its sets made for the mix of patients in ``table``; no outcome needed.

    What each group adds to the threshold stays; coverage by group is not promised here.
    """
    rows = numbers(model.spec, table)
    if len(rows) < FEWEST:
        raise InvalidInput(
            f"Too few to tell the mix of patients: {len(rows)}.",
            where="table",
            mend=f"Bring {FEWEST} rows or more; outcomes are not needed.",
        )
    terms = model.design.terms(rows)
    parts = forms.parts(model.form, model.design, rows, terms)[1]
    cells = model.cells
    many = len(cells.sizes)
    # One patient more in each cell, in development's proportions: no ratio is quite nothing.
    here = np.bincount(cells.nearest(parts)[:, 0], minlength=many) + cells.sizes / cells.sizes.sum()
    ratio = (here / here.sum()) / (cells.sizes / cells.sizes.sum())
    worth = float((ratio @ cells.sizes) ** 2 / (ratio**2 @ cells.sizes))
    before = _quantile(cells.missed.sum(axis=0), model.spec.coverage)
    after = _quantile(ratio @ cells.missed, model.spec.coverage)
    left = _left(model, parts, here / here.sum())
    reasons = _strange(model, terms)
    if worth < FEWEST:
        reasons.append(
            f"Those learned from count as {worth:.0f} patients here; {FEWEST} are needed."
        )
    if left > LEFT:
        reasons.append(
            f"What is left between these patients and their like is {left:.2f} standard "
            f"deviations of an input; {LEFT} is the most."
        )
    return replace(
        model,
        thresholds=model.thresholds | {"": model.thresholds[""] + after - before},
        promise=Promise(not reasons, "weighted", worth, tuple(reasons)),
    )


def of_development(patients: int) -> Promise:
    """Return what is promised to patients like those learned from."""
    return Promise(True, "development", patients)


def of_site(patients: int) -> Promise:
    """Return what a site's own outcomes promise."""
    if patients >= FEWEST:
        return Promise(True, "site", patients)
    return Promise(
        False, "site", patients, (f"{patients} patients were known here; {FEWEST} are needed.",)
    )


def _strange(model: "Model", terms: Numbers) -> list[str]:
    away = guards.distances(terms, model.inverse, model.design.owners)[0]
    share = float((away > model.farthest).mean())
    if share <= UNLIKE:
        return []
    return [f"{100 * share:.0f} % of these patients are unlike any learned from."]


def _quantile(counts: Numbers, coverage: float) -> float:
    """Return the score that ``coverage`` of the weighted counts lie below."""
    total = np.cumsum(counts)
    place = int(np.searchsorted(total, coverage * total[-1]))
    return min(place + 1, BINS) / BINS


def _left(model: "Model", parts: Numbers, here: Numbers) -> float:
    """Return the farthest any input's mean is from that of its weighted like, in its spread."""
    spread = np.sqrt(np.average((model.cells.centres - parts.mean(axis=0)) ** 2, axis=0))
    spread = np.maximum(np.maximum(spread, parts.std(axis=0)), 0.05)
    return float(np.max(np.abs(parts.mean(axis=0) - here @ model.cells.centres) / spread))
