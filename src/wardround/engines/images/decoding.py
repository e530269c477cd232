"""The stored values of one DICOM frame, decoded within bounds."""

from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.codestream import size_of
from wardround.engines.images.facts import Facts
from wardround.kernel import InvalidInput

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Array = NDArray[Any]

LONG_VRS = 12
"""Bytes of the head of an element of long length: tag, VR, two reserved, length (PS3.5 7.1.2)."""

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
    "frame": ("The file has no such frame.", "Ask for one of its frames, from 0."),
}


def stored_values(
    file: BinaryIO, dataset: "Dataset", facts: Facts, frame: int, where: str
) -> Array:
    """Return a frame's stored values: (H, W), or (H, W, 3) with YBR turned into RGB.

    ``file`` stands where reading ``dataset`` stopped, before its pixels. Of an image that is not
    deflated only the one frame is read.
    """
    from pydicom.pixels import get_decoder, pixel_array
    from pydicom.uid import UID

    if not 0 <= frame < facts.frames:
        raise _complaint("frame", where)
    syntax = UID(facts.syntax)
    try:
        able = get_decoder(syntax).is_available
    except NotImplementedError:
        able = False
    if not able:
        raise _complaint("codec", where)
    if syntax.is_encapsulated:
        _require_as_told(file, facts, frame, where)
    try:
        source = dataset if syntax.is_deflated else _from_start(file)
        return np.asarray(pixel_array(source, index=frame, view_only=not syntax.is_encapsulated))
    except Exception:  # noqa: BLE001 - codecs raise whatever they like; their words may quote data
        raise _complaint("broken", where) from None


def _from_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _require_as_told(file: BinaryIO, facts: Facts, frame: int, where: str) -> None:
    """Raise where a compressed frame is of another size than the header says."""
    from pydicom.encaps import get_frame

    file.seek(LONG_VRS, 1)
    try:
        size = size_of(get_frame(file, frame, number_of_frames=facts.frames))
    except Exception:  # noqa: BLE001 - broken fragments are told in many ways
        raise _complaint("broken", where) from None
    if size is not None and size != (facts.rows, facts.columns):
        raise _complaint("unlike", where)


def _complaint(kind: str, where: str) -> InvalidInput:
    what, mend = COMPLAINTS[kind]
    return InvalidInput(what, where=where, mend=mend)
