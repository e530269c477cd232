"""The image archive: what was signed about a study goes to it over DICOMweb, through the gate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from wardround.capabilities.radiology import SNOMED, Report, said
from wardround.kernel import Actor, Draft, NotAllowed, Status, Unavailable
from wardround.privacy.egress import Carries, Data, Purpose, Recipient, Service, carrying
from wardround.security import AuditTrail, purpose_of
from wardround.settings import Settings

if TYPE_CHECKING:
    from wardround.bootstrap.house import Wardround
    from wardround.engines.images import Statement

SETTING = "WARDROUND_ARCHIVE"
ACTION = "send-report"
_BOUNDARY = "wardround-object"


class Sent(NamedTuple):
    """What went to the archive: how many objects, and in which study."""

    objects: int
    study: str


def archive_of(settings: Settings) -> Recipient:
    """Return the archive as the egress gate knows it; raise ``NotAllowed`` where none is set."""
    if not settings.archive:
        raise NotAllowed(
            "No image archive is set.",
            where=SETTING,
            mend="Name the address of its DICOMweb service; see docs/settings.md.",
        )
    return Recipient(
        name="image-archive",
        address=settings.archive,
        service=Service.IMAGING,
        purpose=Purpose.TREATMENT,
        carries=Carries.PHI,
        data=frozenset({Data.IMAGES, Data.RECORDS}),
    )


def send_report(wardround: "Wardround", draft: Draft, by: Actor) -> Sent:
    """Send a signed report beside its images: structured report, marks, state and segments.

    Sending twice sends the same objects under the same UIDs. Raise ``NotAllowed`` for what is not
    signed, ``Unavailable`` where the archive does not take all of it.
    """
    if draft.capability != "radiology" or draft.status is not Status.SIGNED:
        raise NotAllowed("Only a signed report of an image is sent.")
    recipient = archive_of(wardround.settings)
    report = Report.model_validate(draft.content)
    files = [wardround.blobs.get(one.sha256, draft.subject) for one in draft.inputs]
    objects = made_of(files, statement_of(draft, report))
    _store(wardround, recipient, report.study.uid, objects, draft.subject, by)
    with wardround.database.begin() as tx:
        AuditTrail(tx, wardround.clock).record(
            ACTION,
            "success",
            actor=by,
            subject=draft.subject,
            entity=f"draft/{draft.id}",
            purpose=purpose_of(by.role),
        )
    return Sent(len(objects), report.study.uid)


def was_sent(wardround: "Wardround", draft: Draft) -> bool:
    """Whether a report went to the archive as it was signed."""
    with wardround.database.read() as tx:
        trail = AuditTrail(tx, wardround.clock)
        return bool(trail.list(action=ACTION, entity=f"draft/{draft.id}", limit=1))


def statement_of(draft: Draft, report: Report) -> "Statement":
    """Return what a signed report states, as DICOM objects say it."""
    from wardround.engines.images import Marked, Statement

    findings = tuple(
        Marked(
            name=one.display,
            present=one.stands,
            code=one.code if one.system == SNOMED else "",  # the scheme of objects is SCT
            probability=one.probability,
            words=one.words,
            regions=one.regions,
        )
        for one in report.findings
    )
    return Statement(
        key=draft.id,
        findings=findings,
        conclusion=said(report),
        signer=draft.decided_by.name if draft.decided_by else "",
        organization="",
        model=draft.model.name,
        version=draft.model.version,
        digest=draft.model.digest,
    )


def made_of(files: Sequence[bytes], statement: "Statement") -> list[bytes]:
    """Return the objects of a report: those that there is something to say in."""
    from wardround.engines.images import write_capture, write_report, write_segments, write_state

    marked = {place.image for one in statement.findings if one.present for place in one.regions}
    made = [write_report(files, statement)]
    made += [write_capture(files, statement, image) for image in sorted(marked)]
    made += write_segments(files, statement)
    state = write_state(files, statement)
    return made if state is None else [*made, state]


def _store(
    wardround: "Wardround",
    recipient: Recipient,
    study: str,
    objects: Sequence[bytes],
    subject: str,
    by: Actor,
) -> None:
    """Store objects (STOW-RS, PS3.18 10.5); raise ``Unavailable`` unless all were taken."""
    headers = {
        "Accept": "application/dicom+json",
        "Content-Type": f'multipart/related; type="application/dicom"; boundary={_BOUNDARY}',
    }
    if wardround.settings.archive_authorization is not None:
        headers["Authorization"] = wardround.settings.archive_authorization.get_secret_value()
    with wardround.gate.client(recipient) as client:
        answer = client.post(
            f"studies/{study}",
            content=_multipart(objects),
            headers=headers,
            extensions=carrying(Carries.PHI, subject, by),
        )
    if answer.status_code not in {200, 202, 409}:
        raise Unavailable(
            f"The image archive refused the report (HTTP {answer.status_code}).",
            where=SETTING,
            mend="Try again once it answers; nothing here has changed.",
        )
    failed = _failed(answer.json() if answer.content else {})
    if failed or answer.status_code == 409:
        raise Unavailable(
            f"The image archive did not take {failed or len(objects)} of {len(objects)} objects.",
            where=SETTING,
            mend="Look into its log, then send the report again.",
        )


def _multipart(objects: Sequence[bytes]) -> bytes:
    """Return objects as one multipart body, with a boundary that is in none of them."""
    if any(f"--{_BOUNDARY}".encode() in data for data in objects):
        raise Unavailable("This report cannot be sent.", mend="Report the problem.")
    head = f"--{_BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n".encode()
    body = b"".join(head + data + b"\r\n" for data in objects)
    return body + f"--{_BOUNDARY}--\r\n".encode()


def _failed(answer: Any) -> int:
    """Return how many objects a store response says were not taken (Failed SOP Sequence)."""
    sequence = answer.get("00081198", {}) if isinstance(answer, dict) else {}
    return len(sequence.get("Value", []))
