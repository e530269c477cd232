"""What became of predictions: entered as it becomes known, sealed, and audited."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select

from wardround.governance.watch.prediction import Prediction
from wardround.governance.watch.reported import Reported, Source, refuse
from wardround.governance.watch.tables import outcome_place, outcomes
from wardround.kernel import Actor, Clock, Noun, system_clock
from wardround.security import AuditTrail, PurposeOfUse, vault_of

_AT_ONCE = 500


class Taken(Noun):
    """How many outcomes were new, and how many were known and are otherwise now."""

    new: int
    changed: int


class Outcomes:
    """The outcomes, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def enter(
        self,
        reports: Mapping[str, Reported],
        predictions: Mapping[str, Prediction],
        source: Source,
        by: Actor | None = None,
    ) -> Taken:
        """Take outcomes in, all or none; raise ``InvalidInput`` where one is of no prediction.

        ``reports`` are by where each is from, ``predictions`` by their drafts' ids. The same
        outcome again changes nothing; one that is otherwise replaces the one before.
        """
        refuse(
            [
                f"{place}: {wrong}"
                for place, one in reports.items()
                for wrong in _wrong(one, predictions)
            ],
            "outcomes",
        )
        known = self.of([one.draft for one in reports.values()])
        fresh = [one for one in reports.values() if known.get(one.draft) != one]
        if not fresh:
            return Taken(new=0, changed=0)
        again = [one.draft for one in fresh if one.draft in known]
        for start in range(0, len(again), _AT_ONCE):
            some = again[start : start + _AT_ONCE]
            self._tx.execute(delete(outcomes).where(outcomes.c.draft.in_(some)))
        rows = [self._row(one, predictions[one.draft].subject, source, by) for one in fresh]
        self._tx.execute(insert(outcomes), rows)
        AuditTrail(self._tx, self._clock).record(
            "add-outcomes",
            "success",
            actor=by,
            detail={
                "source": source,
                "new": str(len(fresh) - len(again)),
                "changed": str(len(again)),
            },
            purpose=PurposeOfUse.OPERATIONS,
        )
        return Taken(new=len(fresh) - len(again), changed=len(again))

    def of(self, drafts: Iterable[str]) -> dict[str, Reported]:
        """Return what is known of drafts, by their ids."""
        asked = {*drafts}
        rows = self._tx.execute(select(outcomes.c.draft, outcomes.c.document)).all()
        kept = [row for row in rows if row.draft in asked]
        sealed = [(row.document, outcome_place(row.draft)) for row in kept]
        opened = vault_of(self._tx).open_all(self._tx, sealed)
        return {
            row.draft: Reported.model_validate_json(document)
            for row, document in zip(kept, opened, strict=True)
        }

    def _row(self, one: Reported, subject: str, source: Source, by: Actor | None) -> dict[str, Any]:
        document = orjson.dumps(one.model_dump(mode="json"))
        return {
            "draft": one.draft,
            "subject": subject,
            "entered": self._clock(),
            "entered_by": None if by is None else by.id,
            "source": source,
            "document": vault_of(self._tx).seal(
                self._tx, subject, document, outcome_place(one.draft)
            ),
        }


def _wrong(one: Reported, predictions: Mapping[str, Prediction]) -> Iterable[str]:
    made = predictions.get(one.draft)
    if made is None:
        yield "there is no such prediction here"
    elif one.at < made.at:
        yield "its outcome is before the prediction"
