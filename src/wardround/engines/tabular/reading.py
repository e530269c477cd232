"""Specs and tables read from files: YAML and CSV, every fault with its place."""

import csv
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wardround.engines.tabular.spec import Spec, first_fault
from wardround.kernel import InvalidInput

LARGEST_SPEC = 1_000_000
"""Bytes; more is no spec that a person wrote."""
LONGEST_CELL = 10_000

Columns = dict[str, list[object]]

_UNIT = re.compile(r"^(.*\S)\s*\[(\S+)\]$")


def read_spec_file(path: Path) -> Spec:
    """Return the spec that is written in ``path``; raise ``InvalidInput`` naming the line."""
    import yaml  # type: ignore[import-untyped]

    text = _text(path)
    if len(text) > LARGEST_SPEC:
        raise InvalidInput("This is too long for a spec.", where=path.name, mend="Shorten it.")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        twice = _alias_or_twin(node, set())
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InvalidInput(
            f"This is no YAML: {error.problem or error.context}.",
            where=_line(path, mark),
            mend="Look at the line, and at how it is indented.",
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise InvalidInput("This is no YAML that can be read.", where=path.name) from None
    if twice is not None:
        raise InvalidInput(twice[0], where=_line(path, twice[1]), mend="Write each once, in full.")
    if not isinstance(content, dict):
        raise InvalidInput(
            "This is no spec.", where=path.name, mend="Begin with name: and version:."
        )
    try:
        return Spec.model_validate(content)
    except ValidationError as error:
        where, what = first_fault(error)
        place = ".".join(str(part) for part in where)
        raise InvalidInput(
            f"The spec cannot be used: {f'{place}: ' if place else ''}{what}.",
            where=_line(path, _mark(node, where)),
            mend="Correct the spec and train again.",
        ) from None


def read_table(path: Path) -> Columns:
    """Return the columns of a CSV file with a header; raise ``InvalidInput`` naming the row.

    A header may carry the unit that its column is in: ``creatinine [umol/L]`` (``check_units``).
    """
    lines = csv.reader(_text(path).splitlines(keepends=True), strict=True)
    rows = []
    try:
        for row in lines:
            if row:
                rows.append(row)
                _check_row(path, rows, lines.line_num)
    except csv.Error as error:
        raise InvalidInput(
            f"This is no CSV: {error}.", where=f"{path.name}, line {lines.line_num}"
        ) from None
    if not rows:
        raise InvalidInput("The table is empty.", where=path.name, mend="Begin with a header.")
    header = [name.strip() for name in rows[0]]
    twins = sorted({name for name in header if header.count(name) > 1 or not name})
    if twins:
        raise InvalidInput(
            "A column has no name." if not twins[0] else "Two columns have one name.",
            where=f"{path.name}, {twins[0] or 'header'}",
            mend="Name each column once.",
        )
    return {name: [row[place] for row in rows[1:]] for place, name in enumerate(header)}


def check_units(spec: Spec, table: Columns) -> Columns:
    """Return the table with plain names; refuse a column in another unit than the spec's."""
    wanted = {item.column: item.unit for item in spec.inputs}
    named: Columns = {}
    for header, values in table.items():
        found = _UNIT.match(header)
        name, unit = (found[1], found[2]) if found and found[1] in wanted else (header, "")
        if unit and unit != wanted[name]:
            raise InvalidInput(
                f"The column is in {unit}; the spec wants {wanted[name]}.",
                where=name,
                mend="Convert the column, or change the spec's unit and range.",
            )
        if name in named:
            raise InvalidInput("Two columns have one name.", where=name, mend="Keep one of them.")
        named[name] = values
    return named


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise InvalidInput(
            "There is no such file.", where=str(path), mend="Check the path."
        ) from None
    except IsADirectoryError:
        raise InvalidInput("This is a folder, no file.", where=str(path)) from None
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"Byte {error.start} is no UTF-8.", where=path.name, mend="Save the file as UTF-8."
        ) from None


def _check_row(path: Path, rows: list[list[str]], line: int) -> None:
    if len(rows[-1]) != len(rows[0]):
        raise InvalidInput(
            f"{len(rows[-1])} cells where the header has {len(rows[0])}.",
            where=f"{path.name}, line {line}",
            mend="Quote cells that hold a comma.",
        )
    if any(len(cell) > LONGEST_CELL for cell in rows[-1]):
        raise InvalidInput("A cell is too long for a value.", where=f"{path.name}, line {line}")


def _alias_or_twin(node: Any, seen: set[int]) -> tuple[str, Any] | None:
    """Return what YAML would pass over in silence: a key written twice, or an alias."""
    if node is None:
        return None
    if id(node) in seen:
        return "An alias stands here.", node.start_mark
    seen.add(id(node))
    below: list[Any] = []
    if node.id == "mapping":
        keys = [key.value for key, _ in node.value]
        for place, (key, value) in enumerate(node.value):
            if key.value in keys[:place]:
                return f"{key.value} is written twice.", key.start_mark
            below.append(value)
    elif node.id == "sequence":
        below = node.value
    return next((found for one in below if (found := _alias_or_twin(one, seen))), None)


def _mark(node: Any, where: tuple[int | str, ...]) -> Any:
    """Return the place in the file of the part that ``where`` leads to, as far as it is there."""
    mark = node.start_mark
    for step in where:
        if node.id == "mapping":
            found = [pair for pair in node.value if pair[0].value == str(step)]
            if not found:
                break
            mark, node = found[0][0].start_mark, found[0][1]
        elif node.id == "sequence" and isinstance(step, int):
            node = node.value[step]
            mark = node.start_mark
    return mark


def _line(path: Path, mark: Any) -> str:
    return path.name if mark is None else f"{path.name}, line {mark.line + 1}"
