"""What the tests of appeals begin from: a note, a denial of it, and a chart that holds both."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from wardround.capabilities.appeal import (
    Appeal,
    Asked,
    Denial,
    Person,
    Place,
    Pointed,
    Remark,
    Sender,
    Sent,
    Service,
)
from wardround.kernel import Drafted, Input, NotFound, Order, Part, Resource

NOTE = """SUBJECTIVE
Knee pain for three months. Physical therapy for six weeks did not help.

OBJECTIVE
BMI 31. Effusion of the right knee. No redness.

ASSESSMENT
Osteoarthritis of the right knee, worse. Hypertension, controlled.
"""
SUBJECT, VISIT = "Patient/ada", "Encounter/v1"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def places(*words: str) -> tuple[Place, ...]:
    """Return where words stand in the note."""
    found = []
    for one in words:
        start = NOTE.index(one)
        found.append(Place(start=start, end=start + len(one)))
    return tuple(found)


def denial(reason: str = "50", *remarks: Remark, **more: Any) -> Denial:
    fields: dict[str, Any] = {
        "group": "CO",
        "reason": reason,
        "says": "Not medically necessary, by the payer's judgment",
        "remarks": remarks,
        "amount": Decimal("150.00"),
        "charge": Decimal("150.00"),
        "paid": Decimal("0.00"),
        "trace": "T-1",
        "decided": date(2026, 11, 18),
        "due": date(2027, 3, 18),
        "assumed": False,
    }
    return Denial(**(fields | more))


def asked(refusal: Denial | None = None, **more: Any) -> Asked:
    fields: dict[str, Any] = {
        "item": "item-1",
        "claim": "W1",
        "payer": "Medicare",
        "payer_address": ("1 Payer St", "Springfield, IL 62701"),
        "payer_control": "ICN1",
        "filing": "MB",
        "patient": Person(name="Ada Vale", born=date(1950, 1, 2), member="1EG4TE5MK73"),
        "sender": Sender(
            name="Harbour Lane", npi="1234567893", address=("1 Main St",), phone="2175550100"
        ),
        "encounter": VISIT,
        "codes": "codes-1",
        "note": "DocumentReference/n1",
        "note_by": "Dr Amara Osei",
        "note_on": date(2026, 11, 2),
        "service": Service(number=1, code="20610", modifiers=("RT",), day=date(2026, 11, 2)),
        "diagnoses": (
            Pointed(
                code="M17.11",
                source="Condition/c1",
                places=places("Osteoarthritis of the right knee"),
            ),
        ),
        "sent": (Sent(day=date(2026, 11, 5), file="000000007", accepted=date(2026, 11, 6)),),
        "denial": refusal or denial(),
    }
    return Asked(**(fields | more))


class Charts:
    """A kernel ``Context`` over a few resources and saved inputs."""

    def __init__(self, parts: Sequence[Part], **owners: str) -> None:
        self._data = {part.name: part.data for part in parts}
        self._owners = {
            "DocumentReference/n1": owners.get("document", SUBJECT),
            "Condition/c1": owners.get("condition", SUBJECT),
        }

    def read(self, reference: str) -> Resource:
        if reference not in self._owners:
            raise NotFound("This is not in the chart.", where=reference)
        return {"subject": {"reference": self._owners[reference]}}

    def search(self, kind: str, **parameters: str) -> Sequence[Mapping[str, Any]]:
        del kind, parameters
        return ()

    def open(self, item: Input) -> bytes:
        return self._data[item.name]

    def file(self, item: Input) -> AbstractContextManager[str]:
        raise NotFound("There is no such file.", where=item.name)


def order_of(parts: Sequence[Part], at: datetime = NOW) -> Order:
    inputs = tuple(
        Input(name=one.name, reference="Binary/1", sha256="1", media_type=one.media_type)
        for one in parts
    )
    return Order(
        id="order-1",
        capability="appeal",
        subject=SUBJECT,
        encounter=VISIT,
        inputs=inputs,
        ordered_by="rosa",
        ordered_at=at,
    )


def drafted(
    appeal: Appeal,
    request: Asked,
    note: str = NOTE,
    at: datetime = NOW,
    owners: Mapping[str, str] | None = None,
) -> tuple[Drafted, Order, Charts]:
    """Draft a letter as the route does."""
    handed = [Part(name="request.json", data=request.model_dump_json().encode())]
    if note:
        handed.append(Part(name="note.txt", data=note.encode()))
    parts = appeal.accept(handed)
    order, charts = order_of(parts, at), Charts(parts, **(owners or {}))
    return appeal.draft(order, charts), order, charts
