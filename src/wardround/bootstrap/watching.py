"""The watch over models in use: their drafts, what became of them, what each is compared with."""

import itertools
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files

from wardround.bootstrap.house import Wardround
from wardround.bootstrap.models import carried_models
from wardround.bootstrap.oversight import OpenRecord
from wardround.database import Transaction
from wardround.governance.registry import Models
from wardround.governance.watch import (
    FIRST,
    Look,
    Looks,
    Outcomes,
    Prediction,
    Spreads,
    Taken,
    Watched,
    checks_of,
    first_spreads,
    prediction_of,
    read_reports,
    read_spreads,
)
from wardround.kernel import Actor, Model

log = logging.getLogger(__name__)

REFERENCE = "reference.json"
"""How a model's inputs and predictions were spread at validation, kept beside it."""

_DAY = timedelta(days=1)
_ELDERLY = 65


def predictions_of(wardround: Wardround) -> list[Prediction]:
    """Return every draft as the watch reads it, oldest first, those in shadow too.

    What amends a signed draft is not a second prediction.
    """
    drafts = [draft for draft in wardround.rounds.measured() if draft.supersedes is None]
    found = [prediction_of(draft) for draft in drafts]
    with wardround.database.read() as tx:
        known = Outcomes(tx).of(one.draft for one in found)
        groups = _groups(tx, wardround.settings.care_days, found)
    return [
        replace(
            one,
            groups=groups.get(one.draft, {}),
            outcome=bool(known[one.draft].outcome) if one.draft in known else None,
        )
        for one in found
    ]


def watch_models(wardround: Wardround, by: Actor | None = None) -> list[Look]:
    """Look at every model that drafted anything, keep what was found, and return it.

    Without a person it is the server that looks, once a day.
    """
    by_model: dict[tuple[str, Model], list[Prediction]] = {}
    for one in predictions_of(wardround):
        by_model.setdefault((one.capability, one.model), []).append(one)
    with wardround.database.begin() as tx:
        looks = Looks(tx, wardround.clock)
        found = [
            _look(looks, kept_reference(tx, model), capability, model, made)
            for (capability, model), made in by_model.items()
        ]
        kept = looks.keep(found, by)
    for look in kept:
        if look.new:
            log.warning(
                "the watch over a model fires: %s %s, %d new",
                look.found.model.name,
                look.found.model.version,
                len(look.new),
            )
    return kept


def watch_is_due(wardround: Wardround) -> bool:
    """Whether anything was drafted, and nobody and no server looked for a day."""
    with wardround.database.read() as tx:
        last = Looks(tx).last_at()
    if last is not None:
        return wardround.clock() - last >= _DAY
    return bool(wardround.rounds.measured())


def take_outcomes(
    wardround: Wardround, lines: Iterable[bytes], where: str, by: Actor | None = None
) -> Taken:
    """Take the outcomes of a file in, all or none; raise ``InvalidInput`` naming its lines."""
    reports = read_reports(lines, where, wardround.clock())
    made = {one.draft: one for one in predictions_of(wardround)}
    with wardround.database.begin() as tx:
        return Outcomes(tx, wardround.clock).enter(reports, made, "file", by)


def _look(
    looks: Looks,
    spreads: Spreads | None,
    capability: str,
    model: Model,
    made: Sequence[Prediction],
) -> Watched:
    says = f"validation, {spreads.predictions.n:,} patients" if spreads else ""
    if spreads is None and any(one.inputs for one in made):
        spreads = looks.reference(model)
        if spreads is None and len(made) >= FIRST:
            spreads = first_spreads(made[:FIRST])
            looks.keep_reference(model, spreads)
        says = (
            f"the first {FIRST:,} predictions here, as the model came without a reference"
            if spreads
            else f"nothing yet: the first {FIRST:,} predictions here will be the reference"
        )
    return Watched(
        capability=capability,
        model=model,
        since=made[0].at,
        predictions=len(made),
        outcomes=sum(one.outcome is not None for one in made),
        reference=says,
        checks=tuple(checks_of(made, spreads)),
    )


def kept_reference(tx: Transaction, model: Model) -> Spreads | None:
    """Return the ``reference.json`` that a model came with, where it did."""
    where = f"{model.name}/{REFERENCE}"
    models = Models(tx)
    for version in models.stages():
        if version.model == model:
            for kept in models.files(model.name):
                if (kept.model, kept.name) == (version.id, REFERENCE):
                    return read_spreads(models.content(model.name, kept.id)[1], where)
    for one in carried_models():
        if (one.name, one.digest) == (model.name, model.digest):
            folder = files("wardround").joinpath(*one.file.split("/")[1:-1])
            path = folder.joinpath(REFERENCE)
            if path.is_file():
                return read_spreads(path.read_bytes(), where)
    return None


def _groups(
    tx: Transaction, care_days: int, predictions: Sequence[Prediction]
) -> dict[str, Mapping[str, str]]:
    """Return each prediction's groups by its draft: sex, and age when it was made."""
    patients = OpenRecord(tx, care_days).read({one.subject for one in predictions})
    found: dict[str, Mapping[str, str]] = {}
    for one in predictions:
        patient = patients.get(one.subject, {})
        groups = {}
        if patient.get("gender") in {"female", "male"}:
            groups["sex"] = {"female": "women", "male": "men"}[str(patient["gender"])]
        age = _age(patient.get("birthDate"), one.at)
        if age is not None:
            groups["age"] = f"{_ELDERLY} and older" if age >= _ELDERLY else f"under {_ELDERLY}"
        found[one.draft] = groups
    return found


def _age(born: object, at: datetime) -> int | None:
    """Return whole years from a FHIR date, of which month and day may be missing."""
    parts = [int(part) for part in str(born or "").split("-") if part.isdigit()]
    if not parts:
        return None
    year, month, day = itertools.islice([*parts, *(1, 1)[len(parts) - 1 :]], 3)
    today = at.astimezone().date()
    return today.year - year - (today < date(today.year, month, min(day, 28)))
