"""The consents of patients: kept in the record, asked before a visit becomes a draft."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection

from wardround.kernel import Actor, Clock, InvalidInput, NotAllowed, NotFound, system_clock
from wardround.privacy.consent import About, Answer, Consent, Obtained, make_consent, read_consent
from wardround.record import Chart
from wardround.security import AuditTrail

_PAGE = 1000


class Consents:
    """The answers of patients, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def of(self, patient: str) -> dict[About, Consent]:
        """Return a patient's answer to every question."""
        found = [one.json() for one in Chart(self._tx).search("Consent", {"patient": patient})]
        return {about: read_consent(found, about, self._clock()) for about in About}

    def patient_of(self, number: str) -> str:
        """Return the reference of the one patient with this record number; raise ``NotFound``."""
        found = Chart(self._tx).search("Patient", {"identifier": number}) if number else []
        if len(found) != 1:
            raise NotFound(
                "There is no such record number." if not found else "Several patients have it.",
                mend="Write it as it stands on the chart, with its system where that is needed.",
            )
        return found[0].reference

    def refused(self, about: About) -> frozenset[str]:
        """Return the references of all who deny ``about`` now: an export leaves them out."""
        return self.refusals()[about]

    def refusals(self) -> dict[About, frozenset[str]]:
        """Return who denies what now; every Consent of the record is read."""
        by_patient: dict[str, list[Mapping[str, object]]] = {}
        chart, offset = Chart(self._tx), 0
        while page := chart.search(
            "Consent", {"status": "active", "_count": str(_PAGE), "_offset": str(offset)}
        ):
            offset += len(page)
            for stored in page:
                resource = stored.json()
                patient = str(resource.get("patient", {}).get("reference", ""))
                by_patient.setdefault(patient, []).append(resource)
        now = self._clock()
        return {
            about: frozenset(
                patient
                for patient, found in by_patient.items()
                if read_consent(found, about, now).answer is Answer.DENIED
            )
            for about in About
        }

    def note(
        self,
        patient: str,
        about: About,
        by: Actor,
        *,
        permit: bool,
        obtained: Obtained,
        given_by: str = "",
        days: int | None = None,
    ) -> None:
        """Keep an answer, from now on, for ``days`` or for good; the one before stays as history.

        Raise ``NotFound`` where there is no such patient.
        """
        Chart(self._tx).read(patient)
        if days is not None and not 1 <= days <= 36_500:
            raise InvalidInput("An answer holds for 1 day or more.", where="days")
        now = self._clock()
        resource = make_consent(
            patient,
            about,
            permit=permit,
            at=now,
            given_by=given_by.strip()[:200],
            obtained=obtained,
            until=_end(now, days),
        )
        stored = Chart(self._tx, self._clock).update(orjson.dumps(resource))
        AuditTrail(self._tx, self._clock).record(
            "set-consent",
            "success",
            actor=by,
            subject=patient,
            entity=stored.reference,
            detail={
                "about": about.value,
                "answer": "permit" if permit else "deny",
                "obtained": obtained.value,
            },
        )


class ConsentRule:
    """Which capability needs which consent, and whether silence is enough.

    A patient who denied is never overruled. Where nothing is known, ``required`` decides: HIPAA
    asks for no consent to treatment, but a dozen states do for recording a conversation.
    """

    def __init__(self, needs: Mapping[str, About] | None = None, *, required: bool = False) -> None:
        self._needs = needs or {}
        self._required = required

    def require(self, tx: Connection, clock: Clock, capability: str, patient: str) -> None:
        """Raise ``NotAllowed`` where ``capability`` must not be used for ``patient``."""
        about = self._needs.get(capability)
        if about is None or not patient.startswith("Patient/"):
            return
        answer = Consents(tx, clock).of(patient)[about].answer
        if answer is Answer.DENIED:
            raise NotAllowed(
                f"The patient does not consent to {about}.",
                mend="Write the note without a recording, or ask the patient again.",
            )
        if answer is Answer.UNKNOWN and self._required:
            raise NotAllowed(
                f"The patient's consent to {about} is not on record, and this clinic demands it.",
                mend="Ask the patient, and enter the answer in the chart.",
            )


def _end(now: datetime, days: int | None) -> datetime | None:
    return None if days is None else now + timedelta(days=days)
