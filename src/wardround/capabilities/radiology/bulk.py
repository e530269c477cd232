"""Many images: ``{"id", "path"}`` in, findings, checks and reasons out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wardround.capabilities.radiology.reading import Read, Reader, load_reader
from wardround.engines.images import Image, read_image
from wardround.kernel import InvalidInput, WardroundError

TOGETHER = 64
"""Images read at once; large ones go one by one, so that memory is bounded."""
LARGE = 1 << 18
"""Pixels from which an image is large."""


class BulkRadiology:
    """Answers records; a relative path is one below the folder the command runs in."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or load_reader()

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to one record; raise ``InvalidInput`` for what cannot be read."""
        return record_of(line.get("id"), self._reader.read(_image_of(line)))

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        """Return for each record its answer, or the error that it costs."""
        out: list[dict[str, Any] | WardroundError | None] = [None] * len(lines)
        waiting: list[tuple[int, Image]] = []
        for place, line in enumerate(lines):
            try:
                image = _image_of(line)
            except WardroundError as error:
                out[place] = error
                continue
            waiting.append((place, image))
            if len(waiting) >= TOGETHER or image.values.size >= LARGE:
                self._answer(waiting, lines, out)
                waiting = []
        self._answer(waiting, lines, out)
        return [one for one in out if one is not None]

    def _answer(
        self,
        waiting: Sequence[tuple[int, Image]],
        lines: Sequence[Mapping[str, Any]],
        out: list[dict[str, Any] | WardroundError | None],
    ) -> None:
        """Answer the images that wait; where one cannot be read, only it costs an error."""
        try:
            for (place, _), read in zip(
                waiting, self._reader.read_many([image for _, image in waiting]), strict=True
            ):
                out[place] = record_of(lines[place].get("id"), read)
        except WardroundError:
            for place, image in waiting:
                try:
                    out[place] = record_of(lines[place].get("id"), self._reader.read(image))
                except WardroundError as error:
                    out[place] = error


def _image_of(line: Mapping[str, Any]) -> Image:
    path = line.get("path")
    if not isinstance(path, str) or not path:
        raise InvalidInput(
            "A record names its image.", where="path", mend='Write {"id": "1", "path": "a.dcm"}.'
        )
    return read_image(Path(path), "path")  # a file may be named after its patient


def record_of(identity: object, read: Read) -> dict[str, Any]:
    """Return what was read as a record of a bulk run."""
    return {
        "id": identity,
        "status": "abstained" if read.abstained else "drafted",
        "findings": [
            {
                "code": one.code,
                "system": one.system,
                "display": one.display,
                "probability": round(one.probability, 6),
                **({"region": dict(one.region)} if one.region else {}),
            }
            for one in read.findings
        ],
        "quality": [
            {"name": one.name, "passed": one.passed, "value": one.value, "says": one.says}
            for one in read.quality
        ],
        "ood": round(read.ood, 4),
        "abstained": read.abstained,
        "reasons": [{"kind": one.kind, "says": one.says} for one in read.reasons],
    }
