"""The sample clinic, loaded into a running Wardround."""

from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import orjson

from wardround.bootstrap.house import Wardround
from wardround.bootstrap.sample_images import drawn, imaged
from wardround.bootstrap.terms import terms_folder
from wardround.clinic import Person, SampleClinic, load_sample
from wardround.engines.terminology import Asked, Shelf, load_terms
from wardround.kernel import Actor, Part
from wardround.record import Chart
from wardround.security import AuditTrail, People

ASSESSED = (
    ("Patient/marisol-vega", "ckd-epi"),
    ("Patient/leandro-ferris", "cha2ds2-vasc"),
    ("Patient/priya-raghunathan", "ckd-epi"),
)
"""What is asked of whom: a number, a range that asks for answers, and one the score is not for."""


def load_clinic(wardround: Wardround, day: date, password: str) -> SampleClinic:
    """Load the sample clinic for ``day``: charts, people, recorded visits, assessments, images.

    Loading it twice on one day changes nothing but the password.
    """
    clinic = load_sample(day)
    _load_fees(wardround.settings.home)
    with wardround.database.begin() as tx:
        Chart(tx, wardround.clock).transaction(clinic.bundle)
        actors = {
            person.reference: _welcome(People(tx, wardround.clock), person, password)
            for person in clinic.people
        }
        AuditTrail(tx, wardround.clock).record("load-sample", "success")
    for visit in clinic.visits:
        if visit.parts:
            wardround.rounds.order(
                "documentation",
                visit.patient,
                visit.encounter,
                [Part(name=name, data=data) for name, data in visit.parts],
                actors[visit.practitioner],
                order_id=str(uuid5(NAMESPACE_URL, f"urn:wardround:sample:{visit.encounter}")),
            )
    for reference, model in ASSESSED:
        visit = next(visit for visit in clinic.visits if visit.patient == reference)
        wardround.rounds.order(
            "risk",
            reference,
            None,
            [Part(name="request.json", data=orjson.dumps({"model": model}))],
            actors[visit.practitioner],
            order_id=str(uuid5(NAMESPACE_URL, f"urn:wardround:sample:{day}:{reference}:{model}")),
        )
    with wardround.database.begin() as tx:
        wardround.registry(tx).demonstrate(("radiology", "pathology"))
    for room, patient, practitioner in imaged(clinic):
        with drawn(wardround, room, patient, day) as parts:
            wardround.rounds.order(
                room,
                patient,
                None,
                parts,
                actors[practitioner],
                order_id=str(uuid5(NAMESPACE_URL, f"urn:wardround:sample:{day}:{patient}:{room}")),
            )
    return clinic


def _load_fees(home: Path) -> None:
    """Load the clinic's invented charges, where no fee schedule is loaded yet."""
    folder = terms_folder(home)
    if folder is None or Shelf(folder).of("fees"):
        return
    with as_file(files("wardround.clinic") / "data" / "fees.csv") as path:
        load_terms([path], folder, Asked(kind="fees"))


def _welcome(people: People, person: Person, password: str) -> Actor:
    known = people.actor(person.username)
    if known is None:
        return people.add(person.username, person.name, person.role, person.reference, password)
    people.set_password(known, password)
    return known
