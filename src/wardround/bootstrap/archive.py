"""The image archive: what was signed about a study goes to it over DICOMweb, through the gate."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any, NamedTuple

from wardround.bootstrap.shipping import Shipment, study_shipment
from wardround.bootstrap.slide_shipping import slide_shipment
from wardround.kernel import Actor, Draft, NotAllowed, Status, Unavailable
from wardround.privacy.egress import Carries, Data, Purpose, Recipient, Service, carrying
from wardround.security import AuditTrail, purpose_of
from wardround.settings import Settings

if TYPE_CHECKING:
    from wardround.bootstrap.house import Wardround

SETTING = "WARDROUND_ARCHIVE"
ACTION = "send-report"
_BOUNDARY = "wardround-object"
_SECONDS = 300
"""A level of a slide is hundreds of megabytes, and the archive reads it before it answers."""
SHIPPED: Mapping[str, Callable[["Wardround", Draft], AbstractContextManager[Shipment]]] = {
    "radiology": study_shipment,
    "pathology": slide_shipment,
}
"""What goes to the archive, by the capability whose report it is."""


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
        seconds=_SECONDS,
    )


def is_shipped(draft: Draft) -> bool:
    """Whether a report goes to an image archive: it is of an image, and signed."""
    return draft.capability in SHIPPED and draft.status is Status.SIGNED


def send_report(wardround: "Wardround", draft: Draft, by: Actor) -> Sent:
    """Send a signed report beside its images: structured report, marks, state and segments.

    A slide that no archive holds goes first, level by level. Sending twice sends the same objects
    under the same UIDs. Raise ``NotAllowed`` for what is not signed, ``Unavailable`` where the
    archive does not take all of it.
    """
    if not is_shipped(draft):
        raise NotAllowed("Only a signed report of an image is sent.")
    recipient = archive_of(wardround.settings)
    with SHIPPED[draft.capability](wardround, draft) as (study, objects, images):
        for image in images:
            with image.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
                _store(wardround, recipient, study, [data], draft.subject, by)
        _store(wardround, recipient, study, objects, draft.subject, by)
        sent = Sent(len(objects) + len(images), study)
    with wardround.database.begin() as tx:
        AuditTrail(tx, wardround.clock).record(
            ACTION,
            "success",
            actor=by,
            subject=draft.subject,
            entity=f"draft/{draft.id}",
            purpose=purpose_of(by.role),
        )
    return sent


def was_sent(wardround: "Wardround", draft: Draft) -> bool:
    """Whether a report went to the archive as it was signed."""
    with wardround.database.read() as tx:
        trail = AuditTrail(tx, wardround.clock)
        return bool(trail.list(action=ACTION, entity=f"draft/{draft.id}", limit=1))


def _store(
    wardround: "Wardround",
    recipient: Recipient,
    study: str,
    objects: Sequence[bytes | mmap],
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


def _multipart(objects: Sequence[bytes | mmap]) -> bytes:
    """Return objects as one multipart body, with a boundary that is in none of them."""
    mark = f"--{_BOUNDARY}".encode()
    if any(data.find(mark) >= 0 for data in objects):
        raise Unavailable("This report cannot be sent.", mend="Report the problem.")
    head = mark + b"\r\nContent-Type: application/dicom\r\n\r\n"
    parts = (part for data in objects for part in (head, data, b"\r\n"))
    return b"".join(chain(parts, (mark + b"--\r\n",)))  # a level of a slide is copied once


def _failed(answer: Any) -> int:
    """Return how many objects a store response says were not taken (Failed SOP Sequence)."""
    sequence = answer.get("00081198", {}) if isinstance(answer, dict) else {}
    return len(sequence.get("Value", []))
