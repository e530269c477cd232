"""``wardround keys``: what everything is sealed under, changing it, and destroying a patient's."""

from typing import Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

keys = typer.Typer(
    no_args_is_help=True, help="See and change the keys that everything is sealed under."
)


def status() -> None:
    """Show the master key's name, and how many data keys there are.

    Example:
      wardround keys status

    """
    from wardround.bootstrap import read_keys
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    found = read_keys(read_settings())
    write(f"Master key\t{found.master}")
    counts = f"{found.current:,} in use, {found.retired:,} retired, {found.destroyed:,} destroyed"
    write(f"Data keys\t{counts}")
    if found.oldest is not None:
        write(f"Oldest\t{found.oldest:%Y-%m-%d}")


def rotate(
    data: Annotated[
        bool, typer.Option("--data", help="Seal everything anew under new data keys as well.")
    ] = False,
) -> None:
    """Change the master key, and with --data every data key.

    The server may go on meanwhile. Cut off, nothing is lost: run it again. The older master key
    stays in home/keys/master.key below the new one, for older backups; delete its line when they
    are gone.

    Examples:
      wardround keys rotate
      wardround keys rotate --data

    """
    from wardround.bootstrap import rotate_data_keys, rotate_master
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    settings = read_settings()
    done = rotate_master(settings)
    write(f"The master key was changed: {done.keys:,} keys are wrapped anew.")
    if data:
        done = rotate_data_keys(settings)
        write(
            f"The data keys were changed: {done.values:,} values and {done.files:,} files are "
            f"sealed anew, {done.keys:,} keys are gone."
        )


def shred(
    patient: Annotated[str, typer.Argument(metavar="PATIENT", help="Whose, by their id.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it without being asked once more.")
    ] = False,
) -> None:
    """Destroy a patient's chart, drafts and recordings for good, with their key.

    Nobody can undo it. The audit trail and the registers stay: they hold references only. Backups
    made before still hold it: let them run out.

    Example:
      wardround keys shred Patient/ada

    """
    from wardround.bootstrap import shred_patient
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    reference = f"Patient/{patient.removeprefix('Patient/')}"
    if not yes:
        typer.confirm(f"Destroy everything of {reference} for good?", abort=True, err=True)
    write(f"Destroyed: {shred_patient(read_settings(), reference):,} values of {reference}.")


for _name, _command, _short in (
    ("status", status, "Show what keys there are."),
    ("rotate", rotate, "Change the keys."),
    ("shred", shred, "Destroy a patient's data for good."),
):
    keys.command(_name, help=taught(_command), short_help=_short)(guarded(_command))
