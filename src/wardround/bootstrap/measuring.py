"""An added model of images held against this site's own labelled images, before it is used."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from wardround.bootstrap.adding import opened_model
from wardround.bootstrap.registering import file_of_folder
from wardround.bootstrap.registry import file_of
from wardround.kernel import Actor, InvalidInput, WardroundError

if TYPE_CHECKING:
    from wardround.engines.images import Image
    from wardround.engines.vision import VisionModel
    from wardround.governance.registry import Registered, Registry
    from wardround.governance.validation import Validation

BLOCK = 32
"""How many images are held at once."""
PATH, GROUP = "path", "group:"


@dataclass
class Labelled:
    """What a table says of images: where each is, and which findings it has."""

    paths: list[Path] = field(default_factory=list)
    findings: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class MeasuredImages:
    """The figures of each finding, and how many images were left out, by why."""

    found: "dict[str, Validation]" = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def is_of_images(one: "Registered") -> bool:
    """Tell whether a registered version is a model of images that was added."""
    from wardround.engines.vision import MANIFEST

    return Path(one.place).name == MANIFEST


def measure_images(
    registry: "Registry",
    home: Path,
    one: "Registered",
    table: Path,
    by: Actor,
    provider: str = "cpu",
) -> MeasuredImages:
    """Hold an added model's own files against a table of images, and keep the figures.

    The table has ``path``, relative to its own folder, and a column of 0 and 1 for each finding, by
    its code in the manifest; ``group:`` before a name makes a column one of groups. The sha256 kept
    with the figures is that of the table. An image that the model is not for, or that cannot be
    read, is left out and counted, as it would be in use. ``provider`` is what runs the model there.
    """
    from wardround.governance.registry import Enclosed, FileKind
    from wardround.governance.validation import Predictions, validate

    model = opened_model(file_of(home, one).parent, one.digest, provider)
    data = file_of_folder(table)
    codes = _codes(model)
    said = read_table(data, table, codes)
    out = MeasuredImages()
    chances = list(_chances(model, said.paths, out))
    seen = [at for at, row in enumerate(chances) if row]
    digest = sha256(data).hexdigest()
    for code, happened in said.findings.items():
        column = codes.index(code)
        groups = {name: [values[at] for at in seen] for name, values in said.groups.items()}
        figures = validate(
            Predictions.of(
                [float(happened[at]) for at in seen],
                [chances[at][column] for at in seen],
                {name: values for name, values in groups.items() if len(set(values)) > 1},
            )
        )
        out.found[code] = figures
        kept = Enclosed(
            name=f"measured-{digest[:12]}-{column + 1}.json",
            kind=FileKind.MEASURED,
            media_type="application/json",
            content=figures.model_dump_json(indent=1).encode(),
            data_sha256=digest,
        )
        registry.enclose(one, kept, by)
    return out


def _codes(model: "VisionModel") -> list[str]:
    if model.manifest.task != "classification":
        raise InvalidInput(
            "Only a model that classifies images is measured here.",
            where=model.manifest.name,
            mend="Measure boxes and masks on their own images, and enclose the report.",
        )
    return [one.code for one in model.manifest.of_kind("classes").codes]


def read_table(data: bytes, table: Path, codes: Sequence[str]) -> Labelled:
    """Return what a table says of images; raise ``InvalidInput`` with the line that is wrong."""
    try:
        rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        rows = []
    columns = [one for one in (rows[0] if rows else {}) if one]
    known = [one for one in columns if one in codes]
    if PATH not in columns or not known:
        raise InvalidInput(
            "The table has no images with findings.",
            where=table.name,
            mend=f"Columns: path, and codes of the model, with 0 or 1: {', '.join(codes)[:200]}.",
        )
    said = Labelled(findings={one: [] for one in known})
    for line, row in enumerate(rows, 2):
        for one in known:
            if row[one] not in {"0", "1"}:
                raise InvalidInput(
                    "A finding is neither 0 nor 1.",
                    where=f"{table.name}, line {line}: {one}",
                    mend="Leave out images where it is not known, and say how many.",
                )
            said.findings[one].append(row[one])
        said.paths.append(table.parent / (row[PATH] or ""))
    for one in columns:
        if one.startswith(GROUP):
            said.groups[one.removeprefix(GROUP)] = [row[one] or "" for row in rows]
    return said


def _chances(
    model: "VisionModel", paths: Sequence[Path], out: MeasuredImages
) -> Iterator[list[float]]:
    """Yield the probability of each finding of each image; nothing where there is none."""
    import numpy as np

    from wardround.engines.images import read_image

    left = iter(paths)
    while block := list(islice(left, BLOCK)):
        ready = []
        for path in block:
            try:
                image = read_image(path, path.name)
                ready.append(None if _unfit(model, image, out) else model.prepare(image))
            except WardroundError as error:
                out.left_out[error.what] += 1
                ready.append(None)
        batch = [one for one in ready if one is not None]
        said = iter(model.probabilities(model.run(np.stack(batch))).tolist() if batch else [])
        yield from ([] if one is None else next(said) for one in ready)


def _unfit(model: "VisionModel", image: "Image", out: MeasuredImages) -> bool:
    """Tell whether an image would not be read in use; a file of research says nothing, and is."""
    from wardround.capabilities.radiology import suiting

    if image.facts.source != "dicom" or model.manifest.tiles is not None:
        return False
    for one in suiting(image.facts, model.manifest.input):
        if not one.passed and one.stops:
            out.left_out[f"By its file, the model is not for it: {one.name}."] += 1
            return True
    return False
