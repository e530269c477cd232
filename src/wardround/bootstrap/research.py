"""Charts for research: out of the record without PHI, of those only who are taken to agree.

What Safe Harbor leaves is no PHI (45 CFR 164.514(b)); a limited data set goes under a data use
agreement (164.514(e)(4)), and is no part of the account of disclosures (164.528(a)(1)(viii)). That
somebody's chart was part of an export is in the audit trail all the same.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from wardround.bootstrap.house import consent_rule
from wardround.bootstrap.opening import open_database
from wardround.database import Database, Transaction
from wardround.disk import appearing
from wardround.kernel import Clock, InvalidInput, NotAllowed, Noun, system_clock
from wardround.privacy.consent import About, Answer
from wardround.privacy.deid import Finder, Mode, Secret, load_detector
from wardround.privacy.egress import Agreements, Carries
from wardround.privacy.fhir import FhirCleaner, People
from wardround.record import PARAMETERS, Chart, Stored, patients_of
from wardround.security import AuditTrail, PurposeOfUse, Told
from wardround.settings import Settings

LIMITED = "limited-data-set"
_MODES = ("safe-harbor", LIMITED)
_PAGE = 500
_UNTOLD = frozenset({"Consent", "Device", "Provenance"})
"""Types of a patient's that research is not given: they tell of the clinic's own doings."""

KINDS = tuple(
    kind for kind, known in sorted(PARAMETERS.items()) if "patient" in known and kind not in _UNTOLD
)
"""Types that the record finds by their patient, and that go along."""


class Exported(Noun):
    """What an export held: patients, resources, and who was left out and why."""

    patients: int = 0
    resources: int = 0
    refused: int = 0
    not_asked: int = 0


def export_research(
    settings: Settings,
    out: Path,
    mode: Mode,
    secret: Secret,
    agreement: str | None = None,
    clock: Clock = system_clock,
) -> Exported:
    """Write the charts to ``out``, a Bundle a line and patient, and return what it holds.

    Raise ``NotAllowed`` for a limited data set without an agreement in force. The file appears once
    the trail has whose charts are in it.
    """
    if mode.name not in _MODES:
        raise InvalidInput("Charts leave by a mode of the rule.", mend=f"{' or '.join(_MODES)}.")
    database = open_database(settings)
    try:
        with appearing(out) as file:
            done, patients = Exported(), []
            with database.read() as tx:
                if mode.name == LIMITED:
                    _require_agreement(tx, agreement, clock().astimezone().date())
                chosen, done = _chosen(tx, settings, clock)
                find, today = load_detector(settings.record_numbers).find, clock().date()
                for reference, bundle in _bundles(tx, chosen, mode, secret, today, find):
                    file.write(json.dumps(bundle, ensure_ascii=False).encode() + b"\n")
                    patients.append(reference)
                    found = len(bundle["entry"])
                    done = done.model_copy(update={"resources": done.resources + found})
            done = done.model_copy(update={"patients": len(patients)})
            _note(database, clock, patients, _codes(mode, agreement, done))
    finally:
        database.dispose()
    return done


def _chosen(tx: Transaction, settings: Settings, clock: Clock) -> tuple[frozenset[str], Exported]:
    """Return who is taken to agree, and the count of those left out."""
    patients = [one.reference for one in _all(Chart(tx), "Patient", {})]
    rule = consent_rule(settings)
    left = rule.leaves_out(tx, clock, About.RESEARCH, patients)
    refused = sum(answer is Answer.DENIED for answer in left.values())
    counts = Exported(refused=refused, not_asked=len(left) - refused)
    return frozenset(patients) - left.keys(), counts


def _bundles(
    tx: Transaction,
    chosen: frozenset[str],
    mode: Mode,
    secret: Secret,
    today: date,
    find: Finder,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each patient with a Bundle of what is theirs, cleaned.

    What is also somebody else's, such as a visit of two, goes only where both agree.
    """
    chart, people = Chart(tx), People()
    for practitioner in _all(chart, "Practitioner", {}):
        people.learn(practitioner.json())
    for patient in _all(chart, "Patient", {}):
        if patient.reference not in chosen:
            continue
        people.learn(patient.json())
        theirs = [patient.json()]
        for kind in KINDS:
            found = (one.json() for one in _all(chart, kind, {"patient": patient.reference}))
            theirs += [one for one in found if patients_of(one) <= chosen]
        bundle = {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": resource} for resource in theirs],
        }
        yield patient.reference, FhirCleaner(mode, secret, people, today, find).clean(bundle)


def _all(chart: Chart, kind: str, parameters: Mapping[str, str]) -> Iterator[Stored]:
    offset = 0
    paged = {**parameters, "_count": str(_PAGE), "_sort": "_id"}
    while page := chart.search(kind, {**paged, "_offset": str(offset)}):
        yield from page
        offset += len(page)


def _require_agreement(tx: Transaction, agreement: str | None, today: date) -> None:
    if agreement is None:
        raise NotAllowed(
            "A limited data set goes out under a data use agreement.",
            mend="Name it with --agreement; it is entered under Privacy, Agreements.",
        )
    found = Agreements(tx).find(agreement)
    whole = found.standing(today).holds and not found.terms.lacks
    if not whole or found.terms.level is not Carries.LIMITED:
        raise NotAllowed(
            "This is no data use agreement in force with all its clauses.",
            where=f"agreement/{agreement}",
            mend="Enter one for a limited data set under Privacy, Agreements.",
        )


def _codes(mode: Mode, agreement: str | None, done: Exported) -> dict[str, str]:
    codes = {"mode": mode.name, "patients": str(done.patients)}
    codes |= {"left-out": str(done.refused + done.not_asked)}
    return codes | ({"agreement": agreement} if agreement and mode.name == LIMITED else {})


def _note(database: Database, clock: Clock, patients: list[str], codes: Mapping[str, str]) -> None:
    """Write to the trail that an export was made, and of each patient that they are in it."""
    export = f"export/{uuid4()}"
    with database.begin() as tx:
        AuditTrail(tx, clock).record_many(
            Told(
                action="export-research",
                subject=subject,
                entity=export,
                purpose=PurposeOfUse.RESEARCH,
                detail=dict(codes),
            )
            for subject in (None, *patients)
        )
