"""How each person stood to each patient on the days they opened something of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum

from wardround.privacy.oversight.activity import Pair
from wardround.privacy.oversight.known import Record
from wardround.security import CareRelation

_NONE = CareRelation()


class Bond(Enum):
    """How close a person and a patient were at the least, on the days of a pair."""

    NONE = "none"
    NEAR = "near"
    """The patient had a visit on that day, or on one beside it."""
    TREATED = "treated"


class Closeness:
    """Asks the record once for each person and day, for all their patients of that day."""

    def __init__(
        self, record: Record, references: Mapping[str, str], pairs: Iterable[Pair]
    ) -> None:
        self._record = record
        self._references = references
        self._found: dict[tuple[str, str], dict[date, CareRelation]] = {}
        asked: dict[tuple[str, date], dict[str, datetime]] = {}
        for pair in pairs:
            if pair.person in references:
                for day, at in pair.days.items():
                    asked.setdefault((pair.person, day), {})[pair.patient] = at
        for (person, day), patients in asked.items():
            at = min(patients.values())
            known = record.relations(references[person], patients, at)
            for one in patients:
                self._found.setdefault((person, one), {})[day] = known.get(one, _NONE)

    def bond(self, pair: Pair) -> Bond:
        """Return how close they were on every day on which it was no emergency."""
        found = self._found.get((pair.person, pair.patient), {}).values()
        if found and all(one.treats for one in found):
            return Bond.TREATED
        near = bool(found) and all(one.treats or one.expected for one in found)
        return Bond.NEAR if near else Bond.NONE

    def apart(self, pair: Pair) -> list[date]:
        """Return the days on which the record has no relation between them."""
        found = self._found.get((pair.person, pair.patient), {})
        return [day for day, one in found.items() if not (one.treats or one.expected or one.seen)]

    def long_after(self, pair: Pair, days: int) -> bool:
        """Whether there is no relation on the last day but by a visit of more than ``days`` ago."""
        if pair.person not in self._references or not pair.days:
            return False
        at = pair.days[max(pair.days)]
        person = self._references[pair.person]
        near = self._record.relations(person, [pair.patient], at, days).get(pair.patient, _NONE)
        return not (near.treats or near.expected or near.seen) and not self.apart(pair)
