"""What a sweep has found so far, tile by tile in a file, so that a killed one goes on."""

import base64
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson

from wardround.capabilities.pathology.index import Stained
from wardround.capabilities.pathology.morphometry import RAYS, Nuclei
from wardround.kernel import Conflict

_NUMBERS = ("x", "y", "area", "perimeter", "eccentricity", "density", "brown", "red")


@dataclass(frozen=True)
class Swept:
    """A tile that was looked at, or the reason why it could not be."""

    number: int
    nuclei: Nuclei
    colours: Stained = field(default_factory=Stained)
    checks: Mapping[str, float] = field(default_factory=dict)
    skipped: str = ""


class Ledger:
    """A file of JSON lines: first what is swept with what, then a line a tile.

    A line is whole once its end is written; what a kill left of the last one is cut off, and that
    tile is looked at again. Nothing in it tells of a patient.
    """

    def __init__(self, path: Path, of: Mapping[str, Any], *, anew: bool = False) -> None:
        """Open the file of an earlier sweep, or begin one.

        Raise ``Conflict`` where the file is of another slide, another model or another plan.
        """
        self._path = path
        self.done: set[int] = set()
        head = orjson.dumps(of, option=orjson.OPT_SORT_KEYS) + b"\n"
        if not anew and path.exists() and path.stat().st_size:
            self._take_up(head)
        else:
            path.write_bytes(head)

    def _take_up(self, head: bytes) -> None:
        with self._path.open("r+b") as file:
            if file.readline() != head:
                raise Conflict(
                    "The file holds what was found on another slide, or by another model.",
                    where=self._path.name,
                    mend="Name another file, or begin anew.",
                )
            whole = file.tell()
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    self.done.add(int(orjson.loads(line)["tile"]))
                except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
                    break
                whole += len(line)
            file.truncate(whole)

    def write(self, file: BinaryIO, swept: Swept) -> None:
        """Add a tile; it is on the disk when this returns."""
        file.write(orjson.dumps(_line(swept)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
        self.done.add(swept.number)

    def appending(self) -> BinaryIO:
        """Open the file to add tiles."""
        return self._path.open("ab")

    def tiles(self) -> Iterator[Swept]:
        """Return every tile, one at a time: a slide's outlines need not fit in memory."""
        with self._path.open("rb") as file:
            file.readline()
            for line in file:
                yield _swept(orjson.loads(line))


def _line(swept: Swept) -> dict[str, Any]:
    nuclei = swept.nuclei
    table = np.column_stack(
        [
            *(vars(nuclei)[name] for name in _NUMBERS),
            nuclei.outline.reshape(len(nuclei), 2 * RAYS),
        ]
    )
    colours = swept.colours
    return {
        "tile": swept.number,
        "skipped": swept.skipped,
        "colours": [colours.dark, colours.brown, colours.red],
        "checks": dict(swept.checks),
        "nuclei": base64.b64encode(table.astype("<f4").tobytes()).decode(),
    }


def _swept(line: Mapping[str, Any]) -> Swept:
    table = np.frombuffer(base64.b64decode(line["nuclei"]), "<f4")
    table = table.reshape(-1, len(_NUMBERS) + 2 * RAYS)
    numbers = {name: table[:, i] for i, name in enumerate(_NUMBERS)}
    outline = table[:, len(_NUMBERS) :].reshape(-1, RAYS, 2)
    return Swept(
        int(line["tile"]),
        Nuclei(outline=outline, **numbers),
        Stained(*line["colours"]),
        line["checks"],
        str(line["skipped"]),
    )
