"""Which reader opens a slide: OpenSlide, wsidicom, or a picture as a slide of one level."""

import hashlib
from pathlib import Path

from wardround.engines.images.dicom import looks_like_dicom
from wardround.engines.images.dicom_slide import DicomPyramid
from wardround.engines.images.flat_slide import FlatPyramid
from wardround.engines.images.openslide_slide import OpenSlidePyramid, is_known
from wardround.engines.images.slide import Pyramid, Slide
from wardround.kernel import InvalidInput


def open_slide(path: str | Path, name: str = "") -> Slide:
    """Open a slide: what OpenSlide opens, a DICOM file or folder, or a PNG, JPEG or TIFF.

    What it is, is told by its content. Raise ``InvalidInput`` where it cannot be opened or lacks
    its base level; ``mpp`` is None where the file does not say how large a pixel is.
    """
    place = Path(path)
    where = name or "slide"
    if not place.exists():
        raise InvalidInput("There is no such file.", where=where, mend="Check the path.")
    return Slide(_pyramid(place, where), name, _mark(place))


def _pyramid(place: Path, where: str) -> Pyramid:
    if place.is_dir():
        return DicomPyramid(place, where)
    with place.open("rb") as file:
        head = file.read(132)
    if looks_like_dicom(head):
        return DicomPyramid(place, where)
    return OpenSlidePyramid(place, where) if is_known(place) else FlatPyramid(place, where)


def _mark(place: Path) -> str:
    """Return a mark of where a slide lies and what it was last; its content is not read for it."""
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    mark = hashlib.sha256()
    for file in files:
        told = file.stat()
        mark.update(f"{file.resolve()}\0{told.st_size}\0{told.st_mtime_ns}\n".encode())
    return mark.hexdigest()
