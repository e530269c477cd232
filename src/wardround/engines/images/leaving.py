"""What of an image could tell whose it is, before it leaves or is shown for research.

Engines know files, not PHI: the removing itself is privacy's, and is handed in where the parts
meet.
"""

from typing import Protocol

from wardround.engines.images.facts import Facts
from wardround.engines.images.slide import Slide
from wardround.kernel import InvalidInput

WORDED = {"US", "ES", "XC", "SC", "OT", "DOC", "ECG", "GM", "OP", "RF", "XA", "MG"}
"""Modalities whose pictures often hold words: without a declaration they are taken to."""


class Remover(Protocol):
    """Takes a file's PHI away: ``privacy.dicom`` does, under a key of its own."""

    def __call__(self, file: bytes) -> bytes:
        """Return the file without PHI, or raise ``InvalidInput`` where that cannot be done."""


def telling(image: Facts | Slide) -> tuple[str, ...]:
    """Return what must be removed of an image; nothing where it tells nothing by its facts."""
    if isinstance(image, Slide):
        return (*(f"the {name} picture" for name in image.hidden), "the file's name and notes")
    found = []
    if image.source == "dicom":
        found.append("the header's names, numbers and dates")
        if image.overlays:
            found.append("the overlays")
        if image.burned_in or (image.burned_in is None and image.modality in WORDED):
            found.append("words in the pixels")
    if image.source in {"png", "jpeg"}:
        found.append("the picture's own notes (EXIF and text)")
        found.append("words in the pixels")
    return tuple(found)


def removed(file: bytes, image: Facts, remover: Remover | None) -> bytes:
    """Return a file that may leave: its own where nothing is telling, else what is left of it.

    Raise ``InvalidInput`` where something is telling and there is nobody to remove it.
    """
    found = telling(image)
    if not found:
        return file
    if remover is None or image.source != "dicom":
        raise InvalidInput(
            f"It may tell whose image it is by {', '.join(found)}.",
            mend="Clean it first; a DICOM file can be cleaned here.",
        )
    return remover(file)
