"""What a DICOM header declares about its image, as facts."""

import hashlib
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import TYPE_CHECKING, Any

from wardround.engines.images.elements import (
    first,
    functional,
    items,
    number,
    numbers,
    text,
    texts,
    value,
    whole,
)
from wardround.engines.images.facts import Facts, Spacing
from wardround.engines.images.geometry import letters, plane_of, position_along

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

NARROW, WIDE = 1e-5, 100.0
"""Millimetres between pixels that can be: from a tenth of a slide's finest to a coarse map."""

SPACINGS = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
"""Where spacing stands, the patient's own first (PS3.3 10.7.1.3)."""


def facts_of(dataset: "Dataset", frame: int = 0) -> Facts:
    """Return the facts of a header, as they hold for one frame."""
    remarks: list[str] = []
    spacing, spacing_from = _spacing(dataset, frame, remarks)
    cosines = numbers(
        functional(dataset, frame, "PlaneOrientationSequence"), "ImageOrientationPatient"
    )
    place = numbers(functional(dataset, frame, "PlanePositionSequence"), "ImagePositionPatient")
    if not text(dataset, "PatientID"):
        remarks.append("The file does not say whose image it is: it has no patient ID.")
    if text(dataset, "LossyImageCompression") == "01":
        remarks.append("The image was compressed with loss.")
    overlays = _overlays(dataset, remarks)
    burned_in = {"YES": True, "NO": False}.get(text(dataset, "BurnedInAnnotation").upper())
    measures = functional(dataset, frame, "PixelMeasuresSequence")
    return Facts(
        source="dicom",
        rows=whole(dataset, "Rows"),
        columns=whole(dataset, "Columns"),
        frames=max(1, whole(dataset, "NumberOfFrames", 1)),
        channels=whole(dataset, "SamplesPerPixel", 1),
        modality=text(dataset, "Modality").upper(),
        body_part=_body_part(dataset, frame),
        view=_view(dataset),
        laterality=_laterality(dataset, frame),
        photometric=text(dataset, "PhotometricInterpretation").upper(),
        bits=whole(dataset, "BitsStored") or whole(dataset, "BitsAllocated", 8),
        signed=whole(dataset, "PixelRepresentation") == 1,
        spacing=spacing,
        spacing_from=spacing_from,
        orientation=_orientation(dataset, cosines),
        burned_in=burned_in,
        overlays=overlays,
        image_type=tuple(one.upper() for one in texts(dataset, "ImageType")),
        thickness=number(measures, "SliceThickness") or number(dataset, "SliceThickness"),
        kernel="/".join(texts(dataset, "ConvolutionKernel")),
        plane=plane_of(cosines),
        position=position_along(cosines, place),
        number=whole(dataset, "InstanceNumber") if text(dataset, "InstanceNumber") else None,
        sop_class=text(dataset, "SOPClassUID"),
        syntax=str(getattr(dataset, "file_meta", {}).get("TransferSyntaxUID", "")),
        acquired=_acquired(dataset),
        patient=_patient(dataset),
        study=text(dataset, "StudyInstanceUID"),
        series=text(dataset, "SeriesInstanceUID"),
        instance=text(dataset, "SOPInstanceUID"),
        remarks=tuple(remarks),
    )


def _spacing(dataset: "Dataset", frame: int, remarks: list[str]) -> tuple[Spacing | None, str]:
    measures = functional(dataset, frame, "PixelMeasuresSequence")
    for keyword in SPACINGS:
        for holder in (measures, dataset):
            if value(holder, keyword) is None:
                continue
            found = numbers(holder, keyword)
            if len(found) == 2 and all(NARROW <= one <= WIDE for one in found):
                return (found[0], found[1]), keyword
            remarks.append(f"{keyword} is no length that can be: no size can be measured by it.")
            break
    return None, ""


def _patient(dataset: "Dataset") -> str:
    """Return a mark that is equal for equal patients; an ID means nothing without its issuer."""
    parts = (text(dataset, "PatientID"), text(dataset, "IssuerOfPatientID"))
    if not parts[0]:
        return ""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _acquired(dataset: "Dataset") -> str:
    """Return when the image was taken, as ISO 8601, from the most particular element there is."""
    whole_time = text(dataset, "AcquisitionDateTime")
    if len(whole_time) >= 8:
        return _iso(whole_time[:8], whole_time[8:])
    for kind in ("Acquisition", "Content", "Series", "Study"):
        if date := text(dataset, f"{kind}Date"):
            return _iso(date, text(dataset, f"{kind}Time"))
    return ""


def _iso(date: str, time: str) -> str:
    date = date.replace(".", "")
    if len(date) != 8 or not date.isdecimal():
        return ""
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    clock = time[:6]
    if len(clock) < 4 or not clock.isdecimal():
        return day
    return f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:6] or '00'}"


def _code(item: "Dataset") -> str:
    """Return a code as ``scheme:value``; SNOMED CT is told alike by its two designators."""
    scheme = text(item, "CodingSchemeDesignator")
    return f"{'SRT' if scheme in {'99SDM', 'SNM3'} else scheme}:{text(item, 'CodeValue')}"


@cache
def _words() -> dict[str, dict[str, str]]:
    path = files("wardround.engines.images") / "codes.toml"
    told: dict[str, Any] = loads(path.read_text("utf-8"))
    return {
        table: {str(key): str(word) for key, word in rows.items()} for table, rows in told.items()
    }


def _view(dataset: "Dataset") -> str:
    said = text(dataset, "ViewPosition").upper()
    if said:
        return _words()["view_words"].get(said, said)
    codes = [_code(item) for item in items(dataset, "ViewCodeSequence")]
    return first(tuple(_words()["view"][code] for code in codes if code in _words()["view"]))


def _body_part(dataset: "Dataset", frame: int) -> str:
    said = text(dataset, "BodyPartExamined").upper()
    if said:
        return _words()["body_part_words"].get(said, said)
    anatomy = functional(dataset, frame, "FrameAnatomySequence")
    codes = [_code(item) for item in items(anatomy, "AnatomicRegionSequence")]
    parts = _words()["body_part"]
    return first(tuple(parts[code] for code in codes if code in parts))


def _laterality(dataset: "Dataset", frame: int) -> str:
    anatomy = functional(dataset, frame, "FrameAnatomySequence")
    for holder, keyword in (
        (dataset, "ImageLaterality"),
        (anatomy, "FrameLaterality"),
        (dataset, "Laterality"),
    ):
        if said := text(holder, keyword).upper():
            return said if said in {"R", "L", "B", "U"} else ""
    return ""


def _orientation(dataset: "Dataset", cosines: tuple[float, ...]) -> tuple[str, str]:
    said = texts(dataset, "PatientOrientation")
    if len(said) == 2 and all(said):
        return said[0].upper(), said[1].upper()
    return letters(cosines)


def _overlays(dataset: "Dataset", remarks: list[str]) -> int:
    """Count overlays (PS3.3 C.9.2), and say where they stand within the pixels."""
    found = 0
    for group in range(0x6000, 0x6020, 2):
        if (group, 0x0010) in dataset:
            found += 1
            if (group, 0x3000) not in dataset:
                remarks.append(
                    "An overlay stands in the unused bits of the pixels; it is left out."
                )
    if found:
        remarks.append("The file has overlays; they are not part of the image.")
    return found
