"""``wardround complaints``: the register of complaints, for a quality system."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

if TYPE_CHECKING:
    from wardround.governance.complaints import Complaint

complaints = typer.Typer(
    help="Read and export the register of complaints.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as WR-2026-0007.")]


def list_() -> None:
    """List the complaints: number, state, day received, day due, model, harm; no words.

    Due is the day on which a report under 21 CFR 803 is due next, if it is to be reported. They
    are decided and closed in the workspace, by the quality officer.

    Example:
      wardround complaints list

    """
    from wardround.governance.complaints import complaint_stage, next_mdr_duty
    from wardround.interfaces.cli.console import write

    for one in _found():
        due, report = next_mdr_duty(one), one.report
        facts = [one.number, complaint_stage(one), report.received.isoformat()]
        facts += ["-" if due is None else due.due.isoformat()]
        facts += [f"{report.device.name} {report.device.version}".strip(), report.harm]
        write("\t".join(facts))


def show(number: Number) -> None:
    """Show the record of one complaint, with the fields of 21 CFR 820.35(a).

    It says what people wrote, which may name a patient. The audit trail is told.

    Example:
      wardround complaints show WR-2026-0007

    """
    from wardround.governance.complaints import complaint_record
    from wardround.interfaces.cli.console import write

    (one,) = _found(number, "read")
    for name, value in complaint_record(one):
        write(f"{name}: {value}")


def export(
    number: Annotated[
        str | None,
        typer.Argument(metavar="NUMBER", help="Such as WR-2026-0007. [default: all]"),
    ] = None,
) -> None:
    """Write complaints as JSON lines, with their clocks and the fields of Form FDA 3500A.

    What is not known is written "not provided". Nothing is sent anywhere. The lines say what
    people wrote, which may name a patient. The audit trail is told.

    Examples:
      wardround complaints export > complaints.jsonl
      wardround complaints export WR-2026-0007

    """
    import orjson

    from wardround.governance.complaints import complaint_json
    from wardround.interfaces.cli.console import write

    for one in _found(number, "export-complaint"):
        write(orjson.dumps(complaint_json(one)).decode())


def _found(number: str | None = None, action: str | None = None) -> "Sequence[Complaint]":
    """Return one complaint or all; the audit trail is told of each where ``action`` says so."""
    from wardround.bootstrap import open_database
    from wardround.governance.complaints import Complaints
    from wardround.security import AuditTrail
    from wardround.settings import read_settings

    database = open_database(read_settings())
    try:
        with database.begin() as tx:
            register = Complaints(tx)
            found = register.list() if number is None else [register.find(number)]
            if action is not None:
                for one in found:
                    whose, what = one.report.patient, f"complaint/{one.number}"
                    AuditTrail(tx).record(action, "success", subject=whose, entity=what)
    finally:
        database.dispose()
    return found


for name, command, short in (
    ("list", list_, "List the complaints."),
    ("show", show, "Show one complaint."),
    ("export", export, "Write complaints as JSON lines."),
):
    complaints.command(name, help=taught(command), short_help=short)(guarded(command))
