"""A trained model's folder taken into the registry, and a registered model measured on a table."""

import csv
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import orjson

from wardround.bootstrap.registry import file_of
from wardround.disk import appearing
from wardround.kernel import Actor, InvalidInput, TooLarge, Unavailable

if TYPE_CHECKING:
    from wardround.governance.registry import (
        Candidate,
        Enclosed,
        FileKind,
        Registered,
        Registry,
        Source,
    )
    from wardround.governance.validation import Validation

MODEL, CARD, SPEC, PLAN, TRAINING = (
    "model.skops",
    "card.yaml",
    "spec.yaml",
    "pccp.yaml",
    "training.json",
)
LARGEST = 20 * 1024 * 1024
"""The most bytes that a file of a model's folder may have."""
MOST = 30
"""The most files."""

_NONE: Mapping[str, str] = MappingProxyType({})
_TYPES = {".html": "text/html", ".json": "application/json", ".pdf": "application/pdf"}


def register_folder(
    registry: "Registry",
    home: Path,
    folder: Path,
    by: Actor,
    *,
    capability: str = "risk",
    change: str | None = None,
    code: str | None = None,
) -> "Registered":
    """Register the model of a folder as ``wardround risk train`` writes it; it is off.

    The model's file goes into the home folder, under its own sha256, before the transaction of
    ``registry`` is kept: a version that is registered has its file, and one that is refused leaves
    nothing. Raise ``InvalidInput`` for a file that is not what the card describes, or that holds
    anything but plain arrays.
    """
    one, data = _read(folder, capability, change, code)
    made = registry.add(one, by)
    _put(home / one.place, data, one.digest)
    return made


def measure(
    registry: "Registry", home: Path, one: "Registered", table: Path, by: Actor
) -> "Validation":
    """Hold a registered model's own file against a table, and keep the figures with the version.

    They carry the sha256 of the table, so that a change control plan can ask for its test set.
    """
    from wardround.engines.tabular import load
    from wardround.governance.registry import Enclosed, FileKind
    from wardround.governance.validation import Predictions, validate

    if not one.learned or not one.place.endswith(".skops"):
        raise InvalidInput(
            "Only a learned model of tables is measured on a table.",
            where=one.name,
            mend="A model of images is measured on images: see docs/imaging-models.md.",
        )
    model, data = load(file_of(home, one), one.digest), _bytes(table)
    rows = _rows(data, table.name)
    outcome = model.spec.outcome
    if outcome.column not in rows:
        raise InvalidInput("The table lacks the outcome.", where=outcome.column)
    if "" in rows[outcome.column]:
        raise InvalidInput(
            "A patient's outcome is not known.",
            where=outcome.column,
            mend="Leave these patients out, and say how many.",
        )
    happened = [float(value == outcome.positive) for value in rows[outcome.column]]
    said = model.predict(rows)
    groups = {name: rows[name] for name in model.spec.groups if len(set(rows.get(name, ()))) > 1}
    found = validate(Predictions.of(happened, said.probability, groups, sets=said.sets))
    digest = sha256(data).hexdigest()
    kept = Enclosed(
        name=f"measured-{digest[:12]}.json",
        kind=FileKind.MEASURED,
        media_type="application/json",
        content=found.model_dump_json(indent=1).encode(),
        data_sha256=digest,
    )
    registry.enclose(one, kept, by)
    return found


def _read(
    folder: Path, capability: str, change: str | None, code: str | None
) -> "tuple[Candidate, bytes]":
    from wardround.engines.tabular import load
    from wardround.governance.cards import read_card
    from wardround.governance.registry import Candidate, Origin

    files = {path.name: _bytes(path) for path in _listed(folder)}
    for name in (MODEL, CARD, SPEC):
        if name not in files:
            raise InvalidInput(
                f"This is no model's folder: it has no {name}.",
                where=str(folder),
                mend="Name a folder that wardround risk train made.",
            )
    card = read_card(files[CARD].decode("utf-8", errors="replace"), CARD)
    digest = sha256(files[MODEL]).hexdigest()
    if card.digest != digest:
        raise InvalidInput(
            "The model file is not the one that its card describes: its digest differs.",
            where=MODEL,
            mend="Bring back the file of the card, or train again.",
        )
    spec = load(folder / MODEL, digest).spec
    if (card.name, card.version) != (spec.name, spec.version):
        raise InvalidInput(
            f"The card is of another model than the file, which is {spec.name} {spec.version}.",
            where=CARD,
            mend="Bring back the card that was written with the file.",
        )
    training = _json(files.get(TRAINING, b"{}"), TRAINING)
    made = training.get("wardround")
    one = Candidate(
        capability=capability,
        name=spec.name,
        version=spec.version,
        digest=digest,
        title=spec.outcome.meaning[:200],
        origin=Origin.SITE,
        learned=True,
        device=True,
        place=f"models/{digest}.skops",
        data=tuple(_sources(training)),
        code=code or (f"Wardround {made}" if isinstance(made, str) else None),
        change=change,
        files=tuple(enclosed(files, spec.name)),
    )
    return one, files[MODEL]


def enclosed(
    files: dict[str, bytes], name: str, *, spec: str = SPEC, words: Mapping[str, str] = _NONE
) -> "Iterator[Enclosed]":
    """Yield what goes along with a model, each with its kind; raise for what is none of it.

    ``words`` are endings of texts that are taken besides reports, with their media types.
    """
    from wardround.governance.registry import Enclosed, FileKind, read_plan

    kinds = {CARD: FileKind.CARD, spec: FileKind.SPEC, PLAN: FileKind.PLAN}
    types = {**_TYPES, **words}
    if PLAN in files:
        read_plan(files[PLAN].decode("utf-8", errors="replace"), name, PLAN)
    for file, data in files.items():
        suffix = Path(file).suffix.lower()
        if file == MODEL:
            continue
        if file in kinds:
            kind, media = kinds[file], "application/yaml"
        elif suffix in types:
            kind, media = _report(file, data), types[suffix]
        else:
            raise InvalidInput(
                "This is no file of a model's folder.",
                where=file,
                mend="Reports end in .html, .pdf or .json.",
            )
        yield Enclosed(name=file, kind=kind, media_type=media, content=data)


def _report(name: str, data: bytes) -> "FileKind":
    """Return what a report is: figures that can be read back are a validation."""
    from pydantic import ValidationError

    from wardround.governance.registry import FileKind
    from wardround.governance.validation import Validation

    if name != "report.json":
        return FileKind.REPORT
    try:
        Validation.model_validate_json(data)
    except ValidationError:
        raise InvalidInput(
            "These are not the figures of a validation.",
            where=name,
            mend="Bring back the report.json that was written with the model.",
        ) from None
    return FileKind.VALIDATION


def _sources(training: dict[str, object]) -> "Iterator[Source]":
    from wardround.governance.registry import Source

    data = training.get("data")
    for name, digest in data.items() if isinstance(data, dict) else ():
        yield Source(name=str(name), sha256=str(digest))


def _put(file: Path, data: bytes, digest: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.is_file() and sha256(file.read_bytes()).hexdigest() == digest:
        return
    file.unlink(missing_ok=True)
    with appearing(file) as stream:
        stream.write(data)


def file_of_folder(path: Path) -> bytes:
    """Return a plain file of a model's folder; raise for links, folders, and what is too large."""
    if path.is_symlink() or not path.is_file():
        raise InvalidInput(
            "A model's folder holds plain files alone.", where=path.name, mend="Take it out."
        )
    return _bytes(path)


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InvalidInput("There is no such folder.", where=str(folder), mend="Check the path.")
    found = sorted(folder.iterdir())
    strange = [path.name for path in found if path.is_symlink() or not path.is_file()]
    if strange:
        raise InvalidInput(
            "A model's folder holds plain files alone.", where=strange[0], mend="Take it out."
        )
    if len(found) > MOST:
        raise TooLarge(f"These are more than {MOST} files.", where=str(folder))
    return found


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise TooLarge(f"This is more than {LARGEST // 2**20} MB.", where=path.name)
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"This file cannot be read: {error.strerror}.", where=path.name, mend="Check the path."
        ) from None


def _json(data: bytes, name: str) -> dict[str, object]:
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise InvalidInput("This is not what training writes.", where=name, mend="Train again.")
    return found


def _rows(data: bytes, name: str) -> dict[str, list[str]]:
    try:
        read = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        read = []
    if not read:
        raise InvalidInput("This is no table with rows.", where=name, mend="Hand in CSV, UTF-8.")
    return {column: [row[column] or "" for row in read] for column in read[0] if column}
