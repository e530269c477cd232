"""The nouns of the sample clinic: its people, its visits, and all of it for one day."""

from datetime import datetime

from wardround.kernel import Noun, Role


class Person(Noun):
    """Somebody who signs in to the demonstration; ``reference`` is their ``Practitioner``."""

    username: str
    name: str
    role: Role
    reference: str


class SampleVisit(Noun):
    """One visit of the day, in FHIR references, with what was recorded of it.

    ``parts`` are the recording's files (name, content), empty while the visit is still to come;
    ``upload`` is then what it will sound like, for whoever tries the upload.
    """

    title: str
    start: datetime
    patient: str
    practitioner: str
    appointment: str
    encounter: str
    parts: tuple[tuple[str, bytes], ...] = ()
    upload: tuple[tuple[str, bytes], ...] = ()


class SampleClinic(Noun):
    """One morning: a FHIR R4 transaction ``bundle`` (JSON), the visits in order, and who works."""

    bundle: bytes
    visits: tuple[SampleVisit, ...]
    people: tuple[Person, ...]
