"""``wardround deid``: files without PHI."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import Exit, guarded, taught

if TYPE_CHECKING:
    from wardround.privacy.deid import Secret
    from wardround.privacy.dicom import DicomOption

Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="The key that UIDs, codes and dates follow from; made where there is none.",
    ),
]


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
    from wardround.interfaces.cli.console import note, progress, write
    from wardround.privacy.dicom import DicomCleaner, clean_dicom_files, dicom_files

    cleaner = DicomCleaner(_secret(key), [_option(name) for name in option or ()])
    left_out = done = 0
    with progress() as bar:
        task = bar.add_task("cleaning", total=len(dicom_files(source)))
        for path, fault in clean_dicom_files(source, out, cleaner):
            bar.advance(task)
            if fault is None:
                done += 1
            else:
                left_out += 1
                note(f"{path}: {fault}")
    write(f"{done} cleaned, {left_out} left out.")
    return Exit.WRONG if left_out else Exit.OK


def _secret(key: Path | None) -> "Secret":
    from wardround.privacy.deid import Secret

    return Secret.read(key) if key else Secret.new()


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
deid.command("dicom", help=taught(dicom), short_help="DICOM, by PS3.15 Annex E.")(guarded(dicom))
