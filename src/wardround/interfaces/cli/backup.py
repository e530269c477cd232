"""``wardround backup`` and ``wardround restore``: everything in one sealed file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.backup import Contents

Passphrase = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A file with a passphrase that opens the backup too."),
]


def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to make.")],
    passphrase_file: Passphrase = None,
) -> None:
    """Write everything there is to one sealed file, while the server goes on.

    It is of one moment, can be read only with the master key (home/keys), and goes back into
    SQLite and PostgreSQL alike. With a passphrase the master key is part of it, and the backup
    alone is enough: keep the passphrase elsewhere. An archive that exists is never written over.

    Examples:
      wardround backup monday.backup
      wardround backup monday.backup --passphrase-file /media/safe/words.txt

    """
    from wardround.bootstrap import take_backup
    from wardround.settings import read_settings

    _tell("Written", take_backup(read_settings(), out, _passphrase(passphrase_file)))


def restore(
    archive: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file made by backup.")],
    passphrase_file: Passphrase = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only read it to its end and say what it holds.")
    ] = False,
) -> None:
    """Put a backup back into an empty home and database.

    The whole of it is proven first; then the rows appear as one. Cut off, it is simply run again.
    Drafting that was under way goes on when the server starts. A check is noted in the audit trail
    of the installation it is made on. Try the whole regularly, elsewhere:

    Examples:
      WARDROUND_HOME=drill wardround restore monday.backup --passphrase-file words.txt
      wardround restore monday.backup --check

    """
    from wardround.bootstrap import check_backup, restore_backup
    from wardround.settings import read_settings

    do = check_backup if check else restore_backup
    contents = do(read_settings(), archive, _passphrase(passphrase_file))
    _tell("Whole" if check else "Restored", contents)


def _passphrase(file: Path | None) -> str | None:
    from wardround.kernel import InvalidInput

    if file is None:
        return None
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(
            "The passphrase cannot be read.", where=str(file), mend="Check the path."
        ) from None


def _tell(done: str, contents: "Contents") -> None:
    from wardround.interfaces.cli.console import write

    rows = sum(contents.rows.values())
    write(
        f"{done}: {rows:,} rows, {contents.files:,} files ({contents.bytes:,} bytes), "
        f"as of {contents.taken:%Y-%m-%d %H:%M:%S} UTC."
    )
