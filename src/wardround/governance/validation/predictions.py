"""What a validation starts from: outcomes, predictions, and what else is known of each patient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.kernel import InvalidInput

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.str_]
Column = Sequence[Any] | NDArray[Any]
"""Values as they are handed in, one for each patient."""

FEWEST = 100
"""Fewer patients than this say nothing of a model that an interval would not contradict."""

FEWEST_EACH = 10
"""The fewest patients with the outcome, and without it. An interval needs some of both; for a
calibration curve that can be trusted, 100 to 200 of each are asked (Collins et al. 2016, doi
10.1002/sim.6787; Van Calster et al. 2016, doi 10.1016/j.jclinepi.2015.12.005)."""

UNKNOWN = "not recorded"

MOST_LEVELS = 50
"""More levels than this are no groups of patients, but a number, a date or a name."""


@dataclass(frozen=True)
class Predictions:
    """Outcomes (0 or 1) and predicted risks (0 to 1) of the same patients, row by row, checked."""

    outcomes: Floats
    risks: Floats
    groups: Mapping[str, Texts] = field(default_factory=dict)
    """For each column, the level that each patient is in."""
    missing: Mapping[str, Flags] = field(default_factory=dict)
    """For each input, whether a patient lacks it."""
    baselines: Mapping[str, Floats] = field(default_factory=dict)
    """Others' predictions for the same patients; not a number where they made none."""
    sets: Flags | None = None
    """Conformal sets: whether "no" and whether "yes" is in a patient's set, two columns."""

    @classmethod
    def of(
        cls,
        outcomes: Column,
        risks: Column,
        groups: Mapping[str, Column] | None = None,
        missing: Mapping[str, Column] | None = None,
        baselines: Mapping[str, Column] | None = None,
        sets: Column | None = None,
    ) -> "Predictions":
        """Check what was handed in, and return it; raise ``InvalidInput`` for what cannot be."""
        y = _numbers(outcomes, "outcomes")
        p = _numbers(risks, "predictions")
        _same_length(len(y), len(p), "predictions")
        if not np.isin(y, (0.0, 1.0)).all():
            raise InvalidInput(
                "An outcome is neither 0 nor 1.",
                where="outcomes",
                mend="Leave out patients whose outcome is not known, and say how many.",
            )
        _check_risks(p, "predictions")
        _enough(y)
        named = {name: _levels(values, name, len(y)) for name, values in (groups or {}).items()}
        absent = {name: _flags(values, name, len(y)) for name, values in (missing or {}).items()}
        others = {}
        for name, values in (baselines or {}).items():
            others[name] = _numbers(values, name, whole=False)
            _same_length(len(y), len(others[name]), name)
            known = ~np.isnan(others[name])
            _check_risks(others[name][known], name)
            _enough(y[known], name)
        return cls(y, p, named, absent, others, None if sets is None else _sets(sets, len(y)))

    def __len__(self) -> int:
        return len(self.outcomes)

    def digest(self) -> str:
        """Return the SHA-256 of all that was handed in, so that a report names its data."""
        hashed = sha256()
        columns: list[tuple[str, NDArray[Any]]] = [("y", self.outcomes), ("p", self.risks)]
        columns += [(f"group {name}", self.groups[name]) for name in sorted(self.groups)]
        columns += [(f"missing {name}", self.missing[name]) for name in sorted(self.missing)]
        columns += [(f"baseline {name}", self.baselines[name]) for name in sorted(self.baselines)]
        columns += [] if self.sets is None else [("sets", self.sets)]
        for name, values in columns:
            hashed.update(f"{name}\n".encode())
            told = "\n".join(values) if values.dtype.kind == "U" else values.tobytes().hex()
            hashed.update(told.encode())
        return hashed.hexdigest()


def _numbers(values: Any, where: str, *, whole: bool = True) -> Floats:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidInput("A value is no number.", where=where) from None
    if numbers.ndim != 1:
        raise InvalidInput("This is no column: one value for each patient.", where=where)
    lacking = int(np.isnan(numbers).sum())
    if whole and lacking:
        raise InvalidInput(
            f"{lacking} of {len(numbers)} values are missing.",
            where=where,
            mend="Leave these patients out, and say how many and why.",
        )
    return numbers


def _check_risks(risks: Floats, where: str) -> None:
    if ((risks < 0) | (risks > 1)).any():
        raise InvalidInput(
            "A prediction is outside 0 to 1, so it is no probability.",
            where=where,
            mend="Hand in the probability of the outcome, not a score or a percentage.",
        )


def _same_length(rows: int, found: int, where: str) -> None:
    if rows != found:
        raise InvalidInput(
            f"There are {found} values for {rows} patients.",
            where=where,
            mend="Hand in one value for each patient, in the same order.",
        )


def _enough(outcomes: Floats, where: str = "outcomes") -> None:
    yes = int(outcomes.sum())
    no = len(outcomes) - yes
    if min(yes, no) == 0:
        raise InvalidInput(
            "All patients have the same outcome: nothing can be told apart.", where=where
        )
    if len(outcomes) < FEWEST or min(yes, no) < FEWEST_EACH:
        raise InvalidInput(
            f"{len(outcomes)} patients, {yes} with the outcome, are too few to validate a model.",
            where=where,
            mend=f"At least {FEWEST} patients are needed, {FEWEST_EACH} with and without it.",
        )


def _levels(values: Column, name: str, rows: int) -> Texts:
    _same_length(rows, len(values), name)
    told = [UNKNOWN if _nothing(value) else str(value).strip() for value in values]
    if len(set(told)) == 1:
        raise InvalidInput(
            "All patients are in one group, so there is nothing to compare.",
            where=name,
            mend="Leave the column out.",
        )
    if len(set(told)) > MOST_LEVELS:
        raise InvalidInput(
            f"There are {len(set(told))} levels, so this is no column of groups.",
            where=name,
            mend=f"Put its values into groups, {MOST_LEVELS} at most.",
        )
    return np.array(told, dtype=np.str_)


def _nothing(value: Any) -> bool:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return True
    return not str(value).strip()


def _flags(values: Column, name: str, rows: int) -> Flags:
    _same_length(rows, len(values), name)
    numbers = _numbers(values, name)
    if not np.isin(numbers, (0.0, 1.0)).all():
        raise InvalidInput("This says neither missing (1) nor there (0).", where=name)
    return numbers.astype(bool)


def _sets(sets: Column, rows: int) -> Flags:
    _same_length(rows, len(sets), "sets")
    pairs = np.asarray(sets)
    if pairs.shape != (rows, 2) or not np.isin(pairs, (0, 1)).all():
        raise InvalidInput(
            "A conformal set has two columns of 0 and 1: whether no is in it, and whether yes.",
            where="sets",
        )
    return pairs.astype(bool)
