"""What commands write: results to standard output, everything else to standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from wardround.kernel import Json


def write(text: str) -> None:
    """Write a result line to standard output."""
    sys.stdout.write(text + "\n")


def write_json(value: "Json") -> None:
    """Write a result as JSON, indented for people."""
    import json

    write(json.dumps(value, ensure_ascii=False, indent=2))


def note(text: str) -> None:
    """Write what is no result to standard error."""
    sys.stderr.write(text + "\n")


@contextmanager
def progress(*, size: bool = False) -> Iterator["Progress"]:
    """Show a progress bar on standard error where that is a terminal; ``size`` counts bytes."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    count = DownloadColumn() if size else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        yield bar
