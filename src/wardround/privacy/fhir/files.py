"""FHIR files without PHI: JSON, newline-delimited JSON, and whole folders of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wardround.kernel import Conflict, InvalidInput
from wardround.privacy.deid import files_of, write_new
from wardround.privacy.fhir.cleaning import FhirCleaner
from wardround.privacy.fhir.people import People

ENDINGS = {".json", ".ndjson"}


def fhir_files(source: Path) -> list[Path]:
    """Return a file, or all .json and .ndjson files below a folder, in the order of their names."""
    return [path for path in files_of(source) if path == source or path.suffix in ENDINGS]


def learn_people(source: Path) -> People:
    """Return the patients of all files; what cannot be read is left to the cleaning to tell."""
    people = People()
    for path in fhir_files(source):
        for _, resource in _resources(path):
            if isinstance(resource, dict):
                people.learn(resource)
    return people


def clean_fhir_files(
    source: Path, out: Path, cleaner: FhirCleaner
) -> Iterator[tuple[Path, str | None]]:
    """Clean a file or a folder into ``out``; yield each path with what kept it from being done.

    A file is written only where all of it could be cleaned: a line left out would be lost silently.
    Names of files in a folder are replaced: they often carry those of patients.
    """
    whole_folder = source.is_dir()
    for path in fhir_files(source):
        code = cleaner.secret.code("file", str(path.relative_to(source)), 20).lower()
        target = out / f"{code}{path.suffix}" if whole_folder else out
        try:
            write_new(target, _cleaned(path, cleaner))
        except (InvalidInput, Conflict) as error:
            yield path, error.what
        else:
            yield path, None


def _cleaned(path: Path, cleaner: FhirCleaner) -> bytes:
    lines = []
    for number, resource in _resources(path):
        if not isinstance(resource, dict):
            raise InvalidInput(f"Line {number} is no FHIR resource.")
        lines.append(json.dumps(cleaner.clean(resource), ensure_ascii=False))
    if not lines:
        raise InvalidInput("The file is empty.")
    return "".join(f"{line}\n" for line in lines).encode()


def _resources(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield line numbers with what stands there; None for what is no JSON."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        yield 1, None
        return
    parts = text.splitlines() if path.suffix == ".ndjson" else [text]
    for number, part in enumerate(parts, start=1):
        if part.strip():
            try:
                yield number, json.loads(part)
            except (ValueError, RecursionError):
                yield number, None
