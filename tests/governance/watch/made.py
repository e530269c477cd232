"""A model in use on made patients: what went in, what it said, what came of it."""

from datetime import UTC, datetime, timedelta

import numpy as np

from wardround.database import Transaction
from wardround.governance.watch import Prediction, Spreads, Value, spreads_of
from wardround.kernel import (
    Actor,
    Draft,
    Finding,
    Json,
    Model,
    Order,
    Role,
    Severity,
    Status,
)
from wardround.rounds.drafts import Drafts
from wardround.rounds.orders import Orders, State

MODEL = Model(name="made-death", version="1", digest="c" * 64)
START = datetime(2026, 1, 1, 8, tzinfo=UTC)
MEI = Actor(id="mei", name="Mei Tanaka", role=Role.QUALITY_OFFICER, reference="Practitioner/mei")


def cohort(seed: int, n: int, *, shift: float = 0.0, odds: float = 1.0) -> list[Prediction]:
    """Return predictions whose lactate lies ``shift`` standard deviations higher.

    Outcomes come by the predicted odds, ``odds`` times as high.
    """
    chance = np.random.default_rng(seed)
    return [_one(chance, number, shift, odds) for number in range(n)]


def reference(seed: int, n: int = 3000) -> Spreads:
    """Return the reference that a model of such patients would come with."""
    table = cohort(seed, n)
    columns = {name: [one.inputs[name] for one in table] for name in table[0].inputs}
    return spreads_of(columns, [one.result or 0.0 for one in table])


def draft_of(one: Prediction, *, shadow: bool = False) -> Draft:
    """Return a prediction as the draft that it is read from."""
    kinds = {"lactate": "number", "age": "number", "sex": "category", "ventilated": "yes_no"}
    inputs: list[Json] = [
        {
            "name": name,
            "label": one.labels[name],
            "kind": kinds[name],
            "value": bool(int(value)) if name == "ventilated" else value,  # type: ignore[arg-type]
            "state": "missing" if value is None else "used",
        }
        for name, value in one.inputs.items()
    ]
    content: dict[str, Json] = {
        "model": one.model.name,
        "kind": "probability",
        "inputs": inputs,
        "result": {"value": one.result},
    }
    warned = Finding(rule="limits", severity=Severity.WARN, message="Look.")
    held = {"acknowledged_by": "p1"} if one.overridden else {}
    return Draft(
        id=one.draft,
        capability=one.capability,
        subject=one.subject,
        status=Status.ABSTAINED if one.abstained else Status.SIGNED,
        content={} if one.abstained else content,
        findings=(warned.model_copy(update=held),) if one.overridden else (),
        model=one.model,
        created=one.at,
        updated=one.at,
        shadow=shadow,
    )


def plant(tx: Transaction, drafts: list[Draft]) -> None:
    """Put drafts on the route as done."""
    for draft in drafts:
        order = Order(
            id=draft.id,
            capability=draft.capability,
            subject=draft.subject,
            ordered_by="p1",
            ordered_at=draft.created,
        )
        Orders(tx).add(order)
        Drafts(tx).add(draft, order.id)
        Orders(tx).move(order.id, State.DONE)


def _one(chance: np.random.Generator, number: int, shift: float, odds: float) -> Prediction:
    lactate = float(chance.lognormal(0.3 + 0.5 * shift, 0.5))
    age, ventilated = float(chance.normal(65, 15)), int(chance.random() < 0.3)
    sex = "female" if chance.random() < 0.5 else "male"
    log_odds = -3 + 0.02 * (age - 65) + 0.5 * lactate + 0.8 * ventilated
    likely = float(np.exp(log_odds)) * odds
    inputs: dict[str, Value | None] = {
        "lactate": None if chance.random() < 0.2 else lactate,
        "age": age,
        "sex": sex,
        "ventilated": str(ventilated),
    }
    return Prediction(
        draft=f"made-{number}",
        subject=f"Patient/made-{number % 40}",
        capability="risk",
        model=MODEL,
        at=START + timedelta(hours=number),
        inputs=inputs,
        labels={name: name.capitalize() for name in inputs},
        result=float(1 / (1 + np.exp(-log_odds))),
        probability=True,
        abstained=bool(chance.random() < 0.1),
        overridden=bool(chance.random() < 0.1),
        groups={"sex": {"female": "women", "male": "men"}[sex]},
        outcome=bool(chance.random() < likely / (1 + likely)),
    )
