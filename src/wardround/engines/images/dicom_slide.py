"""Slides as DICOM whole slide images, read by wsidicom."""

from pathlib import Path
from typing import Any

import numpy as np

from wardround.engines.images.quiet import quiet
from wardround.engines.images.resolution import magnification, resolution
from wardround.engines.images.slide import Colours, CorruptTile
from wardround.kernel import InvalidInput

BROKEN = "The DICOM slide cannot be opened: it is incomplete, or of another kind."


class DicomPyramid:
    """A DICOM whole slide image: a folder of its levels' files, or one file."""

    def __init__(self, path: Path, where: str) -> None:
        self._where = where
        remarks: list[str] = []
        self.source = "dicom"
        try:
            with quiet():
                self._slide = _open(path)
                self._levels = list(self._slide.levels)
                self.sizes = tuple((one.size.width, one.size.height) for one in self._levels)
                spacing = _spacing(self._slide)
                only_smaller = _is_resampled(self._slide, self.sizes[0])
        except Exception:  # noqa: BLE001 - a broken file breaks wsidicom in many ways
            raise InvalidInput(
                BROKEN, where=where, mend="Give the folder with all files of the slide."
            ) from None
        if only_smaller:
            self.close()
            raise InvalidInput(
                "The base level of the slide is missing.",
                where=where,
                mend="Give the folder with all files of the slide.",
            )
        self.mpp = resolution(spacing[0], spacing[1], remarks)
        self.magnification = magnification(_power(self._slide), self.mpp, remarks)
        pictures = (("label", self._slide.labels), ("overview", self._slide.overviews))
        self.hidden = tuple(name for name, found in pictures if found)
        self.remarks = tuple(remarks)

    def read(self, x: int, y: int, width: int, height: int, level: int) -> Colours:
        """Return uint8 (height, width, 3), or raise ``CorruptTile``."""
        number = self._levels[level].level
        try:
            with quiet():
                return np.asarray(
                    self._slide.read_region((x, y), number, (width, height), as_array=True)
                )[..., :3]
        except Exception:  # noqa: BLE001 - codecs raise whatever they like on a damaged tile
            raise CorruptTile(
                "A part of the slide is damaged.",
                where=self._where,
                mend="Fetch the slide again from the archive, or leave the part out.",
            ) from None

    def close(self) -> None:
        """Let the files go."""
        self._slide.close()


def _open(path: Path) -> Any:
    from wsidicom import WsiDicom

    return WsiDicom.open(path)


def _is_resampled(slide: Any, size: tuple[int, int]) -> bool:
    """Whether the largest level was made from a larger one, which is not there (PS3.3 C.8.12.4)."""
    import pydicom

    asked = ["ImageType", "TotalPixelMatrixColumns", "TotalPixelMatrixRows"]
    for file in slide.files:
        with file.open("rb") as stream:
            header = pydicom.dcmread(stream, stop_before_pixels=True, specific_tags=asked)
        kinds = [str(one) for one in header.ImageType]
        here = (header.TotalPixelMatrixColumns, header.TotalPixelMatrixRows) == size
        if here and "VOLUME" in kinds and "RESAMPLED" not in kinds:
            return False
    return True


def _spacing(slide: Any) -> tuple[float | None, float | None]:
    """Return microns per pixel, across and down; None where the file does not say."""
    try:
        return float(slide.mpp.width), float(slide.mpp.height)
    except Exception:  # noqa: BLE001 - a slide without resolution is told by an error
        return None, None


def _power(slide: Any) -> float | None:
    try:
        paths = slide.metadata.pyramid.optical_paths
        return float(paths[0].objective.objective_power)
    except (AttributeError, IndexError, TypeError, ValueError):
        return None
