"""Pixel data and nothing beside it: what hides behind, above or between the pixels goes."""

import numpy as np
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.uid import UID

KEPT_SEGMENTS = {0xE0, 0xEE}
"""JPEG application segments that say how the colours are meant: JFIF and Adobe."""


def fit_pixels(cleaned: Dataset, original: Dataset) -> None:
    """Cut native pixel data to its length, clear overlays kept in unused bits, strip JPEG comments.

    Repeating groups 60xx may keep their bits above the stored ones of each pixel (PS3.5 8.1.2).
    """
    syntax = UID(cleaned.file_meta.TransferSyntaxUID)
    if syntax.is_encapsulated:
        if "1.2.840.10008.1.2.4" in syntax:
            _strip(cleaned)
        return
    frames = int(cleaned.get("NumberOfFrames") or 1)
    size = int(cleaned.Rows) * int(cleaned.Columns) * int(cleaned.get("SamplesPerPixel", 1))
    bits = frames * size * int(cleaned.BitsAllocated)
    if str(cleaned.get("PhotometricInterpretation")) == "YBR_FULL_422":
        bits = bits * 2 // 3
    length = (bits + 7) // 8
    if not syntax.is_little_endian:
        length += length % 2  # bytes are swapped in pairs: the last pixel may be the last byte
    data = cleaned.PixelData[:length]
    if _overlays_within(original) and cleaned.BitsAllocated == 16:
        order = "<" if syntax.is_little_endian else ">"
        kind = order + ("i2" if cleaned.PixelRepresentation else "u2")
        data = _clear(data, int(cleaned.BitsStored), kind)
    cleaned["PixelData"].value = data + b"\0" * (len(data) % 2)


def _overlays_within(original: Dataset) -> bool:
    position = (0x60000102 + (group << 17) for group in range(16))
    return any(tag in original and original[tag].value for tag in position)


def _clear(data: bytes, stored: int, kind: str) -> bytes:
    pixels = np.frombuffer(data, kind)
    above = 16 - stored
    return ((pixels << above) >> above).astype(pixels.dtype).tobytes()


def _strip(cleaned: Dataset) -> None:
    frames = int(cleaned.get("NumberOfFrames") or 1)
    parts = [
        strip_jpeg(part) for part in generate_frames(cleaned.PixelData, number_of_frames=frames)
    ]
    for keyword in ("ExtendedOffsetTable", "ExtendedOffsetTableLengths"):
        if keyword in cleaned:
            del cleaned[keyword]
    cleaned["PixelData"].value = encapsulate(parts)
    cleaned["PixelData"].is_undefined_length = True


def strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG or JPEG 2000 stream without comments, EXIF and what follows its end."""
    if data.startswith(b"\xff\xd8\xff"):
        begins, dropped = 0xDA, {0xFE, *range(0xE0, 0xF0)} - KEPT_SEGMENTS
    elif data.startswith(b"\xff\x4f\xff\x51"):
        begins, dropped = 0x90, {0x64}
    else:
        return data
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4]) + 2
        if kind == begins:
            end = data.rfind(b"\xff\xd9")
            return bytes(out + data[at : end + 2 if end > at else len(data)])
        if kind not in dropped:
            out += data[at : at + length]
        at += length
    return data
