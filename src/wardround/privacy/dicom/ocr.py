"""Words in a picture, read by Tesseract where it is installed (Debian: ``tesseract-ocr``)."""

import csv
import io
import shutil
import subprocess
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.kernel import Unavailable

CERTAIN = 30.0
"""Tesseract's confidence (0 to 100) from which a word counts. Low: a word too many blackens some
tissue, a word too few shows a name."""

SLOWEST = 60
"""Seconds for one picture."""

MARGIN = 3
"""Pixels around a word that are its own: the soft edge of its letters."""


class Region(NamedTuple):
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right``, both ends exclusive."""

    top: int
    bottom: int
    left: int
    right: int


def program() -> str:
    """Return Tesseract's path; refuse, rather than find nothing, where there is none."""
    found = shutil.which("tesseract")
    if found is None:
        raise Unavailable(
            "Text burned into images is found by Tesseract, which is not installed.",
            where="clean-pixels",
            mend="Install the package tesseract-ocr, or leave the option out.",
        )
    return found


def read_regions(picture: NDArray[np.uint8]) -> list[Region]:
    """Return where words stand in a grey picture, read as it is and inverted, twice as large."""
    height, width = picture.shape
    scale = 2 if max(height, width) <= 1500 else 1
    larger = picture.repeat(scale, axis=0).repeat(scale, axis=1)
    found: set[Region] = set()
    for shown in (larger, 255 - larger):
        for word in _words(shown):
            top, left = int(word["top"]) // scale, int(word["left"]) // scale
            bottom = top + int(word["height"]) // scale + 1
            right = left + int(word["width"]) // scale + 1
            found.add(
                Region(
                    max(top - MARGIN, 0),
                    min(bottom + MARGIN, height),
                    max(left - MARGIN, 0),
                    min(right + MARGIN, width),
                )
            )
    return sorted(found)


def _words(picture: NDArray[np.uint8]) -> list[dict[str, Any]]:
    height, width = picture.shape
    image = b"P5 %d %d 255\n" % (width, height) + picture.tobytes()
    command = [program(), "stdin", "stdout", "--psm", "11", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the picture goes in as data
            command, input=image, capture_output=True, timeout=SLOWEST, check=True
        )
    except (OSError, subprocess.SubprocessError):
        raise Unavailable(
            "Tesseract could not read the image.", where="clean-pixels", mend="Try it by hand."
        ) from None
    rows = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [row for row in rows if _is_word(row)]


def _is_word(row: dict[str, Any]) -> bool:
    text = "".join(letter for letter in (row.get("text") or "") if letter.isalnum())
    return len(text) >= 2 and float(row["conf"]) >= CERTAIN
