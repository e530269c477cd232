"""The people of the clinic beside their patients: who is who, who is also a patient, who shares."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from wardround.kernel import Actor
from wardround.privacy.oversight.identity import Identity, identity_of
from wardround.privacy.oversight.known import Record
from wardround.privacy.oversight.surnames import parts

_TITLES = frozenset("dr md rn np pa do prof mr mrs ms miss phd dds".split())


class Company:
    """Who the people of the clinic and some patients are, as the record has it."""

    def __init__(self, record: Record, people: Sequence[Actor], patients: Iterable[str]) -> None:
        self.people = {one.id: one for one in people}
        found = record.read(one.reference for one in people)
        self._staff = {
            one.id: identity_of(one.reference, found.get(one.reference, {})) for one in people
        }
        self._patients = {
            reference: identity_of(reference, resource)
            for reference, resource in record.read(patients).items()
        }
        self._homes = Counter(
            place for one in self._patients.values() for place in (*one.homes, *one.telecoms)
        )
        self._linked = record.links()
        self._by_name: dict[str, list[str]] = {}
        self._by_number: dict[str, str] = {}
        for person, identity in self._staff.items():
            for name in identity.families:
                self._by_name.setdefault(name, []).append(person)
            self._by_number |= dict.fromkeys(identity.numbers, person)

    @property
    def with_home(self) -> int:
        """How many people the record has a private address, telephone or e-mail of."""
        return sum(bool(one.homes or one.telecoms) for one in self._staff.values())

    def patient(self, reference: str) -> Identity:
        """Return who a patient is; nothing is known of one whose data was destroyed."""
        return self._patients.get(reference) or Identity(reference=reference)

    def families(self, person: str) -> frozenset[str]:
        """Return the family names of a person, by the record, or by the name they sign in with."""
        known = self._staff.get(person)
        if known is not None and known.families:
            return known.families
        actor = self.people.get(person)
        words = (
            []
            if actor is None
            else [word for word in actor.name.split() if word.strip(".,").casefold() not in _TITLES]
        )
        return parts(words[-1]) if words else frozenset()

    def as_person(self, patient: str) -> str | None:
        """Return which person of the clinic a patient is, where the record can tell."""
        linked = self._linked.get(patient)
        for person, actor in self.people.items():
            if linked is not None and actor.reference == linked:
                return person
        who = self.patient(patient)
        near = [self._by_number[number] for number in who.numbers if number in self._by_number]
        near += [person for name in who.families for person in self._by_name.get(name, ())]
        return next((person for person in near if self._staff[person].is_same(who)), None)

    def shared(self, person: str, patient: str, most: int) -> tuple[str, ...]:
        """Return what of a home a person and a patient share, but more patients do not."""
        mine, theirs = self._staff.get(person), self.patient(patient)
        if mine is None:
            return ()
        found = {
            "an address": mine.homes & theirs.homes,
            "a telephone number or e-mail address": mine.telecoms & theirs.telecoms,
        }
        return tuple(
            what for what, both in found.items() if any(self._homes[one] <= most for one in both)
        )

    def references(self) -> Mapping[str, str]:
        """Return the FHIR resource of each person."""
        return {person: actor.reference for person, actor in self.people.items()}
