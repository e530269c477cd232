"""What was found on a slide, kept beside its draft: outlines, counts, what was looked at.

A zip of arrays (numpy's format, nothing in it is run) and ``about.json``. Nuclei lie in it by tile,
each tile with the box around it, so that those of a place are read without the others: neither
writing nor reading holds more than a tile in memory.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import numpy as np
import orjson
from numpy.typing import NDArray

from wardround.capabilities.pathology.index import POSITIVE
from wardround.capabilities.pathology.morphometry import Nuclei
from wardround.capabilities.pathology.results.looked import Share, shares
from wardround.capabilities.pathology.sweep.counting import Grid, Spot
from wardround.kernel import InvalidInput, Unavailable

if TYPE_CHECKING:
    from wardround.capabilities.pathology.reading import SlideRead

RESULT = "slide-result"
"""The name of the file among a draft's."""
MEDIA_TYPE = "application/zip"
FORM = 1
"""The version of the form."""
STEP = 8
"""Corners are kept in eighths of a pixel, from the middle of the nucleus."""
_NUMBERS = ("x", "y", "area", "perimeter", "eccentricity", "density", "brown", "red")
_GRID = ("counts", "positive", "area", "tissue")
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the finest level."""


@dataclass(frozen=True)
class Part:
    """The nuclei of one tile: how many, and the box around their outlines."""

    file: str
    count: int
    box: Box

    def meets(self, box: Box) -> bool:
        """Whether some of it may lie in a box."""
        left, top, right, low = self.box
        return left <= box[2] and right >= box[0] and top <= box[3] and low >= box[1]


def keep(read: "SlideRead", path: Path, mark: str = "") -> None:
    """Write what was found on a slide; ``mark`` tells results apart that are otherwise the same.

    Twice the same gives the same bytes. Raise ``InvalidInput`` where the slide was not read.
    """
    if read.grid is None or read.looked is None:
        raise InvalidInput("Of a slide that was not read nothing can be kept.")
    parts: list[Part] = []
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as file:
        for number, nuclei in enumerate(read.outlined()):
            if len(nuclei):
                parts.append(_write(file, f"nuclei/{number:07}.npy", nuclei))
        for name in _GRID:
            _put(file, f"grid/{name}.npy", getattr(read.grid, name))
        _put(file, "looked.npy", read.looked)
        indexed = read.index is not None and read.index.percent is not None
        about = {
            "form": FORM,
            "mark": mark,
            "size": read.size,
            "mpp": read.mpp,
            "positive_from": POSITIVE if indexed else None,
            "side": read.grid.side,
            "spots": [asdict(spot) for spot in read.spots],
            "parts": [asdict(part) for part in parts],
        }
        file.writestr(ZipInfo("about.json"), orjson.dumps(about))


class Kept:
    """A result that was kept, open; it is closed as a file is."""

    def __init__(self, path: Path | str) -> None:
        """Open a result; raise ``Unavailable`` for one of another form, or that decayed."""
        try:
            self._zip = ZipFile(path)
            about = orjson.loads(self._zip.read("about.json"))
        except (BadZipFile, KeyError, orjson.JSONDecodeError, zlib.error) as error:
            raise _other() from error
        if about.get("form") != FORM:
            self._zip.close()
            raise _other()
        self.size: tuple[int, int] = (about["size"][0], about["size"][1])
        self.mpp: float | None = about["mpp"]
        self.positive_from: float | None = about["positive_from"]
        """Mean DAB from which a nucleus is positive; None where the stain has no classes."""
        self.spots = tuple(Spot(**one) for one in about["spots"])
        self.tiles = tuple(
            Part(one["file"], one["count"], tuple(one["box"])) for one in about["parts"]
        )
        self._side: float = about["side"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __len__(self) -> int:
        """How many nuclei there are."""
        return sum(one.count for one in self.tiles)

    @property
    def grid(self) -> Grid:
        """Nuclei counted by squares of the slide."""
        arrays: Mapping[str, Any] = {name: self._array(f"grid/{name}.npy") for name in _GRID}
        return Grid(**arrays, side=self._side, mpp=self.mpp)

    @property
    def looked(self) -> NDArray[np.uint8]:
        """A ``Look`` for each pixel of a thumbnail (H, W) of the slide."""
        found: NDArray[np.uint8] = self._array("looked.npy")
        return found

    @property
    def shares(self) -> tuple[Share, ...]:
        """How much of the slide was looked at, and how much was not, by kind."""
        return shares(self.looked)

    def parts(self) -> Iterator[Nuclei]:
        """Yield the nuclei of each tile, with outlines, in pixels of the finest level."""
        for part in self.tiles:
            yield self._nuclei(part)

    def within(self, box: Box) -> Iterator[Nuclei]:
        """Yield, tile by tile, the nuclei whose middle lies in a box."""
        left, top, right, low = box
        for part in self.tiles:
            if part.meets(box):
                one = self._nuclei(part)
                inside = (one.x >= left) & (one.x < right) & (one.y >= top) & (one.y < low)
                yield one.taken(inside)

    def positive(self, nuclei: Nuclei) -> NDArray[np.bool_]:
        """Return which nuclei are positive; none where the stain has no classes."""
        if self.positive_from is None:
            return np.zeros(len(nuclei), bool)
        positive: NDArray[np.bool_] = nuclei.brown >= self.positive_from
        return positive

    def _nuclei(self, part: Part) -> Nuclei:
        table = self._array(part.file)
        numbers = {name: np.ascontiguousarray(table[name]) for name in _NUMBERS}
        middle = np.stack([table["x"], table["y"]], axis=1)[:, None]
        outline = table["corners"].astype(np.float32) / STEP + middle
        return Nuclei(outline=outline, **numbers)

    def _array(self, name: str) -> Any:
        try:
            data = BytesIO(self._zip.read(name))
            return np.lib.format.read_array(data, allow_pickle=False)
        except (BadZipFile, KeyError, ValueError, zlib.error) as error:
            raise _other() from error


def _write(file: ZipFile, name: str, nuclei: Nuclei) -> Part:
    middle = np.stack([nuclei.x, nuclei.y], axis=1)[:, None]
    reach = np.iinfo(np.int16)
    corners = np.round((nuclei.outline - middle) * STEP).clip(reach.min, reach.max)
    form: Any = [*((one, "<f4") for one in _NUMBERS), ("corners", "<i2", corners.shape[1:])]
    table = np.zeros(len(nuclei), form)
    for one in _NUMBERS:
        table[one] = getattr(nuclei, one)
    table["corners"] = corners
    _put(file, name, table)
    low, high = nuclei.outline.min((0, 1)), nuclei.outline.max((0, 1))
    return Part(name, len(nuclei), (float(low[0]), float(low[1]), float(high[0]), float(high[1])))


def _put(file: ZipFile, name: str, array: Any) -> None:
    out = BytesIO()
    np.lib.format.write_array(out, np.ascontiguousarray(array), allow_pickle=False)
    info = ZipInfo(name)  # of a fixed date: the same result is the same bytes
    info.compress_type = ZIP_DEFLATED
    file.writestr(info, out.getvalue(), compresslevel=1)


def _other() -> Unavailable:
    return Unavailable(
        "What was found on the slide is damaged, or was kept by another version.",
        mend="Restore it from a backup, or hand the slide in again.",
    )
