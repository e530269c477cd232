"""A spec and a table made into a model's folder: trained, held out, written whole or not at all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from wardround import __version__
from wardround.capabilities.risk import check_spec_units
from wardround.disk import folder_appearing
from wardround.engines.tabular import (
    Spec,
    Table,
    Trained,
    check_units,
    hold_out,
    read_spec_file,
    read_table,
    reference_of,
    taken,
    train,
)
from wardround.governance.validation import Validation
from wardround.kernel import Conflict
from wardround.learning.card import HEAD, card
from wardround.learning.validating import hold_against, write_reports

MADE = ("card.yaml", "model.skops", "spec.yaml")
"""What every model's folder holds; a folder without them is never written over."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What a model is trained from, and where it goes."""

    spec: Path
    data: Path
    out: Path
    test: Path | None = None
    bundles: bool = False
    """Whether ``data`` is a folder of FHIR bundles."""
    instead: bool = False
    """Whether a model's folder that is there already gives way."""


@dataclass(frozen=True)
class Made:
    """What came of it."""

    name: str
    version: str
    digest: str
    learned_from: int
    nested_auroc: float
    found: Validation


def train_model(plan: Plan, today: date, tell: Tell) -> Made:
    """Train and validate, and write the model's folder; raise ``InvalidInput`` before that."""
    refuse_place(plan.out, MADE, instead=plan.instead)
    spec = read_spec_file(plan.spec)
    check_spec_units(spec)
    table, source = read_data(spec, plan.data, tell, bundles=plan.bundles)
    if plan.test is None:
        inside, held = hold_out(spec, table)
        outside = spec.split.kind != "random"
        beside = f"{source}, held out: {_how(spec)}"
    else:
        inside, outside = dict(table), True
        held, beside = read_data(spec, plan.test, tell)
    tell(f"Training on {_rows(inside):,} rows; {_rows(held):,} are held out.")
    trained = train(spec, inside)
    tell("Holding it against the patients it has not seen.")
    checked = hold_against(trained.model, held)
    data = f"{source}; {_rows(inside):,} rows learned from, each input as the spec describes it."
    with folder_appearing(plan.out, instead=plan.instead) as folder:
        digest = trained.model.save(folder / "model.skops")
        (folder / "spec.yaml").write_bytes(plan.spec.read_bytes())
        written = card(trained.model, digest, data, inside, checked.found, outside=outside)
        (folder / "card.yaml").write_text(HEAD + _yaml(written), "utf-8")
        _write_json(folder / "reference.json", _reference(spec, inside, trained))
        _write_json(folder / "training.json", _evidence(plan, trained, inside, held))
        tell("Writing the report.")
        write_reports(folder, trained.model, digest, beside, checked, today)
    return Made(
        spec.name,
        spec.version,
        digest,
        _rows(inside),
        trained.nested_auroc,
        checked.found,
    )


def refuse_place(out: Path, made: Sequence[str], *, instead: bool) -> None:
    """Raise ``Conflict`` for a place that is taken, before anything long is begun."""
    if not out.exists():
        return
    if not instead:
        raise Conflict(
            "There is a folder of this name.", where=str(out), mend="Name another, or --force."
        )
    lacking = [name for name in made if not (out / name).is_file()]
    if lacking:
        raise Conflict(
            f"This folder is not one that this command made: it has no {lacking[0]}.",
            where=str(out),
            mend="Name another.",
        )


def read_data(
    spec: Spec, path: Path, tell: Tell, *, bundles: bool = False
) -> tuple[dict[str, list[object]], str]:
    """Return a table at the door, and what it is called with its sha256."""
    if bundles:
        from wardround.capabilities.risk import read_cohort

        cohort = read_cohort(spec, path)
        tell(cohort.says())
        return cohort.table, f"{path.name}, {cohort.says()}"
    tell(f"Reading {path.name}.")
    table = check_units(spec, read_table(path))
    return table, f"{path.name}, {_rows(table):,} rows, sha256 {_digest(path)}"


def _how(spec: Spec) -> str:
    split = spec.split
    if split.kind == "site":
        return f"{split.column} {', '.join(split.sites)}"
    share = f"{100 * split.fraction:.0f} %"
    return f"the last {share} by {split.column}" if split.column else f"{share} at random"


def _rows(table: Table) -> int:
    return max((len(values) for values in table.values()), default=0)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _reference(spec: Spec, table: Table, trained: Trained) -> dict[str, object]:
    """Return the spread of development: inputs, and predictions by models that had not seen it."""
    known = ~np.isnan(trained.unseen)
    return reference_of(spec, taken(table, known), trained.unseen[known])


def _evidence(plan: Plan, trained: Trained, inside: Table, held: Table) -> dict[str, object]:
    """Return how the model came about: the data by their hashes, and each choice with its loss."""
    files = [path for path in (plan.data, plan.test) if path is not None and path.is_file()]
    return {
        "wardround": __version__,
        "data": {path.name: _digest(path) for path in files},
        "learned_from": _rows(inside),
        "held_out": _rows(held),
        "chosen": trained.chosen,
        "calibration": trained.model.calibration,
        "nested_auroc": round(trained.nested_auroc, 4),
        "losses": {name: round(loss, 5) for name, loss in trained.losses.items()},
        "parts": [one._asdict() for one in trained.parts],
        "costs": None if trained.costs is None else vars(trained.costs),
    }


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _yaml(content: object) -> str:
    import yaml  # type: ignore[import-untyped]

    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100))
