"""A learned model at the bedside: patients in, predictions out, one at a time or many."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wardround.capabilities.risk.answer import Given
from wardround.capabilities.risk.chart import ChartOf, Found
from wardround.capabilities.risk.learned.asking import inputs_of
from wardround.capabilities.risk.learned.prediction import Case, Prediction
from wardround.capabilities.risk.learned.reading import read_case
from wardround.capabilities.risk.learned.saying import refused, say
from wardround.capabilities.risk.score import Input, Value
from wardround.engines import tabular
from wardround.kernel import InvalidInput, Model

CARD, FILE = "card.yaml", "model.skops"
_DIGEST = re.compile(r"""^digest: ["']?([0-9a-f]{64})["']?\s*$""", re.MULTILINE)


@dataclass(frozen=True)
class Learned:
    """A trained model, and the name, version and sha256 that it is registered by."""

    trained: tabular.Model
    model: Model

    @classmethod
    def open(cls, path: Path, digest: str) -> "Learned":
        """Return the model kept at ``path``; refuse one that is not the file of that sha256."""
        trained = tabular.load(path, digest)
        spec = trained.spec
        return cls(trained, Model(name=spec.name, version=spec.version, digest=digest))

    @classmethod
    def in_folder(cls, folder: Path) -> "Learned":
        """Return the model of a folder that was trained; refuse a file that is not its card's."""
        card = folder / CARD
        if not card.is_file():
            raise InvalidInput(
                f"This is no model's folder: it has no {CARD}.",
                where=str(folder),
                mend="Name a folder that wardround risk train made.",
            )
        said = _DIGEST.search(card.read_text("utf-8", errors="replace"))
        if said is None:
            raise InvalidInput(
                "The card does not say the digest of its model.",
                where=str(card),
                mend="Bring the card back as it was; if it is lost, train again.",
            )
        return cls.open(folder / FILE, said[1])

    @property
    def spec(self) -> tabular.Spec:
        """What the model was to be."""
        return self.trained.spec

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What is asked of a chart or a person."""
        return inputs_of(self.spec)

    def find(self, chart: ChartOf) -> Found:
        """Return what a chart holds of the inputs, at its moment."""
        return chart.look_for(self.inputs)

    def predict(
        self,
        found: Found | Mapping[str, Given],
        groups: Mapping[str, str] | None = None,
        setting: str = "",
    ) -> Prediction:
        """Return what is said of one patient, with all that explains it."""
        if not isinstance(found, Found):
            found = Found(given=dict(found))
        return self.predict_many([Case(found, groups or {}, setting)], explained=True)[0]

    def predict_many(self, cases: Sequence[Case], *, explained: bool = False) -> list[Prediction]:
        """Return what is said of each case; one that cannot be answered costs itself alone.

        ``explained`` adds similar patients and what would change the result.
        """
        read = [read_case(self.spec, case) for case in cases]
        made = [refused(self.spec, one, case) for one, case in zip(read, cases, strict=True)]
        places = [place for place, one in enumerate(read) if not one.refused]
        if not places:
            return made
        table = self._table([(read[place].values, cases[place].groups) for place in places])
        said, warnings = self.trained.predict(table), self.trained.warnings(table)
        for row, place in enumerate(places):
            answered = say(self.trained, said, row, read[place], cases[place])
            own = warnings[row] if warnings else ()
            made[place] = replace(answered, warnings=own) if own else answered
            if explained and answered.probability is not None:
                made[place] = self._explained(made[place], table, row)
        return made

    def _table(
        self, rows: Sequence[tuple[Mapping[str, Value | None], Mapping[str, str]]]
    ) -> dict[str, list[object]]:
        table: dict[str, list[object]] = {
            item.column: [_cell(values[item.column]) for values, _ in rows]
            for item in self.spec.inputs
        }
        for name in self.spec.groups:
            if name not in table:
                table[name] = [groups.get(name, "") for _, groups in rows]
        return table

    def _explained(
        self, made: Prediction, table: Mapping[str, list[object]], row: int
    ) -> Prediction:
        one = {name: [values[row]] for name, values in table.items()}
        similar = tuple(self.trained.similar(one)[0])
        harms = self.spec.harms
        if harms is None:
            return replace(made, similar=similar)
        limit = tabular.threshold(harms.miss / harms.false_alarm)
        changes = tuple(tabular.changes(self.trained, one, limit))
        return replace(made, similar=similar, changes=changes, acts_from=limit)


def _cell(value: Value | None) -> object:
    return int(value) if isinstance(value, bool) else value
