"""A cohort: people as rows of a table, each value as it is written."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from wardround.kernel import InvalidInput, NotFound, Resource
from wardround.privacy.cohort.people import people_of

MOST = 5_000_000
"""Rows that are read."""


@dataclass(frozen=True)
class Cohort:
    """Rows of text by column; a value that is missing is the empty text."""

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Cohort":
        """Return a cohort of rows; raise ``InvalidInput`` where there are none."""
        kept = [{str(name): _text(value) for name, value in row.items()} for row in rows]
        if not kept:
            raise InvalidInput("There is nobody in this cohort.")
        columns = tuple(dict.fromkeys(name for row in kept for name in row))
        return cls(columns, kept)

    def require(self, names: Iterable[str]) -> None:
        """Raise ``InvalidInput`` for a column that there is none of."""
        for name in names:
            if name not in self.columns:
                known = ", ".join(self.columns)
                raise InvalidInput(
                    "There is no such column.", where=name[:64], mend=f"Columns are: {known[:400]}."
                )


def read_cohort(path: Path, today: date) -> Cohort:
    """Read a CSV file with a header, JSON Lines (``.jsonl``, ``.ndjson``), or FHIR: a person a row.

    FHIR is a resource or Bundle in ``.json``, or one a line; each Patient is a row (``people.py``),
    as old as on ``today``. Raise ``NotFound``, or ``InvalidInput`` with the line that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix == ".json":
                return Cohort.of(people_of(_json(file.read()), today))
            if path.suffix not in {".jsonl", ".ndjson"}:
                return Cohort.of(_csv(file))
            rows = _jsonl(file)
            fhir = any("resourceType" in row for row in rows)
            return Cohort.of(people_of(rows, today) if fhir else rows)
    except FileNotFoundError:
        raise NotFound("There is no such file.", where=str(path)) from None
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(
            "This cannot be read as UTF-8 text.", where=str(path), mend="Save it as CSV in UTF-8."
        ) from None
    except InvalidInput as error:
        where = path.name if error.where is None else f"{path.name}, {error.where}"
        raise InvalidInput(error.what, where=where, mend=error.mend) from None


def _json(text: str) -> list[Resource]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict) or "resourceType" not in found:
        raise InvalidInput("This is no FHIR resource or Bundle.")
    return [found]


def _csv(file: Iterable[str]) -> list[dict[str, Any]]:
    try:
        reader = csv.DictReader(file, strict=True)
        names = reader.fieldnames or []
        if len(set(names)) != len(names) or not all(names):
            raise InvalidInput("Each column has a name of its own in the first line.")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise InvalidInput(
                    "This row has another number of columns.", where=f"line {reader.line_num}"
                )
            rows.append(row)
            _require_few(rows)
    except csv.Error as error:
        raise InvalidInput(f"This is not CSV: {error}.") from None
    return rows


def _jsonl(file: Iterable[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            row = None
        if not isinstance(row, dict):
            raise InvalidInput("A line is a JSON object.", where=f"line {number}")
        rows.append(row)
        _require_few(rows)
    return rows


def _require_few(rows: Sequence[object]) -> None:
    if len(rows) > MOST:
        raise InvalidInput(f"A cohort has at most {MOST:,} rows.")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else orjson.dumps(value).decode()
