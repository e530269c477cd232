"""Many pictures at once: ``{"id", "path"}`` in, nuclei counted or the reason why not out."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from wardround.capabilities.pathology.findings import findings_of, quality_of, unlike
from wardround.capabilities.pathology.reading import SlideRead, TileRead, read_slide, read_tile
from wardround.engines.images import open_slide, read_image
from wardround.kernel import InvalidInput

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\x93NUMPY")
FIELD = 32 * 1024**2
"""Bytes of a file up to which a picture is read at once; a larger one is swept like a slide."""


class Counting:
    """Reads the picture or the slide that a record names; a path is from where it is run."""

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was found; raise ``InvalidInput`` for a file that cannot be read."""
        told = line.get("path")
        if not isinstance(told, str) or not told:
            raise InvalidInput(
                "A record has the path of a picture or a slide.",
                where="path",
                mend='Write {"id": "1", "path": "tile.png"}.',
            )
        read = _read(Path(told), _resolution(line), line.get("ledger"))
        return {
            "id": line.get("id"),
            "status": "abstained" if read.abstained else "drafted",
            "findings": findings_of(read),
            "quality": quality_of(read.checks),
            "ood": unlike(read.checks),
            "abstained": read.abstained,
            "reasons": list(read.reasons),
            "remarks": [*read.remarks, *([read.index.says] if read.index else [])],
        }


def _resolution(line: Mapping[str, Any]) -> float | None:
    mpp = line.get("mpp")
    if mpp is None:
        return None
    if isinstance(mpp, bool) or not isinstance(mpp, int | float) or not 0.05 <= mpp <= 20:
        raise InvalidInput("Micrometres per pixel are a number from 0.05 to 20.", where="mpp")
    return float(mpp)


def _read(path: Path, mpp: float | None, ledger: object) -> TileRead | SlideRead:
    if not path.exists():
        raise InvalidInput("There is no such file.", where="path", mend="Check the path.")
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(8)
        if head.startswith(_PICTURES) and path.stat().st_size <= FIELD:
            return _field(path, mpp)
    with open_slide(path, "path") as slide, TemporaryDirectory() as folder:
        kept = Path(ledger) if isinstance(ledger, str) else Path(folder) / "ledger.jsonl"
        return read_slide(slide, kept)


def _field(path: Path, mpp: float | None) -> TileRead:
    image = read_image(path, "path")
    values = image.values
    if not image.colour:
        grey = np.round(image.grey() * 255).astype(np.uint8)
        return read_tile(np.repeat(grey[..., None], 3, axis=2), mpp)
    return read_tile(np.asarray(values, np.uint8), mpp)
