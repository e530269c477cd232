"""``wardround deid``: files without PHI."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.cohort import cohort
from wardround.interfaces.cli.deid_options import (
    Key,
    ModeName,
    OperatorName,
    mode_of,
    put,
    secret_of,
)
from wardround.interfaces.cli.exits import Exit, guarded, taught
from wardround.interfaces.cli.research import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wardround.privacy.deid import Finder
    from wardround.privacy.dicom import DicomOption


def text(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A text file in UTF-8, or - .")],
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="The file to make. [default: the terminal]")
    ] = None,
    mode: ModeName = "safe-harbor",
    operator: OperatorName = "tag",
    key: Key = None,
    spans: Annotated[
        bool, typer.Option("--spans", help="Say what was found, of which kind, and why.")
    ] = False,
) -> None:
    """Write a text without PHI.

    With --spans, what was found is told on standard error: where, of which kind, how sure, why.
    The words themselves are not told.

    Examples:
      wardround deid text letter.txt
      wardround deid text letter.txt clean.txt --operator surrogate --key letter.key

    """
    from wardround.interfaces.cli.console import note
    from wardround.privacy.deid import Remover

    remover = Remover(_finder(), mode_of(mode, operator), secret_of(key))
    cleaned = remover.remove(_text(source))
    put(out, cleaned.text)
    for span in cleaned.spans if spans else ():
        note(f"{span.start}-{span.end}\t{span.kind}\t{span.score:.2f}\t{span.reason}")


def dicom(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A DICOM file, or a folder.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file or folder to make.")],
    option: Annotated[
        list[str] | None,
        typer.Option("--option", metavar="NAME", help="An option of PS3.15 Annex E; repeat it."),
    ] = None,
    key: Key = None,
) -> int:
    """Write DICOM files without PHI, by the Basic Profile of PS3.15 Annex E.

    Without options: every date, name and description goes, UIDs are replaced alike everywhere.
    The options: clean-pixels (words burned into the image, found by Tesseract), clean-graphics,
    clean-structured, clean-descriptors, retain-full-dates, retain-modified-dates (moved by one
    number of days per patient), retain-patient, retain-device, retain-institution, retain-uids,
    retain-safe-private. Keep the key to clean more of the same patients later, and keep it apart.

    A folder is cleaned with all that is below it. Files that cannot be cleaned are named and left
    out, the exit code is then 1; nothing is ever written over.

    Examples:
      wardround deid dicom scan.dcm clean.dcm
      wardround deid dicom study/ clean/ --key study.key --option retain-modified-dates

    """
    from wardround.privacy.deid import Remover, files_of, safe_harbor
    from wardround.privacy.dicom import DicomCleaner, clean_dicom_files

    secret = secret_of(key)
    remover = Remover(_finder(), safe_harbor(), secret)
    options = [_option(name) for name in option or ()]
    cleaner = DicomCleaner(secret, options, lambda text: remover.remove(text).text)
    return _report(clean_dicom_files(source, out, cleaner), len(files_of(source)))


def fhir(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="A .json or .ndjson file, or a folder.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file or folder to make.")],
    mode: ModeName = "safe-harbor",
    operator: OperatorName = "tag",
    key: Key = None,
) -> int:
    """Write FHIR R4 resources and bundles without PHI.

    Safe Harbor leaves the year of a date, state and three digits of an address, and codes in place
    of ids; references still lead where they led. With the operator surrogate, dates move by one
    number of days per patient instead. Text goes through the text engine, with the patient's own
    names. What R4 does not define, unknown extensions, narratives and documents are removed.

    Files that cannot be cleaned are named and left out, the exit code is then 1; nothing is ever
    written over, and files in a folder get new names.

    Examples:
      wardround deid fhir export.ndjson clean.ndjson
      wardround deid fhir bundles/ clean/ --mode limited-data-set --key study.key

    """
    from wardround.kernel import system_clock
    from wardround.privacy.fhir import FhirCleaner, clean_fhir_files, fhir_files, learn_people

    people, today = learn_people(source), system_clock().date()
    cleaner = FhirCleaner(mode_of(mode, operator), secret_of(key), people, today, _finder())
    return _report(clean_fhir_files(source, out, cleaner), len(fhir_files(source)))


def _finder() -> "Finder":
    from wardround.privacy.deid import load_detector
    from wardround.settings import read_settings

    return load_detector(read_settings().record_numbers).find


def _text(source: Path) -> str:
    import sys

    from wardround.kernel import InvalidInput, NotFound

    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
        return data.decode()
    except FileNotFoundError:
        raise NotFound("There is no such file.", where=str(source)) from None
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(
            "This cannot be read as UTF-8 text.", where=str(source), mend="Save it as text."
        ) from None


def _report(cleaned: "Iterator[tuple[Path, str | None]]", total: int) -> int:
    from wardround.interfaces.cli.console import note, progress, write

    left_out = done = 0
    with progress() as bar:
        task = bar.add_task("cleaning", total=total)
        for path, fault in cleaned:
            bar.advance(task)
            if fault is None:
                done += 1
            else:
                left_out += 1
                note(f"{path}: {fault}")
    write(f"{done} cleaned, {left_out} left out.")
    return Exit.WRONG if left_out else Exit.OK


def _option(name: str) -> "DicomOption":
    from wardround.privacy.dicom import DicomOption

    try:
        return DicomOption(name)
    except ValueError:
        raise typer.BadParameter(
            f"{name} is none of {', '.join(DicomOption)}.", param_hint="--option"
        ) from None


deid = typer.Typer(
    name="deid", help="Write files without PHI.", no_args_is_help=True, rich_markup_mode=None
)
deid.command("text", help=taught(text), short_help="A text.")(guarded(text))
deid.command("cohort", help=taught(cohort), short_help="The risk in a cohort, for an expert.")(
    guarded(cohort)
)
deid.command("record", help=taught(record), short_help="The record's charts, for research.")(
    guarded(record)
)
deid.command("dicom", help=taught(dicom), short_help="DICOM, by PS3.15 Annex E.")(guarded(dicom))
deid.command("fhir", help=taught(fhir), short_help="FHIR R4, by element.")(guarded(fhir))
