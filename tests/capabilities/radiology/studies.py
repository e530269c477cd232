"""A study made by a test, a reader whose answer is known, and a chart to report into."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, generate_uid

from wardround.capabilities.radiology import Check, Radiology, Reading, Region, Seen
from wardround.capabilities.radiology.model import Cell, Resting
from wardround.engines.images import Facts, Image, Need
from wardround.kernel import (
    Actor,
    Draft,
    Drafted,
    Edit,
    Finding,
    Input,
    Model,
    NotFound,
    Order,
    Part,
    Resource,
    Role,
    Statement,
    WardroundError,
    apply,
)

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
RAO = Actor(id="p9", name="Dr Kavita Rao", role=Role.CLINICIAN, reference="Practitioner/rao")
MODEL = Model(name="known-reader", version="1", digest="c" * 64)
STUDY, SERIES = UID("1.2.826.0.1.3680043.10.1"), UID("1.2.826.0.1.3680043.10.1.1")
DX = UID("1.2.840.10008.5.1.4.1.1.1.1")
PATIENT = {
    "resourceType": "Patient",
    "id": "ada",
    "identifier": [{"system": "urn:wardround:mrn", "value": "A-100"}],
    "birthDate": "1968-02-01",
    "gender": "female",
}
PNEUMONIA = Seen("233604007", "Pneumonia", 0.91, likely=True, sure=True)
PLACED = Seen(
    "233604007",
    "Pneumonia",
    0.91,
    likely=True,
    sure=True,
    regions=(Region(x=8, y=10, width=20, height=12),),
)
RESTED = Seen(
    "233604007",
    "Pneumonia",
    0.93,
    likely=True,
    sure=True,
    resting=Resting(
        faithful=True,
        region=Region(x=4, y=24, width=12, height=16),
        share=0.4,
        cells=(
            Cell(region=Region(x=4, y=24, width=12, height=16), weight=1),
            Cell(region=Region(x=28, y=8, width=12, height=16), weight=0.3),
        ),
    ),
)
DOUBT = Seen("233604007", "Pneumonia", 0.55, likely=True, sure=False)


def radiograph(**more: Any) -> bytes:
    """Return a chest radiograph of 64 rows and 48 columns; ``more`` are elements by keyword."""
    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.SOPClassUID, data.SOPInstanceUID = DX, generate_uid(entropy_srcs=[str(sorted(more))])
    data.file_meta.MediaStorageSOPClassUID = DX
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    data.StudyInstanceUID, data.SeriesInstanceUID = STUDY, SERIES
    data.PatientID, data.PatientBirthDate, data.PatientSex = "A-100", "19680201", "F"
    data.Modality, data.BodyPartExamined, data.ViewPosition = "DX", "CHEST", "PA"
    data.StudyDate, data.StudyTime = "20261120", "083000"
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = 64, 48
    data.BitsAllocated, data.BitsStored, data.HighBit = 16, 12, 11
    data.PixelRepresentation = 0
    data.PixelSpacing = [0.2, 0.2]
    pixels = np.arange(64 * 48, dtype="<u2").reshape(64, 48)
    data.PixelData = pixels.tobytes()
    for keyword, value in more.items():
        setattr(data, keyword, value)
    out = BytesIO()
    data.save_as(out, enforce_file_format=True)
    return out.getvalue()


class Reader:
    """Reads frontal chest radiographs, and tells what it was given to tell."""

    model = MODEL
    need = Need(modality=("DX", "CR"), view=("PA", "AP"), identified=False)

    def __init__(self, read: Reading, of_ap: Reading | None = None) -> None:
        self._read = read
        self._of_ap = of_ap or read
        self.seen: list[Image] = []

    def suits(self, facts: Facts) -> str | None:
        if facts.modality not in {"DX", "CR"}:
            return "This is no X-ray."
        return "This is a view from the side." if facts.view == "LL" else None

    def read(self, image: Image) -> Reading:
        self.seen.append(image)
        return self._of_ap if image.facts.view == "AP" else self._read


class Bulk:
    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        return dict(line)

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        return [dict(line) for line in lines]


def room(
    *seen: Seen,
    checks: Sequence[Check] = (),
    reasons: Sequence[str] = (),
    of_ap: Reading | None = None,
) -> Radiology:
    """Return a radiology whose reader tells ``seen``, or abstains for ``reasons``.

    Of an image taken from the front it tells ``of_ap``, where that is given.
    """
    passed = Check("exposure", passed=True, says="Well exposed.", value=0.4)
    read = Reading(
        findings=seen,
        checks=(passed, *checks),
        unlike=0.3,
        limit=1.0,
        abstained=bool(reasons),
        reasons=tuple(reasons),
    )
    return Radiology(Reader(read, of_ap), Bulk())


class Held:
    """A chart held in memory, with the images of an order."""

    def __init__(self, *files: bytes, known: Sequence[dict[str, Any]] = (PATIENT,)) -> None:
        self.files = {f"image-{place}": data for place, data in enumerate(files)}
        self.known = {f"{one['resourceType']}/{one['id']}": one for one in known}

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(
            Input(name=name, reference=name, sha256="d" * 64, media_type="application/dicom")
            for name in self.files
        )

    def read(self, reference: str) -> Resource:
        if reference not in self.known:
            raise NotFound("This is not in the chart.", where=reference)
        return self.known[reference]

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        found = [one for one in self.known.values() if one["resourceType"] == kind]
        wanted = parameters.get("identifier")
        return [
            one
            for one in found
            if wanted is None or wanted in [it["value"] for it in one.get("identifier", ())]
        ]

    def open(self, item: Input) -> bytes:
        return self.files[item.name]

    @contextmanager
    def file(self, item: Input) -> Iterator[str]:
        with NamedTemporaryFile() as file:
            file.write(self.files[item.name])
            file.flush()
            yield file.name


def order(chart: Held) -> Order:
    return Order(
        id="o1",
        capability="radiology",
        subject="Patient/ada",
        inputs=chart.inputs,
        ordered_by=RAO.id,
        ordered_at=AT,
    )


def drafted(radiology: Radiology, chart: Held) -> Drafted:
    """Return the draft of what was handed in, accepted first."""
    parts = [Part(name=name, data=data) for name, data in chart.files.items()]
    assert [part.name for part in radiology.accept(parts)] == list(chart.files)
    return radiology.draft(order(chart), chart)


def edited(radiology: Radiology, made: Drafted, edit: Edit) -> Drafted:
    """Return a draft after an edit, as the route makes it."""
    by = Statement(by=RAO.id, at=AT)
    content, evidence = apply(edit, made.content, made.evidence, by)
    return made.model_copy(update={"content": radiology.validate(content), "evidence": evidence})


def found(radiology: Radiology, made: Drafted, chart: Held) -> dict[str, list[Finding]]:
    """Return what the checks find, by rule."""
    rules: dict[str, list[Finding]] = {}
    for check in radiology.guardrails:
        for one in check.check(made, order(chart), chart):
            rules.setdefault(one.rule, []).append(one)
    return rules


def draft(made: Drafted, chart: Held, **more: Any) -> Draft:
    """Return a draft as the route keeps it."""
    return Draft(
        id="d1",
        capability="radiology",
        subject="Patient/ada",
        content=made.content,
        evidence=made.evidence,
        model=made.model,
        inputs=chart.inputs,
        created=AT,
        updated=AT,
        **more,
    )
