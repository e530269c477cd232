"""The consents of patients: kept in the record, asked before a visit becomes a draft."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

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

    def refusals(self) -> dict[About, frozenset[str]]:
        """Return who denies what now; every Consent of the record is read."""
        found = self._by_patient()
        return {
            about: frozenset(
                patient
                for patient, consents in found.items()
                if self._answer(consents, about) is Answer.DENIED
            )
            for about in About
        }

    def answers(self, about: About) -> dict[str, Answer]:
        """Return what patients say of one question, those who have a Consent of any kind."""
        return {
            patient: self._answer(consents, about)
            for patient, consents in self._by_patient().items()
        }

    def _answer(self, consents: Iterable[Mapping[str, Any]], about: About) -> Answer:
        return read_consent(consents, about, self._clock()).answer

    def _by_patient(self) -> dict[str, list[Mapping[str, Any]]]:
        by_patient: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        chart, offset = Chart(self._tx), 0
        while page := chart.search(
            "Consent", {"status": "active", "_count": str(_PAGE), "_offset": str(offset)}
        ):
            offset += len(page)
            for stored in page:
                resource = stored.json()
                patient = str(resource.get("patient", {}).get("reference", ""))
                by_patient[patient].append(resource)
        return by_patient

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
    """What is asked of patients' answers: which capability needs which, and if silence is enough.

    Who denied is never overruled. Where nothing is known, ``required`` decides: HIPAA asks for no
    consent to treatment, but a dozen states do for recording a conversation.
    """

    def __init__(
        self, needs: Mapping[str, About] | None = None, required: Collection[About] = ()
    ) -> None:
        self._needs = needs or {}
        self._required = required

    def require(self, tx: Connection, clock: Clock, capability: str, patient: str) -> None:
        """Raise ``NotAllowed`` where ``capability`` must not be used for ``patient``."""
        about = self._needs.get(capability)
        if about is not None and patient.startswith("Patient/"):
            self.require_consent(tx, clock, about, patient)

    def require_consent(self, tx: Connection, clock: Clock, about: About, patient: str) -> None:
        """Raise ``NotAllowed`` where a patient did not agree to ``about``."""
        why = self.why_not(tx, clock, about, patient)
        if why is not None:
            raise NotAllowed(why, mend=_MENDS[about])

    def why_not(self, tx: Connection, clock: Clock, about: About, patient: str) -> str | None:
        """Return why a patient is not taken to agree, in words without PHI; none where they are."""
        return self._refusal(about, Consents(tx, clock).of(patient)[about].answer)

    def leaves_out(
        self, tx: Connection, clock: Clock, about: About, patients: Iterable[str]
    ) -> dict[str, Answer]:
        """Return those of many patients who are not taken to agree, with what they said."""
        said = Consents(tx, clock).answers(about)
        found = {patient: said.get(patient, Answer.UNKNOWN) for patient in patients}
        return {patient: one for patient, one in found.items() if self._refusal(about, one)}

    def _refusal(self, about: About, answer: Answer) -> str | None:
        if answer is Answer.DENIED:
            return f"The patient does not consent to {about}."
        if answer is Answer.UNKNOWN and about in self._required:
            return f"The patient's consent to {about} is not on record, and this clinic demands it."
        return None


_MENDS = {
    About.RECORDING: "Write the note without a recording, or ask the patient and enter the answer.",
    About.RESEARCH: "Leave their data out, or ask the patient and enter the answer in the chart.",
    About.MESSAGING: "Telephone or write a letter, or ask the patient and enter the answer.",
}


def _end(now: datetime, days: int | None) -> datetime | None:
    return None if days is None else now + timedelta(days=days)
