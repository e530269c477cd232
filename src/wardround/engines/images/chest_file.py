"""The drawn chest as a DICOM file: Digital X-Ray Image for Presentation (PS3.3 A.26)."""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from wardround.engines.images.chest_phantom import ChestPhantom, draw_chest

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

TOP = 4095
"""The greatest value of 12 bits."""

FIELD = 400.0
"""Millimetres of the detector's side."""

VIEWS = {"PA": ("272479007", "postero-anterior"), "LL": ("399173006", "left lateral")}
ROWS_POINT = {"PA": ["L", "F"], "LL": ["P", "F"]}


@dataclass(frozen=True)
class Written:
    """Whose image a phantom pretends to be; a study of its own for each seed, if none is told."""

    patient_id: str = "PHANTOM-1"
    patient_name: str = "Phantom^Chest"
    birth_date: str = "19700101"
    sex: str = "O"
    accession: str = ""
    study: str = ""
    date: str = "20240115"
    time: str = "101500"
    changes: dict[str, object] = field(default_factory=dict, hash=False)
    """Elements by keyword that are written instead; None leaves one out."""


def write_chest(phantom: ChestPhantom, written: Written | None = None) -> bytes:
    """Return a DICOM file of a drawn chest, 12 bits, Explicit VR Little Endian."""
    told = written or Written()
    dataset = _header(phantom, told)
    pixels = np.rint(draw_chest(phantom) * TOP).astype("<u2")
    dataset.Rows, dataset.Columns = pixels.shape
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OW"
    for keyword, value in told.changes.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    out = BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _uid(*parts: object) -> str:
    """Return an equal UID for equal parts, under the root for UUIDs (PS3.5 B.2)."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
    return f"2.25.{int.from_bytes(digest[:16], 'big')}"


def _code(value: str, meaning: str) -> "Dataset":
    from pydicom.dataset import Dataset

    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "SCT", meaning
    return item


def _header(phantom: ChestPhantom, told: Written) -> "Dataset":
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import DigitalXRayImageStorageForPresentation, ExplicitVRLittleEndian

    study = told.study or _uid("study", told.patient_id, phantom.seed)
    parts = (study, phantom.seed, phantom.size, phantom.opacity, sorted(phantom.faults))
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID = DigitalXRayImageStorageForPresentation
    dataset.SOPInstanceUID = _uid("instance", *parts)
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study, _uid("series", *parts)
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.PatientID, dataset.PatientName = told.patient_id, told.patient_name
    dataset.PatientBirthDate, dataset.PatientSex = told.birth_date, told.sex
    for keyword in ("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate"):
        setattr(dataset, keyword, told.date)
    for keyword in ("StudyTime", "SeriesTime", "AcquisitionTime", "ContentTime"):
        setattr(dataset, keyword, told.time)
    dataset.AccessionNumber, dataset.StudyID = told.accession, "1"
    dataset.ReferringPhysicianName = ""
    dataset.Manufacturer, dataset.ManufacturerModelName = "Wardround", "Chest phantom"
    dataset.DeviceSerialNumber, dataset.SoftwareVersions = "0", "1"
    _acquisition(dataset, "LL" if "lateral" in phantom.faults else "PA")
    _pixels(dataset, phantom.size)
    return dataset


def _acquisition(dataset: "Dataset", view: str) -> None:
    """Fill in the modules of series, anatomy, positioning and detector (PS3.3 C.8.11)."""
    dataset.Modality, dataset.PresentationIntentType = "DX", "FOR PRESENTATION"
    dataset.SeriesNumber, dataset.InstanceNumber = 1, 1
    dataset.ImageType = ["ORIGINAL", "PRIMARY", ""]
    dataset.BodyPartExamined, dataset.ViewPosition = "CHEST", view
    dataset.ImageLaterality = "U"
    dataset.AnatomicRegionSequence = [_code("51185008", "Chest")]
    dataset.ViewCodeSequence = [_code(*VIEWS[view])]
    dataset.ViewCodeSequence[0].ViewModifierCodeSequence = []
    dataset.PatientOrientationCodeSequence = [_code("10904000", "erect")]
    dataset.PatientOrientation = ROWS_POINT[view]
    dataset.BurnedInAnnotation, dataset.LossyImageCompression = "NO", "00"
    dataset.PositionerType = ""
    dataset.DetectorType = "SCINTILLATOR"
    dataset.AcquisitionContextSequence = []
    dataset.KVP, dataset.Exposure = "120", "3"


def _pixels(dataset: "Dataset", size: int) -> None:
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    spacing = f"{FIELD / size:.6g}"
    dataset.ImagerPixelSpacing = [spacing, spacing]
    dataset.PixelIntensityRelationship = "LOG"
    dataset.PixelIntensityRelationshipSign = -1
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = "0", "1", "US"
    dataset.PresentationLUTShape = "IDENTITY"
    dataset.WindowCenter, dataset.WindowWidth = "2048", "4096"
