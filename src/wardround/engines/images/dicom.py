"""One frame of a DICOM file as an image: its facts, its values, and how they are shown."""

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.bounds import require_pixels
from wardround.engines.images.decoding import Array, stored_values
from wardround.engines.images.facts import Facts
from wardround.engines.images.header import facts_of
from wardround.engines.images.inflating import require_bounded
from wardround.engines.images.plain import Read, grey_of
from wardround.engines.images.quiet import quiet
from wardround.engines.images.shown import (
    Modality,
    padding_of,
    tables_of,
    through_palette,
    windows_of,
    within_bits,
)
from wardround.engines.images.voi import Voi
from wardround.kernel import InvalidInput

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

READ = {
    "MONOCHROME1",
    "MONOCHROME2",
    "PALETTE COLOR",
    "RGB",
    "YBR_FULL",
    "YBR_FULL_422",
    "YBR_ICT",
    "YBR_RCT",
}
"""Photometric interpretations (PS3.3 C.7.6.3.1.2) that are read; the retired ones are not."""


def looks_like_dicom(head: bytes) -> bool:
    """Whether a file begins as DICOM does, with its preamble or, as old files, without."""
    if head[128:132] == b"DICM":
        return True
    return head[:2] in {b"\x08\x00", b"\x02\x00"} and head[3:4] == b"\x00"


def read_header(file: BinaryIO, where: str) -> "Dataset":
    """Read a header up to its pixels; the file stands before them afterwards."""
    import pydicom

    try:
        with quiet():
            require_bounded(file)
            file.seek(0)
            dataset = pydicom.dcmread(file, stop_before_pixels=True, force=True)
            if not hasattr(dataset, "file_meta") or "TransferSyntaxUID" not in dataset.file_meta:
                _fill_syntax(dataset)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - a broken file breaks pydicom in many ways
        raise _broken_header(where) from None
    return dataset


def _fill_syntax(dataset: "Dataset") -> None:
    """Say of a file without file meta how it was found to be written (PS3.5 10.1: the default)."""
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    implicit, little = dataset.original_encoding
    dataset.file_meta = getattr(dataset, "file_meta", FileMetaDataset())
    explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
    dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit


def header_facts(file: BinaryIO, where: str, frame: int = 0) -> Facts:
    """Return the facts of a DICOM file; its pixels are not read."""
    dataset = read_header(file, where)
    with quiet():
        return _facts(dataset, frame, where)


def _facts(dataset: "Dataset", frame: int, where: str) -> Facts:
    try:
        facts = facts_of(dataset, frame)
    except Exception:  # noqa: BLE001 - pydicom converts on access, and raises what it likes
        raise _broken_header(where) from None
    _require_image(facts, where)
    return facts


def _broken_header(where: str) -> InvalidInput:
    return InvalidInput(
        "The DICOM header is cut short or broken.", where=where, mend="Send the file again."
    )


def _require_image(facts: Facts, where: str) -> None:
    if not facts.photometric and not facts.rows:
        raise InvalidInput(
            "The DICOM file holds no image: it is a report, a document, or cut short.",
            where=where,
            mend="Choose a file of the images themselves.",
        )
    require_pixels(facts.rows, facts.columns, where)


def read_dicom(file: BinaryIO, where: str, frame: int) -> Read:
    """Read one frame of a DICOM file."""
    dataset = read_header(file, where)
    stands_at = file.tell()
    with quiet():
        facts = _facts(dataset, frame, where)
        if facts.photometric not in READ:
            raise InvalidInput(
                "The photometric interpretation of the image is missing or retired.",
                where=where,
                mend="Convert it to MONOCHROME2 or RGB first.",
            )
        file.seek(stands_at)
        stored = stored_values(file, dataset, facts, frame, where)
        remarks = list(facts.remarks)
        values, voi = _meant(stored, dataset, facts, frame, remarks, where)
    channels = 3 if values.ndim == 3 else 1
    return values, _with(facts, channels, remarks), voi


def _with(facts: Facts, channels: int, remarks: list[str]) -> Facts:
    return replace(facts, channels=channels, remarks=tuple(remarks))


def _meant(
    stored: Array, dataset: "Dataset", facts: Facts, frame: int, remarks: list[str], where: str
) -> tuple[NDArray[np.float32] | NDArray[np.uint8], Voi]:
    """Return what stored values mean, and how they are shown."""
    if facts.photometric == "PALETTE COLOR":
        try:
            stored = through_palette(stored, dataset)
        except Exception:  # noqa: BLE001 - a broken palette breaks in many ways
            raise InvalidInput(
                "The palette of the image is broken.", where=where, mend="Send the file again."
            ) from None
    if stored.ndim == 2:
        if stored.dtype.kind == "f" and not np.isfinite(stored).all():
            raise InvalidInput(
                "Some of the image's values are not finite numbers.",
                where=where,
                mend="Fill or cut what was not measured before it is sent.",
            )
        return _grey(stored, dataset, facts, frame, remarks)
    coloured = _bytes(stored, facts.bits)
    grey = grey_of(coloured)
    if grey is None:
        return coloured, Voi()
    remarks.append("Its three channels are equal: it is read as grey.")
    return grey.astype(np.float32), Voi(span=(0.0, 255.0))


def _bytes(stored: Array, bits: int) -> NDArray[np.uint8]:
    if stored.dtype == np.uint8:
        return np.ascontiguousarray(stored)
    return np.ascontiguousarray(stored >> max(0, bits - 8)).astype(np.uint8)


def _grey(
    stored: Array, dataset: "Dataset", facts: Facts, frame: int, remarks: list[str]
) -> tuple[NDArray[np.float32], Voi]:
    stored = within_bits(stored, dataset, facts)
    modality = Modality(dataset, facts, frame, remarks)
    values = modality.apply(stored)
    span = modality.span(facts)
    turned = facts.photometric == "MONOCHROME1"
    if turned:
        np.subtract(np.float32(sum(span)), values, out=values)
    padding = padding_of(dataset, stored)
    if padding is not None:
        values[padding] = values[~padding].min()
        remarks.append(
            f"{max(0.01, padding.mean()):.0%} of the pixels only fill the rectangle; they are dark."
        )
    voi = Voi(
        tables=tables_of(dataset, signed=span[0] < 0, remarks=remarks),
        windows=windows_of(dataset, frame, remarks),
        span=span,
        turned=turned,
    )
    return values, voi
