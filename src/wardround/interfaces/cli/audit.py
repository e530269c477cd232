"""``wardround audit``: verify and export the trail of who did what."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import Exit, guarded, taught

if TYPE_CHECKING:
    from datetime import datetime

audit = typer.Typer(
    help="Verify and export the audit trail.", no_args_is_help=True, rich_markup_mode=None
)


class Format(StrEnum):
    """How the trail is written."""

    NDJSON = "ndjson"
    CSV = "csv"


def verify(
    checkpoints: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A copy of the file of checkpoints. [default: audit/checkpoints.jsonl at home]",
        ),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Verify this archive too, which prune wrote."),
    ] = None,
) -> int:
    """Follow the audit trail from its first event to its last, and check every signature.

    Exit code 1 says that an event was edited, taken out, put in or moved, or that the trail was
    cut off; each line names the event. A copy of the checkpoints that was kept on another machine
    shows even what somebody with every key of this one did.

    Examples:
      wardround audit verify
      wardround audit verify --checkpoints /mnt/usb/checkpoints.jsonl

    """
    from wardround.bootstrap import open_database
    from wardround.interfaces.cli.console import note, write
    from wardround.security import (
        AuditTrail,
        Outcome,
        read_checkpoints,
        verify_archive,
        verify_trail,
    )
    from wardround.settings import read_settings

    settings = read_settings()
    file = checkpoints or settings.checkpoints
    copies = list(read_checkpoints(file)) if checkpoints or file.exists() else []
    database = open_database(settings)
    try:
        with database.read() as tx:
            found = verify_trail(tx, copies)
            archived = verify_archive(tx, archive) if archive else []
        with database.begin() as tx:
            outcome: Outcome = "success" if found.sound else "failure"
            AuditTrail(tx).record("verify-audit", outcome, detail={"last": str(found.last)})
    finally:
        database.dispose()
    for fault in (*found.faults, *archived):
        write(f"event {fault.event}: {fault.what}")
    if not copies:
        note("There is no file of checkpoints yet: only the database was compared with itself.")
    count = f"{found.events:,} events, {found.checkpoints + len(copies):,} checkpoints"
    write(f"{count}: {'nothing is wrong.' if found.sound else 'the trail was changed.'}")
    return Exit.OK if found.sound and not archived else Exit.WRONG


def export(
    as_: Annotated[Format, typer.Option("--as", help="How it is written.")] = Format.NDJSON,
    person: Annotated[str | None, typer.Option(help="Only what this person did.")] = None,
    patient: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what was about this patient.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this day on, as 2026-11-24.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to the end of this day.")] = None,
) -> None:
    """Write the audit trail to standard output, oldest first.

    As ndjson, each line is a FHIR R4 AuditEvent; as csv, each event is a line with its place in
    the chain. It holds ids and codes. That it was exported is in the trail too.

    Examples:
      wardround audit export > trail.ndjson
      wardround audit export --as csv --patient marisol-vega --since 2026-01-01

    """
    import sys

    from wardround.bootstrap import open_database
    from wardround.security import AuditTrail, export_csv, export_ndjson
    from wardround.settings import read_settings

    which = {
        "actor": person,
        "subject": None if patient is None else f"Patient/{patient}",
        "since": None if since is None else _day(since, "--since"),
        "until": None if until is None else _day(until, "--until", days=1),
    }
    database = open_database(read_settings())
    try:
        with database.begin() as tx:
            AuditTrail(tx).record("export-audit", "success", detail={"as": as_.value})
        with database.read() as tx:
            for line in (export_csv if as_ is Format.CSV else export_ndjson)(tx, **which):
                sys.stdout.write(line.decode())
    finally:
        database.dispose()


def prune(
    to: Annotated[Path, typer.Argument(help="The archive to write; it must not be there yet.")],
    before: Annotated[
        str, typer.Option(help="Move what is older than this day, six years back or more.")
    ],
) -> None:
    """Move events older than six years from the audit trail into an archive.

    The archive and what stays both verify afterwards. Nothing younger than six years leaves the
    trail (45 CFR 164.316(b)(2)).

    Example:
      wardround audit prune --before 2020-01-01 /mnt/archive/audit-2019.jsonl

    """
    from wardround.bootstrap import open_database
    from wardround.interfaces.cli.console import write
    from wardround.security import prune_trail
    from wardround.settings import read_settings

    day = _day(before, "--before")
    database = open_database(read_settings())
    try:
        write(f"{prune_trail(database, to, day):,} events went to {to}.")
    finally:
        database.dispose()


def _day(text: str, option: str, days: int = 0) -> "datetime":
    from datetime import datetime, timedelta

    from wardround.kernel import InvalidInput

    try:
        return datetime.fromisoformat(text).astimezone() + timedelta(days=days)
    except ValueError:
        raise InvalidInput("This is no day.", where=option, mend="Write 2026-11-24.") from None


audit.command("verify", help=taught(verify), short_help="Check that nobody changed it.")(
    guarded(verify)
)
audit.command("export", help=taught(export), short_help="Write it out.")(guarded(export))
audit.command("prune", help=taught(prune), short_help="Archive what is older than six years.")(
    guarded(prune)
)
