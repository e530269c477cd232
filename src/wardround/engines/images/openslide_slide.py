"""Slides that OpenSlide opens."""

from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from wardround.engines.images.resolution import magnification, resolution
from wardround.engines.images.slide import WHITE, Colours, CorruptTile
from wardround.kernel import InvalidInput

MOST_TILE = 64 * 1024**2
"""Pixels of one tile of a file; scanners write tiles of a quarter of a million or fewer."""


def is_known(path: Path) -> bool:
    """Whether OpenSlide knows what a file is."""
    import openslide

    return openslide.OpenSlide.detect_format(str(path)) is not None


class OpenSlidePyramid:
    """A slide in one of OpenSlide's formats.

    After a damaged tile OpenSlide answers nothing more of a slide, so it is opened anew.
    """

    def __init__(self, path: Path, where: str) -> None:
        self._path, self._where = path, where
        self._lock = Lock()
        self._slide = self._open()
        told = self._slide.properties
        remarks: list[str] = []
        self.source = f"openslide:{told.get('openslide.vendor', '')}"
        self.sizes = tuple((int(w), int(h)) for w, h in self._slide.level_dimensions)
        self._require_bounded(told)
        self._downsamples = tuple(self._slide.level_downsamples)
        across, down = _number(told, "openslide.mpp-x"), _number(told, "openslide.mpp-y")
        self.mpp = resolution(across, down, remarks)
        power = _number(told, "openslide.objective-power")
        self.magnification = magnification(power, self.mpp, remarks)
        self.profile = _profile(self._slide)
        self.hidden = tuple(sorted(self._slide.associated_images))
        if len(self.sizes) == 1:
            remarks.append("The file has one level only: looking at it from afar is slow.")
        self.remarks = tuple(remarks)

    def _open(self) -> Any:
        import openslide

        try:
            return openslide.OpenSlide(str(self._path))
        except (openslide.OpenSlideError, OSError):
            raise InvalidInput(
                "The slide is damaged or incomplete: its base level is not there.",
                where=self._where,
                mend="Copy all its files again from the scanner.",
            ) from None

    def _require_bounded(self, told: Any) -> None:
        """Raise where a tile is larger than can be: OpenSlide would end the process for memory."""
        for level in range(len(self.sizes)):
            sides = [
                _number(told, f"openslide.level[{level}].tile-{side}")
                for side in ("width", "height")
            ]
            if (sides[0] or 0) * (sides[1] or 0) > MOST_TILE or 0 in self.sizes[level]:
                self._slide.close()
                raise InvalidInput(
                    "The slide is damaged: it tells of tiles or levels that cannot be.",
                    where=self._where,
                    mend="Copy the slide again from the scanner.",
                )

    def read(self, x: int, y: int, width: int, height: int, level: int) -> Colours:
        """Return uint8 (height, width, 3), or raise ``CorruptTile``."""
        import openslide

        scale = self._downsamples[level]
        area = ((round(x * scale), round(y * scale)), level, (width, height))
        try:
            picture = self._slide.read_region(*area)
        except openslide.OpenSlideError:
            picture = self._read_alone(area)
        return _on_white(picture)

    def _read_alone(self, area: tuple[tuple[int, int], int, tuple[int, int]]) -> Any:
        """Read an area by a slide of its own: the shared one may have failed for another thread.

        The shared one is not closed, for others may be reading from it; the last lets it go.
        """
        import openslide

        with self._lock:
            fresh = self._open()
            try:
                picture = fresh.read_region(*area)
            except openslide.OpenSlideError:
                self._slide = self._open()
                raise CorruptTile(
                    "A part of the slide is damaged.",
                    where=self._where,
                    mend="Copy the slide again from the scanner, or leave the part out.",
                ) from None
            self._slide = fresh
            return picture

    def close(self) -> None:
        """Let the file go."""
        self._slide.close()


def _profile(slide: Any) -> bytes | None:
    """Return the ICC profile of the colours; None where there is none, or it cannot be read."""
    try:
        found = slide.color_profile
    except Exception:  # noqa: BLE001 - littlecms raises what it likes on a broken profile
        return None
    return None if found is None else bytes(found.tobytes())


def _number(told: Any, name: str) -> float | None:
    try:
        return float(told[name])
    except (KeyError, ValueError):
        return None


def _on_white(picture: Any) -> Colours:
    """Return colours without transparency: where a scanner saw nothing, the slide is white."""
    pixels = np.asarray(picture)
    colours, alpha = pixels[..., :3], pixels[..., 3]
    if alpha.min() == WHITE:
        return np.asarray(picture.convert("RGB"))  # thrice as fast as a copy of the three
    share = alpha[..., None].astype(np.uint16)
    mixed = (colours * share + WHITE * (WHITE - share)) // WHITE
    return mixed.astype(np.uint8)
