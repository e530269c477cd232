"""``wardround batch``: run a capability over many records, one JSON line each."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from wardround.interfaces.cli.exits import Exit

if TYPE_CHECKING:
    from wardround.interfaces.cli.bulk import Counts
    from wardround.interfaces.cli.bulk.part import Part
    from wardround.interfaces.cli.bulk.workers import Answering


class Engine(StrEnum):
    """Where the work is done."""

    LOCAL = "local"


def batch(
    capability: Annotated[
        str,
        typer.Argument(
            help="What to run: documentation, coding, risk, radiology, pathology, or deid."
        ),
    ],
    source: Annotated[str, typer.Argument(metavar="IN.jsonl", help="Records; - reads stdin.")],
    out: Annotated[str, typer.Argument(metavar="OUT.jsonl", help="Answers; - writes stdout.")],
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes. [default: one for each core]")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Where the work is done: local, processes here.")
    ] = Engine.LOCAL,
    model: Annotated[
        str, typer.Option(help="Which score of risk, or which learned model: its name or folder.")
    ] = "",
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew, whatever an earlier run left.")
    ] = False,
) -> int:
    """Run a capability over many records: one JSON line in, one JSON line out, in order.

    A line that cannot be answered comes out with "status": "error" and a message; no line is
    lost. OUT.jsonl appears when all of it is there. Run the same command after a kill, and it
    takes up behind the last line that was written.

    Examples:
      wardround batch documentation docs/examples/visits.jsonl notes.jsonl
      wardround batch documentation visits.jsonl notes.jsonl --workers 8
      wardround batch risk docs/examples/patients.jsonl risks.jsonl --model ckd-epi
      wardround batch risk patients.jsonl risks.jsonl --model readmission
      wardround batch coding docs/examples/notes.jsonl codes.jsonl
      wardround batch deid notes.jsonl clean.jsonl
      wardround batch radiology images.jsonl findings.jsonl
      wardround batch pathology tiles.jsonl nuclei.jsonl
      zcat visits.jsonl.gz | wardround batch documentation - - | gzip > notes.jsonl.gz

    docs/cli.md describes the records.

    """
    from wardround.batches import DRAFTING, STATES
    from wardround.interfaces.cli.bulk.workers import local
    from wardround.interfaces.cli.console import note

    del engine  # there is one today; a cluster is another
    _check(source, out)
    number = workers or _cores()
    with local(capability, number, model) as answering:
        job = _Job(_asked(capability, model), source, out, number)
        try:
            counts = job.run(answering, restart=restart)
        except KeyboardInterrupt:
            note("Interrupted; run the same command to go on.")
            return Exit.INTERRUPTED
    total = sum(counts.values())
    usual = ("done",) if counts["done"] else STATES.get(capability, DRAFTING)
    parts = ", ".join(f"{counts[name]} {name}" for name in (*usual, "error"))
    note(f"{total} records: {parts}.")
    return Exit.OK


class _Job:
    def __init__(self, capability: str, source: str, out: str, number: int) -> None:
        self._capability = capability
        self._source = source
        self._out = out
        self._number = number

    def run(self, answering: "Answering", *, restart: bool) -> "Counts":
        """Answer every line, behind what an earlier run of the same has written."""
        from wardround.interfaces.cli.console import note

        with _reading(self._source) as stream:
            if self._out == "-":
                return self._answers(answering, stream, _put)
            with self._part(restart) as part:
                if part.lines:
                    note(f"Taking up behind line {part.lines}.")
                counts = self._answers(answering, stream, part.write, skip=part.lines)
                part.finish()
        return counts

    def _part(self, restart: bool) -> "Part":
        """Return the unfinished output; what comes through a pipe cannot be taken up."""
        from wardround import __version__
        from wardround.interfaces.cli.bulk.part import Part, digest

        piped = self._source == "-"
        of = {
            "input": "-" if piped else digest(Path(self._source)),
            "capability": self._capability,
            "wardround": __version__,
        }
        return Part(Path(self._out), of, anew=restart or piped)

    def _answers(
        self,
        answering: "Answering",
        stream: BinaryIO,
        write: Callable[[bytes], None],
        skip: int = 0,
    ) -> "Counts":
        from wardround.interfaces.cli.bulk import run
        from wardround.interfaces.cli.bulk.lines import read_lines
        from wardround.interfaces.cli.console import progress

        size = None if self._source == "-" else Path(self._source).stat().st_size
        with progress(size=True) as bar:
            task = bar.add_task("working", total=size)
            lines = read_lines(stream)
            for _, (_, done) in zip(range(skip), lines, strict=False):
                bar.advance(task, done)
            return run(lines, answering, self._number, write, lambda n: bar.advance(task, n))


def _check(source: str, out: str) -> None:
    from wardround.kernel import InvalidInput

    if source != "-" and not Path(source).is_file():
        raise InvalidInput("There is no such file.", where=source, mend="Check the path.")
    if out == "-":
        return
    if Path(out).is_dir() or not Path(out).absolute().parent.is_dir():
        raise InvalidInput("No file can be made there.", where=out, mend="Check the path.")
    if source != "-" and Path(out).exists() and Path(out).samefile(source):
        raise InvalidInput("Input and output are one file.", where=out, mend="Name another output.")


def _asked(capability: str, model: str) -> str:
    """Return what is run, so that no run is taken up by another model under the same name."""
    from wardround.interfaces.cli.bulk.part import digest

    card = Path(model) / "card.yaml"
    trained = digest(card) if model and card.is_file() else ""
    return f"{capability} {model} {trained}".strip()


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _reading(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield sys.stdin.buffer
    else:
        with Path(source).open("rb") as stream:
            yield stream


def _put(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
