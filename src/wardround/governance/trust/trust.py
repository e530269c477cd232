"""How often a prediction came true here, for patients like this one: counts, and how sure they are.

A clinician asks of one number. The answer is what happened to those who had such a number here, all
of them and those of the patient's own groups; where too few are known, it says so, and nothing is
borrowed from elsewhere without its name.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from wardround.governance.validation import Measured, wilson

FEWEST = 50
"""Fewer patients than this are counted and not measured."""

EDGES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
"""Ranges of a probability within which patients are held to be alike."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Value):
    """The prediction in question: its probability or its band, and the patient's groups."""

    probability: float | None = None
    band: str = ""
    groups: Mapping[str, str] = {}


class Case(_Value):
    """An earlier prediction of the same model here, and what became of it."""

    probability: float | None = None
    band: str = ""
    outcome: bool
    groups: Mapping[str, str] = {}


class Known(_Value):
    """What is known of some patients: how many, and of how many of them it came true."""

    whom: str
    n: int
    hits: int
    share: Measured | None
    """None of fewer than ``FEWEST``."""
    agrees: bool | None
    """Whether the interval holds what was predicted for them, on average; None where unknown."""


def trust(asked: Asked, here: Sequence[Case]) -> list[Known]:
    """Return what is known here: of all with such a result, then of each group of the patient."""
    alike = [case for case in here if _alike(asked, case)]
    found = [_known(like_this(asked), alike)]
    for name, value in asked.groups.items():
        own = [case for case in alike if case.groups.get(name) == value]
        found.append(_known(f"{name} {value}, {like_this(asked)}", own))
    return found


def like_this(asked: Asked) -> str:
    """Return in words which results are held to be like this one."""
    if asked.probability is None:
        return f"the result “{asked.band}”"
    low, high = _between(asked.probability)
    return f"a predicted risk of {low:.0%} to {high:.0%}"


def _alike(asked: Asked, case: Case) -> bool:
    if asked.probability is None or case.probability is None:
        return bool(asked.band) and case.band == asked.band
    return _between(asked.probability) == _between(case.probability)


def _between(probability: float) -> tuple[float, float]:
    for low, high in itertools.pairwise(EDGES):
        if probability < high:
            return low, high
    return EDGES[-2], EDGES[-1]


def _known(whom: str, cases: Iterable[Case]) -> Known:
    of = list(cases)
    hits = sum(case.outcome for case in of)
    if len(of) < FEWEST:
        return Known(whom=whom, n=len(of), hits=hits, share=None, agrees=None)
    share = wilson(hits, len(of))
    predicted = [case.probability for case in of if case.probability is not None]
    agrees = None
    if len(predicted) == len(of) and share.low is not None and share.high is not None:
        agrees = share.low <= sum(predicted) / len(of) <= share.high
    return Known(whom=whom, n=len(of), hits=hits, share=share, agrees=agrees)
