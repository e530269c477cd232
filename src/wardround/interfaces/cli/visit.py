"""``wardround visit``: draft the note of one visit and print it."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import Exit

if TYPE_CHECKING:
    from wardround.kernel import Context, Part

_MOST = 64_000_000
"""Bytes of a file that are read at all; what a visit may have is far less."""


class Format(StrEnum):
    """How a drafted note is printed."""

    TEXT = "text"
    JSON = "json"
    FHIR = "fhir"


def visit(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="The transcript; - reads standard input."),
    ],
    patient: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Whose visit: the id of a Patient in the local chart."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="Text to read, JSON as in batch, or FHIR R4.")
    ] = Format.TEXT,
) -> int:
    """Draft the note of one visit and print it, each sentence with what it stands on.

    FILE is plain text ([doctor] …), JSON turns, WebVTT or SRT; or two Praat TextGrids, whose
    names end in _doctor and _patient. Nothing is saved, and no server is needed.

    Examples:
      wardround visit docs/examples/visit.txt
      wardround visit visit.vtt --patient marisol-vega
      wardround visit day1_doctor.TextGrid day1_patient.TextGrid --format json
      wardround visit visit.txt --format fhir > bundle.json

    Exit code 3 says that no note was drafted because this is no visit to write of.

    """
    from wardround.bootstrap import load_capabilities
    from wardround.interfaces.cli import printing
    from wardround.kernel import NOBODY, draft_once

    parts = [_read(file) for file in files]
    subject, chart = (NOBODY, None) if patient is None else _chart(patient)
    capability = load_capabilities(only="documentation")["documentation"]
    accepted = capability.accept(parts)
    order, drafted = draft_once(capability, accepted, subject=subject, chart=chart)
    said = printing.Said(capability, accepted, order, drafted, Path(files[0]).stem, chart)
    {Format.TEXT: printing.text, Format.JSON: printing.json, Format.FHIR: printing.fhir}[form](said)
    return Exit.OK if drafted.abstained is None else Exit.ABSTAINED


def _read(file: str) -> "Part":
    import sys

    from wardround.kernel import InvalidInput, Part, TooLarge

    if file == "-":
        data, name = sys.stdin.buffer.read(_MOST + 1), "stdin"
    else:
        path = Path(file)
        if path.is_dir():
            raise InvalidInput("This is a folder.", where=file, mend="Name the file in it.")
        if not path.exists():
            raise InvalidInput("There is no such file.", where=file, mend="Check the path.")
        with path.open("rb") as opened:
            data, name = opened.read(_MOST + 1), path.name
    if len(data) > _MOST:
        raise TooLarge(
            f"This is more than {_MOST / 1e6:.0f} MB.", where=file, mend="Hand in one visit."
        )
    return Part(name=name, data=data)


def _chart(patient: str) -> tuple[str, "Context"]:
    """Return the reference of a patient of the local chart, and the chart."""
    from wardround.bootstrap import open_database
    from wardround.kernel import NotFound
    from wardround.record import Blobs
    from wardround.rounds import ChartContext
    from wardround.settings import read_settings

    settings = read_settings()
    reference = f"Patient/{patient.removeprefix('Patient/')}"
    if settings.database is None and not (settings.home / "wardround.db").exists():
        raise NotFound(
            "There is no chart yet.",
            where=str(settings.home),
            mend="Run wardround import, or set WARDROUND_HOME to the folder that has one.",
        )
    database = open_database(settings)
    chart = ChartContext(database, Blobs(settings.blobs, database))
    try:
        chart.read(reference)
    except NotFound:
        raise NotFound(
            "There is no such patient in the chart.",
            where=reference,
            mend="Bring the chart in with wardround import, or leave --patient away.",
        ) from None
    return reference, chart
