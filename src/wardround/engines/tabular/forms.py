"""What a model can be: terms added up, or trees grown one upon another.

Both say what each input adds to the log-odds, so that the parts and the base add up to the whole.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular import trees
from wardround.engines.tabular.design import Design, learn
from wardround.engines.tabular.spec import Spec
from wardround.engines.tabular.table import Numbers


@dataclass(frozen=True)
class Additive:
    """Ridge logistic regression on the design's terms; its parts are exact."""

    slopes: Numbers
    intercept: float


@dataclass(frozen=True)
class Trees:
    """Gradient boosting by LightGBM, kept as its text; its parts are TreeSHAP's, exact for trees.

    Lundberg et al. 2020, Nature Machine Intelligence 2:56. The base is the mean of the patients
    learned from.
    """

    text: str


Form = Additive | Trees


@dataclass(frozen=True)
class Candidate:
    """One form with its settings, as cross-validation compares them."""

    knots: int = 0
    """Of each number's spline; for trees, of the design that their guards stand on."""
    strength: float = 0.0
    """Inverse of the ridge penalty; 0 says trees."""
    leaves: int = 0
    rounds: int = 0

    def __str__(self) -> str:
        """Return the settings in words."""
        if self.leaves:
            return f"{self.rounds} trees of {self.leaves} leaves"
        return f"knots {self.knots}, C {self.strength}"


CANDIDATES = {
    "additive": tuple(
        Candidate(knots=knots, strength=strength)
        for knots in (0, 4, 5)
        for strength in (0.003, 0.01, 0.03, 0.1)
    ),
    "trees": tuple(
        Candidate(knots=4, leaves=leaves, rounds=rounds)
        for leaves, rounds in ((4, 200), (4, 500), (8, 300))
    ),
}


def fit(
    spec: Spec, candidate: Candidate, rows: Numbers, outcome: NDArray[np.int64], design: Design
) -> Form:
    """Return the candidate fitted to ``rows``."""
    from sklearn.linear_model import LogisticRegression

    if candidate.leaves:
        return Trees(trees.grow(spec, rows, outcome, candidate.leaves, candidate.rounds))
    terms = design.terms(rows)
    line = LogisticRegression(C=candidate.strength, max_iter=500).fit(terms, outcome)
    return Additive(np.asarray(line.coef_[0]), float(line.intercept_[0]))


def odds_outside(
    spec: Spec,
    candidates: tuple[Candidate, ...],
    rows: Numbers,
    outcome: NDArray[np.int64],
    inside: NDArray[np.bool_],
    outside: NDArray[np.bool_],
) -> dict[Candidate, Numbers]:
    """Return the log-odds that each candidate, fitted inside, gives those outside."""
    designs = {
        knots: learn(spec, rows[inside], knots) for knots in {one.knots for one in candidates}
    }
    found = {}
    for candidate in candidates:
        design = designs[candidate.knots]
        form = fit(spec, candidate, rows[inside], outcome[inside], design)
        found[candidate] = odds(form, design, rows[outside])
    return found


def odds(form: Form, design: Design, rows: Numbers) -> Numbers:
    """Return the log-odds of ``rows``."""
    if isinstance(form, Trees):
        return trees.odds(form.text, rows)
    return np.asarray(design.terms(rows) @ form.slopes + form.intercept)


def parts(form: Form, design: Design, rows: Numbers, terms: Numbers) -> tuple[float, Numbers]:
    """Return the base, and ``(rows, inputs)``: what each input adds to it in log-odds."""
    if isinstance(form, Trees):
        return trees.parts(form.text, rows)
    share = form.slopes[:, None] * (design.owners[:, None] == np.arange(rows.shape[1]))
    return form.intercept, np.asarray(terms @ share)
