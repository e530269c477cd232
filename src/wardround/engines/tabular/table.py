"""The door for tables: columns become numbers, or are refused with the column's name.

A declared input has a kind, a range and its categories, so a few numpy checks say all that a schema
library would, without pandas in every process that predicts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wardround.engines.tabular.spec import Input, Spec
from wardround.kernel import InvalidInput

Table = Mapping[str, Sequence[object]]
Numbers = NDArray[np.float64]

MISSING = frozenset({"", "?", "na", "nan", "none", "null"})
YES = frozenset({"1", "1.0", "yes", "true"})
NO = frozenset({"0", "0.0", "no", "false"})


def texts(table: Table, column: str) -> list[str]:
    """Return a column as text, the missing as ``""``; raise if there is no such column."""
    if column not in table:
        raise InvalidInput(
            "A column is missing.", where=column, mend="Add it, empty where it is not known."
        )
    values = ["" if value is None else str(value).strip() for value in table[column]]
    return ["" if value.lower() in MISSING else value for value in values]


def numbers(spec: Spec, table: Table) -> Numbers:
    """Return the inputs as ``(rows, inputs)``, missing as NaN; raise ``InvalidInput`` on any other.

    A category is its place in ``categories``.
    """
    columns = [_column(item, texts(table, item.column)) for item in spec.inputs]
    if len({len(column) for column in columns}) != 1:
        raise InvalidInput("Columns differ in length.", where="table", mend="Give each every row.")
    return np.column_stack(columns)


def outcomes(spec: Spec, table: Table) -> NDArray[np.int64]:
    """Return 1 where the outcome is positive, else 0; raise where one is not known.

    An outcome has two values: of a third nobody could say whether it is a no.
    """
    values = texts(table, spec.outcome.column)
    if "" in values:
        raise InvalidInput(
            "An outcome is not known.",
            where=f"{spec.outcome.column}, row {values.index('') + 1}",
            mend="Leave out rows without an outcome, and say so in the card.",
        )
    found = set(values)
    if len(found) > 2:
        raise InvalidInput(
            f"The outcome has {len(found)} values.",
            where=spec.outcome.column,
            mend=f"Write {spec.outcome.positive}, and one value for all others.",
        )
    return np.array([value == spec.outcome.positive for value in values], dtype=np.int64)


def groups(spec: Spec, table: Table) -> dict[str, list[str]]:
    """Return each group column as text, the missing as ``not known``; a yes is always ``1``."""
    asked = {item.column for item in spec.inputs if item.kind == "yes-no"}
    return {
        name: [
            (str(int(value.lower() in YES)) if name in asked and value else value) or "not known"
            for value in texts(table, name)
        ]
        for name in spec.groups
    }


def _column(item: Input, values: list[str]) -> Numbers:
    column = np.full(len(values), np.nan)
    for row, value in enumerate(values):
        if value:
            column[row] = _number(item, value, row)
    return column


def _number(item: Input, value: str, row: int) -> float:
    where = f"{item.column}, row {row + 1}"
    if item.kind == "category":
        if value not in item.categories:
            raise InvalidInput(
                "A category is not one that was declared.", where=where, mend="Correct it."
            )
        return float(item.categories.index(value))
    if item.kind == "yes-no":
        if value.lower() not in YES | NO:
            raise InvalidInput("Neither yes nor no.", where=where, mend="Write 1 or 0.")
        return float(value.lower() in YES)
    try:
        number = float(value)
    except ValueError:
        raise InvalidInput("Not a number.", where=where, mend="Write a number alone.") from None
    if item.low is None or item.high is None or not item.low <= number <= item.high:
        raise InvalidInput(
            f"Outside the plausible range, {item.low:g} to {item.high:g} {item.unit}.",
            where=where,
            mend="Check the value and its unit.",
        )
    return number
