"""From a file to an image, or to the facts that it declares."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from wardround.engines.images.bounds import require_bytes
from wardround.engines.images.dicom import header_facts, looks_like_dicom, read_dicom
from wardround.engines.images.facts import Facts
from wardround.engines.images.image import Image
from wardround.engines.images.plain import read_array, read_picture
from wardround.kernel import InvalidInput

Source = bytes | str | Path

PNG, JPEG, NPY = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\x93NUMPY"


def read_image(source: Source, name: str = "", frame: int = 0) -> Image:
    """Read one image from a file or its bytes: DICOM, PNG, JPEG or ``.npy``.

    What the file is, is told by its content, never by its name. ``frame`` counts from 0; a file
    other than DICOM has one. Raise ``InvalidInput`` where it cannot be read; memory is bounded
    before anything is decoded.
    """
    where = name or "image"
    with _opened(source, where) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        kind = _kind(file, where)
        if kind == "dicom":
            values, facts, voi = read_dicom(file, where, frame)
        else:
            _require_first(frame, where)
            values, facts, voi = (read_array if kind == "npy" else read_picture)(file, where)
    return Image(values, facts, name, digest, voi)


def read_facts(source: Source, name: str = "") -> Facts:
    """Return the facts that a file declares; of a DICOM file the pixels are not read."""
    where = name or "image"
    with _opened(source, where) as file:
        kind = _kind(file, where)
        if kind == "dicom":
            return header_facts(file, where)
        return (read_array if kind == "npy" else read_picture)(file, where)[1]


@contextmanager
def _opened(source: Source, where: str) -> Iterator[BufferedReader | BytesIO]:
    if isinstance(source, bytes):
        require_bytes(len(source), where)
        yield BytesIO(source)
        return
    path = Path(source)
    if not path.is_file() or not os.access(path, os.R_OK):
        raise InvalidInput(
            "There is no such file, or it may not be read.", where=where, mend="Check the path."
        )
    require_bytes(path.stat().st_size, where)
    with path.open("rb") as file:
        yield file


def _kind(file: BinaryIO, where: str) -> str:
    """Return what a file is by its first bytes, and put it back to its beginning."""
    file.seek(0)
    head = file.read(132)
    file.seek(0)
    if looks_like_dicom(head):
        return "dicom"
    if head.startswith(NPY):
        return "npy"
    if head.startswith((PNG, JPEG)):
        return "picture"
    raise InvalidInput(
        "The file is no DICOM, PNG, JPEG or .npy.",
        where=where,
        mend="Convert it, or open it as a slide if it is one.",
    )


def _require_first(frame: int, where: str) -> None:
    if frame != 0:
        raise InvalidInput("The file has one image.", where=where, mend="Ask for frame 0.")
