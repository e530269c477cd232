"""Many patients and one learned model: ``{"id", "inputs" | "bundle"}`` in, a probability out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wardround.capabilities.risk.bulk import (
    entries_of,
    given_of,
    moment_of,
    reasons_of,
    sources_of,
)
from wardround.capabilities.risk.chart import ChartOf, Found, setting_of
from wardround.capabilities.risk.learned.prediction import Case, Prediction
from wardround.capabilities.risk.learned.service import CARD, Learned
from wardround.capabilities.risk.scores import SCORES
from wardround.kernel import Clock, InvalidInput, WardroundError, system_clock

SHIPPED = Path(__file__).parents[1] / "models"
"""The examples that the package carries, a folder each."""
_SAID = {True: "yes", False: "no"}


class Predicting:
    """Answers records with one learned model."""

    def __init__(self, learned: Learned, clock: Clock = system_clock) -> None:
        self._learned = learned
        self._clock = clock
        self._known = frozenset(asked.name for asked in learned.inputs)

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to one record; raise ``InvalidInput`` for what cannot be read."""
        answered = self.batch_many([line])[0]
        if isinstance(answered, WardroundError):
            raise answered
        return answered

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        """Return each record's answer, or the error that it costs."""
        read: list[Case | WardroundError] = []
        for line in lines:
            try:
                read.append(self._case(line))
            except WardroundError as error:
                read.append(error)
        said = iter(self._learned.predict_many([one for one in read if isinstance(one, Case)]))
        return [
            self._record(line.get("id"), next(said)) if isinstance(one, Case) else one
            for line, one in zip(lines, read, strict=True)
        ]

    def _case(self, line: Mapping[str, Any]) -> Case:
        groups = self._groups(line.get("groups") or {})
        setting = str(line.get("setting") or "")
        if isinstance(line.get("inputs"), dict):
            given = given_of(self._learned.model.name, self._known, line["inputs"])
            return Case(Found(given=given), groups, setting)
        if isinstance(line.get("bundle"), dict):
            resources, at = entries_of(line["bundle"]), moment_of(line, self._clock)
            found = self._learned.find(ChartOf(resources, at))
            return Case(found, groups, setting or setting_of(resources, at))
        raise InvalidInput(
            "A record has inputs or a bundle.",
            mend='Write {"id", "inputs": {"age": 50, "sodium": {"value": 138, "unit": "mmol/L"}}}.',
        )

    def _groups(self, given: object) -> dict[str, str]:
        known = self._learned.spec.groups
        if not isinstance(given, dict):
            raise InvalidInput("Groups are names with values.", where="groups")
        for name in given:
            if name not in known:
                raise InvalidInput(
                    f"{self._learned.model.name} has no group {name}.",
                    where=f"groups/{name}",
                    mend=f"Its groups: {', '.join(known) or 'none'}.",
                )
        return {name: str(value) for name, value in given.items() if value is not None}

    def _record(self, identity: object, said: Prediction) -> dict[str, Any]:
        return {
            "id": identity,
            "model": self._learned.model.name,
            "status": str(said.status),
            "probability": said.probability,
            "answer": None if said.answer is None else _SAID[said.answer],
            "set": [_SAID[value] for value in said.possible],
            "interval": None,
            "abstained": str(said.status) == "abstained",
            "reasons": reasons_of(said.reasons),
            "contributions": [
                {"component": one.label, "log_odds": one.log_odds} for one in said.contributions
            ],
            "base": said.base,
            "warnings": list(said.warnings),
            "sources": sources_of(said.chosen),
        }


def learned_named(name: str) -> Learned:
    """Return a model by its folder, or one that the package carries by its name.

    Raise ``InvalidInput`` naming what there is.
    """
    if (Path(name) / CARD).is_file():
        return Learned.in_folder(Path(name))
    there = sorted(path.name for path in SHIPPED.iterdir() if (path / CARD).is_file())
    if name in there:
        return Learned.in_folder(SHIPPED / name)
    raise InvalidInput(
        f"There is no score and no model {name}.",
        where="model",
        mend=f"One of: {', '.join((*there, *SCORES))}; or a model's folder.",
    )
