"""Small DICOM files, made for a test."""

from io import BytesIO
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

SOP_CLASS = "1.2.840.10008.5.1.4.1.1.1.1"


def dataset(pixels: np.ndarray, **changes: Any) -> Dataset:
    """Return a grey image of the type of its pixels, or RGB; None leaves an element out."""
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.SOPClassUID, made.SOPInstanceUID = SOP_CLASS, "1.2.3.4"
    made.StudyInstanceUID, made.SeriesInstanceUID = "1.2.3", "1.2.3.1"
    made.PatientID, made.PatientName, made.Modality = "MRN-4711", "Doe^Jane", "DX"
    made.Rows, made.Columns = pixels.shape[:2]
    made.SamplesPerPixel = 3 if pixels.ndim == 3 else 1
    made.PhotometricInterpretation = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    if pixels.ndim == 3:
        made.PlanarConfiguration = 0
    bits = 8 * pixels.dtype.itemsize
    made.BitsAllocated, made.BitsStored, made.HighBit = bits, bits, bits - 1
    made.PixelRepresentation = int(pixels.dtype.kind == "i")
    set_pixels(made, pixels)
    for keyword, value in changes.items():
        if value is None:
            delattr(made, keyword)
        else:
            setattr(made, keyword, value)
    return made


def set_pixels(made: Dataset, pixels: np.ndarray) -> None:
    """Put other pixels into a dataset."""
    data = pixels.tobytes()
    made.PixelData = data + b"\0" * (len(data) % 2)
    made["PixelData"].VR = "OB" if pixels.dtype.itemsize == 1 else "OW"


def written(made: Dataset) -> bytes:
    """Return a dataset as the bytes of a file."""
    out = BytesIO()
    made.save_as(out, enforce_file_format=True)
    return out.getvalue()


def dicom(pixels: np.ndarray, **changes: Any) -> bytes:
    """Return a DICOM file."""
    return written(dataset(pixels, **changes))


def lut(first: int, entries: list[int], bits: int = 16, signed: bool = False) -> Dataset:
    """Return an item of a look-up table sequence."""
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if signed else "US", [len(entries), first, bits])
    item.add_new("LUTData", "OW", np.array(entries, "<u2").tobytes())
    item.ModalityLUTType = "US"
    return item
