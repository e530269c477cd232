"""The stored values of one DICOM frame, decoded within bounds."""

from struct import unpack
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.codestream import size_of
from wardround.engines.images.facts import Facts
from wardround.kernel import InvalidInput

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Array = NDArray[Any]

LONG_HEAD = 12
"""Bytes of the head of an element of long length: tag, VR, two reserved, length (PS3.5 7.1.2)."""

PIXELS = ((0x7FE0, 0x0010), (0x7FE0, 0x0009), (0x7FE0, 0x0008))
"""Pixel Data, Double Float Pixel Data, Float Pixel Data."""

COMPLAINTS = {
    "codec": (
        "The pixels are compressed in a way that is not read here.",
        "Decompress the image first, or send another transfer syntax.",
    ),
    "broken": (
        "The pixels are cut short, or broken.",
        "Send the file again from where it came from.",
    ),
    "unlike": (
        "The compressed image is of another size than its header says.",
        "Send the file again from where it came from.",
    ),
    "absent": ("The file has a header but no pixels.", "Send it again from where it came from."),
    "frame": ("The file has no such frame.", "Ask for one of its frames, from 0."),
}


def stored_values(
    file: BinaryIO, dataset: "Dataset", facts: Facts, frame: int, where: str
) -> Array:
    """Return a frame's stored values: (H, W), or (H, W, 3) with YBR turned into RGB.

    ``file`` stands where reading ``dataset`` stopped, before its pixels. Only the one frame is
    read, but of a file that is deflated, or compressed without telling its VRs.
    """
    from pydicom.uid import UID

    syntax = UID(facts.syntax)
    if not 0 <= frame < facts.frames:
        raise _complaint("frame", where)
    if not _is_known(syntax):
        raise _complaint("codec", where)
    try:
        if syntax.is_deflated or (syntax.is_encapsulated and dataset.is_implicit_VR):
            return _of_whole(file, facts, frame, where)
        return _of_file(file, facts, frame, where)
    except InvalidInput:
        raise
    except Exception as error:  # noqa: BLE001 - codecs raise what they like; words may quote data
        raise _complaint("codec" if "not support" in str(error) else "broken", where) from None


def _is_known(syntax: Any) -> bool:
    from pydicom.pixels.decoders.base import get_decoder

    try:
        return bool(get_decoder(syntax).is_available)
    except NotImplementedError:
        return False


def _of_file(file: BinaryIO, facts: Facts, frame: int, where: str) -> Array:
    from pydicom.pixels.utils import pixel_array
    from pydicom.uid import UID

    syntax = UID(facts.syntax)
    tag = unpack(("<" if syntax.is_little_endian else ">") + "HH", file.read(4).ljust(4, b"\0"))
    if tag not in PIXELS:
        raise _complaint("absent", where)
    if syntax.is_encapsulated:
        file.seek(LONG_HEAD - 4, 1)
        _require_as_told(file, facts, frame, where)
    file.seek(0)
    if syntax.is_encapsulated:
        return np.asarray(pixel_array(file, index=frame))
    return np.asarray(pixel_array(file, index=frame, view_only=True, correct_unused_bits=False))


def _of_whole(file: BinaryIO, facts: Facts, frame: int, where: str) -> Array:
    from pydicom import dcmread
    from pydicom.pixels.utils import pixel_array

    file.seek(0)
    whole = dcmread(file, force=True)
    if not any(tag in whole for tag in PIXELS):
        raise _complaint("absent", where)
    if whole.file_meta.TransferSyntaxUID.is_encapsulated:
        _require_as_told(whole.PixelData, facts, frame, where)
    return np.asarray(pixel_array(whole, index=frame))


def _require_as_told(source: BinaryIO | bytes, facts: Facts, frame: int, where: str) -> None:
    """Raise where a compressed frame is of another size than the header says."""
    from pydicom.encaps import get_frame

    size = size_of(get_frame(source, frame, number_of_frames=facts.frames))
    if size is not None and size != (facts.rows, facts.columns):
        raise _complaint("unlike", where)


def _complaint(kind: str, where: str) -> InvalidInput:
    what, mend = COMPLAINTS[kind]
    return InvalidInput(what, where=where, mend=mend)
