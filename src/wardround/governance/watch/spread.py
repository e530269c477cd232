"""How inputs and predictions were spread when a model was validated: what the watch compares with.

It is kept with the model as ``reference.json``::

    {"inputs": {NAME: {"kind": "number" | "yes-no" | "category", "n": rows, "missing": share,
                       "quantiles": [101 numbers], "shares": {LEVEL: share}}},
     "predictions": {"n": rows, "quantiles": [101 numbers]}}

A hundred and one quantiles hold no row: the outermost are those of the half hundredth, so that
nobody's highest or lowest value is kept. Yes and no are the levels 1 and 0.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wardround.governance.validation import Floats
from wardround.governance.watch.prediction import Prediction, Value
from wardround.kernel import InvalidInput

FIRST = 1500
"""So many first predictions here are the reference of a model that came without one.

A shift is looked for from 1,000 values on, so that a third of them may be missing.
"""

PLACES = np.clip(np.linspace(0, 1, 101), 0.005, 0.995)

_MOST = 10_000
_FEWEST = 50
"""Of a spread of fewer known values nothing is compared."""

Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Spread(_Part):
    """The spread of one input, or of the predictions."""

    kind: Literal["number", "yes-no", "category"] = "number"
    n: int = Field(ge=0)
    missing: Share = 0.0
    quantiles: tuple[float, ...] = ()
    shares: dict[str, Share] = {}

    @property
    def known(self) -> int:
        """How many rows had a value."""
        return round(self.n * (1 - self.missing))

    @property
    def enough(self) -> bool:
        """Whether there is enough to compare with."""
        there = self.quantiles if self.kind == "number" else self.shares
        return self.known >= _FEWEST and bool(there)

    def numbers(self) -> Floats:
        """Return numbers spread as those at validation were, at most 10,000 of them."""
        count = min(self.known, _MOST)
        at = (np.arange(count) + 0.5) / max(count, 1)
        return np.interp(at, PLACES, self.quantiles)

    def within(self, values: Sequence[Value | None]) -> Floats:
        """Return the numbers that are known, those beyond the outermost quantiles at them.

        The reference has nothing beyond, so that without this a tail would count as a shift.
        """
        known = np.array([float(one) for one in values if one is not None], dtype=np.float64)
        return np.clip(known, self.quantiles[0], self.quantiles[-1])

    def levels(self) -> list[str]:
        """Return levels in the shares that they had, at most 10,000 of them."""
        count = min(self.known, _MOST)
        return [name for name, share in self.shares.items() for _ in range(round(share * count))]


class Spreads(_Part):
    """The spread of each input and of the predictions; ``local`` where it was made here."""

    inputs: dict[str, Spread] = {}
    predictions: Spread
    local: bool = False


def read_spreads(data: bytes, where: str) -> Spreads:
    """Return a ``reference.json``; raise ``InvalidInput``."""
    try:
        found = Spreads.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise InvalidInput(f"This is no reference: {place}: {first['msg']}.", where=where) from None
    for name, one in {**found.inputs, "predictions": found.predictions}.items():
        if len(one.quantiles) not in {0, len(PLACES)} or list(one.quantiles) != sorted(
            one.quantiles
        ):
            raise InvalidInput(
                f"This is no reference: {name} needs 101 quantiles that rise.", where=where
            )
    return found


def spreads_of(
    columns: Mapping[str, Sequence[Value | None]], results: Sequence[float], *, local: bool = False
) -> Spreads:
    """Return how a table's inputs, and the predictions for its rows, are spread."""
    inputs = {name: _spread(values) for name, values in columns.items()}
    return Spreads(inputs=inputs, predictions=_spread(results), local=local)


def first_spreads(first: Sequence[Prediction]) -> Spreads:
    """Return how the first predictions here were spread."""
    names = dict.fromkeys(name for one in first for name in one.inputs)
    spoken = [one for one in first if one.inputs]
    columns = {name: [one.inputs.get(name) for one in spoken] for name in names}
    return spreads_of(columns, [one.result for one in first if one.result is not None], local=True)


def _spread(values: Sequence[Value | None]) -> Spread:
    known = [one for one in values if one is not None]
    missing = 1 - len(known) / len(values) if values else 0.0
    words = [one for one in known if isinstance(one, str)]
    if words:
        names = sorted(set(words))
        shares = {name: words.count(name) / len(words) for name in names}
        kind: Literal["yes-no", "category"] = "yes-no" if {*names} <= {"0", "1"} else "category"
        return Spread(kind=kind, n=len(values), missing=missing, shares=shares)
    quantiles = np.quantile(np.array(known, dtype=np.float64), PLACES) if known else ()
    return Spread(
        n=len(values), missing=missing, quantiles=tuple(float(f"{one:.6g}") for one in quantiles)
    )
