"""``wardround evaluate``: a capability measured on published data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from wardround.interfaces.cli.exits import Exit


def evaluate(
    capability: Annotated[
        str,
        typer.Argument(
            help="What to measure: documentation, coding, scrubbing, risk, radiology, pathology, "
            "deid, "
            "or assertion."
        ),
    ],
    data: Annotated[
        Path | None, typer.Option(envvar="WARDROUND_DATA", help="Folder of published data sets.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> int:
    """Measure a capability on published data, with published results of others beside it.

    Examples:
      wardround evaluate documentation --data data
      wardround evaluate documentation --data data --json > figures.json
      wardround evaluate coding --data data
      wardround evaluate deid --data data
      wardround evaluate risk --data data
      wardround evaluate radiology --data data
      wardround evaluate pathology --data data
      wardround evaluate assertion
      wardround evaluate scrubbing

    The data: wardround data get aci-bench --to data. Assertion and scrubbing are measured
    on cases of their own.

    """
    from importlib import import_module

    from wardround.batches import UNFED, benchmark_of
    from wardround.interfaces.cli.console import note, write, write_json
    from wardround.kernel import InvalidInput

    benchmark = benchmark_of(capability)
    if data is None and capability not in UNFED:
        raise InvalidInput(
            "It is measured on published data.",
            where="--data",
            mend="Fetch some: wardround data get.",
        )
    if data is not None and not data.is_dir():
        raise InvalidInput(
            "There is no such folder.", where=str(data), mend="Fetch one: wardround data get."
        )
    # A room's benchmark is its evaluate.py; nothing but this command ever loads it.
    measured = import_module(benchmark).evaluate(data)
    report: dict[str, Any] = measured.model_dump()
    met = report.get("met", True)
    if as_json:
        write_json(report)
        return Exit.OK if met else Exit.WRONG
    write(f"{report['model']} ({report['digest'][:12]})")
    for line in _tables(report["measured"]):
        write(line)
    if not met:
        note("Not every target is met.")
    return Exit.OK if met else Exit.WRONG


def _tables(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of one table for each set of data, in columns that line up."""
    for data in dict.fromkeys(row["data"] for row in rows):
        here = [row for row in rows if row["data"] == data]
        names = [
            name
            for name, value in here[0].items()
            if name != "data" and not isinstance(value, dict | list | tuple)
        ]
        cells = [names, *([_cell(row[name]) for name in names] for row in here)]
        widths = [max(len(line[place]) for line in cells) for place in range(len(names))]
        yield f"\n{data}"
        for line in cells:
            first, *others = zip(line, widths, strict=True)
            right = "  ".join(cell.rjust(width) for cell, width in others)
            yield f"{first[0].ljust(first[1])}  {right}".rstrip()


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
