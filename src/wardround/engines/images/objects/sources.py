"""The images that objects are written beside, with every element that a derived object needs.

What a file leaves out of its patient and study stays empty, and is there: an archive that finds an
element in the images and not in a report takes them for two studies.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wardround.engines.images.objects.model import Statement
from wardround.kernel import InvalidInput

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

MANUFACTURER = "Wardround"
_TYPE_2 = (
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyDate",
    "StudyTime",
    "AccessionNumber",
    "ReferringPhysicianName",
    "StudyID",
)


def read_sources(files: Sequence[bytes | Path], *, pixels: bool = False) -> list["Dataset"]:
    """Return DICOM files as data sets; raise ``InvalidInput`` for what nothing can stand beside.

    Of a file on disk no more is read than is asked for: a slide's is as large as the slide.
    """
    from pydicom import dcmread
    from pydicom.errors import InvalidDicomError

    found: list[Dataset] = []
    for place, data in enumerate(files):
        where = f"image {place + 1}"
        try:
            opened = BytesIO(data) if isinstance(data, bytes) else data
            source = dcmread(opened, stop_before_pixels=not pixels)
        except InvalidDicomError:
            raise InvalidInput(
                "Only beside DICOM images can results be written.", where=where
            ) from None
        lacking = [
            name
            for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID")
            if not source.get(name)
        ]
        if lacking:
            raise InvalidInput(f"The image has no {lacking[0]}.", where=where)
        for name in _TYPE_2:
            if name not in source:
                setattr(source, name, "")
        _complete_specimen(source)
        found.append(source)
    if len({source.StudyInstanceUID for source in found}) != 1:
        raise InvalidInput("The images are not of one study.", where="images")
    return found


def _complete_specimen(source: "Dataset") -> None:
    """Tell a specimen whole or not at all: half of it would make every object invalid."""
    if "SpecimenDescriptionSequence" not in source:
        if "ContainerIdentifier" in source:
            del source.ContainerIdentifier
        return
    for name in ("IssuerOfTheContainerIdentifierSequence", "ContainerTypeCodeSequence"):
        if name not in source:
            setattr(source, name, [])


class Belonging(NamedTuple):
    """Which study and which patient a DICOM file says it is of."""

    study: str
    patient_id: str = ""


def read_belonging(file: bytes | Path) -> Belonging:
    """Return what a file belongs to; raise ``InvalidInput`` as ``read_sources`` does."""
    (source,) = read_sources([file])
    return Belonging(str(source.StudyInstanceUID), str(source.PatientID or "").strip())


def filed(statement: Statement, kind: str, series: int, part: int | None = None) -> dict[str, Any]:
    """Return where an object of a kind is filed; ``part`` counts from 0 where there are several."""
    return {
        "series_instance_uid": statement.uid(f"{kind}-series"),
        "series_number": series,
        "sop_instance_uid": statement.uid(kind if part is None else f"{kind}:{part}"),
        "instance_number": 1 if part is None else part + 1,
        "manufacturer": MANUFACTURER,
    }


def device(statement: Statement) -> dict[str, Any]:
    """Return the model as the device that an object was made by."""
    return {
        "manufacturer_model_name": statement.model,
        "software_versions": statement.version,
        "device_serial_number": statement.serial,
    }


def written(
    made: "Dataset", sources: Sequence["Dataset"], statement: Statement, *empty: str
) -> bytes:
    """Return the file of an object of the study of its images, in UTF-8.

    ``empty`` are elements that its kind wants to be there even where nothing is known of them.
    """
    first = sources[0]
    for name in empty:
        if name not in made:
            setattr(made, name, "")
    for name in ("StudyDescription", "IssuerOfPatientID"):
        if name in first and name not in made:
            setattr(made, name, first.get(name))
    made.SpecificCharacterSet = "ISO_IR 192"
    made.SeriesDescription = f"{statement.model} {statement.version}"[:64]
    out = BytesIO()
    made.save_as(out, enforce_file_format=True)
    return out.getvalue()
