"""A model held against a table: as it is, and beside it as it would be recalibrated there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from wardround.engines.tabular import (
    Model,
    Table,
    Turns,
    groups,
    in_turns,
    numbers,
    outcomes,
    threshold,
)
from wardround.governance.validation import Predictions, Validation, validate, write_report
from wardround.kernel import InvalidInput
from wardround.learning.about import about

RECALIBRATED = "the same model, recalibrated here"
RESAMPLES = 1000


@dataclass(frozen=True)
class Held:
    """What a validation found, and why nothing stands beside it, where nothing does."""

    found: Validation
    alone: str | None
    promised: bool
    """Whether the sets cover as promised, as far as the mix of patients tells."""
    doubts: tuple[str, ...]


def hold_against(model: Model, table: Table, *, recalibrated: bool = False) -> Held:
    """Return how the model does on the patients of ``table``."""
    spec = model.spec
    outcome, said = outcomes(spec, table), model.predict(table)
    missing = np.isnan(numbers(spec, table))
    turns: Turns | None = None
    alone = None
    if recalibrated:
        try:
            turns = in_turns(model, table)
        except InvalidInput as error:
            alone = error.what
    data = Predictions.of(
        outcome,
        said.probability,
        groups={name: held for name, held in groups(spec, table).items() if len(set(held)) > 1},
        missing={item.column: missing[:, place] for place, item in enumerate(spec.inputs)},
        baselines={RECALIBRATED: turns.probability} if turns else {},
        sets=said.sets,
    )
    harms = spec.harms
    chosen = threshold(harms.miss / harms.false_alarm) if harms else None
    found = validate(data, chosen=chosen, resamples=RESAMPLES)
    return Held(found, alone, said.promise.kept, said.promise.reasons)


def write_reports(
    folder: Path, model: Model, digest: str, source: str, held: Held, today: date
) -> None:
    """Write ``report.html``, ``report.pdf`` and ``report.json`` into ``folder``."""
    told = about(model, digest, source)
    told = told.model_copy(update={"limits": [*told.limits, *held.doubts]})
    if held.alone:
        lacking = f"It could not be recalibrated here. {held.alone}"
        told = told.model_copy(update={"limits": [*told.limits, lacking]})
    for kind in ("html", "pdf", "json"):
        write_report(folder / f"report.{kind}", held.found, told, today)
