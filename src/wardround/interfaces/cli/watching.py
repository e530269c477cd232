"""``wardround governance watch`` and ``outcomes``: models in use, and what came of predictions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.governance.watch import Look
    from wardround.kernel import Json


def watch(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> int:
    """Look at every model in use, keep what was found, and end with 1 where a check fires.

    Of each model: whether its inputs or its predictions moved since validation, whether predictions
    come true, whether abstentions fall on other groups, and how often it abstains or is set aside.
    A server that runs does this daily by itself.

    Examples:
      wardround governance watch
      wardround governance watch --json

    """
    from wardround.bootstrap import at_rest, watch_models
    from wardround.interfaces.cli.console import write, write_json
    from wardround.interfaces.cli.exits import Exit
    from wardround.settings import read_settings

    with at_rest(read_settings()) as wardround:
        looks = watch_models(wardround)
    if as_json:
        write_json([_facts(one) for one in looks])
    for look in () if as_json else looks:
        found = look.found
        write(
            f"{found.model.name} {found.model.version}\t{found.predictions:,} drafts, "
            f"{found.outcomes:,} outcomes\t{len(found.fired)} of {len(found.checks)} checks fire"
        )
        for check in found.fired:
            write(f"  {check.kind}\t{check.subject}\tn {check.n:,}\t{check.said}\t{check.rule}")
    return Exit.WRONG if any(one.found.fired for one in looks) else Exit.OK


def outcomes(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Outcomes, one a line.")],
) -> None:
    """Take outcomes of predictions in from a file, all of it or nothing.

    Each line is {"draft": ID, "outcome": 0 or 1, "at": TIME}: the id of the draft that predicted,
    whether the outcome came, and when that was known, with its time zone. Lines at fault are named.
    The same file again changes nothing.

    Examples:
      wardround governance outcomes deaths.jsonl

    """
    from wardround.bootstrap import at_rest, take_outcomes
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    lines = file.read_bytes().splitlines()
    with at_rest(read_settings()) as wardround:
        taken = take_outcomes(wardround, lines, file.name)
    write(f"{taken.new:,} new, {taken.changed:,} changed.")


def _facts(look: "Look") -> "Json":
    return {"at": look.at.isoformat(), "new": [*look.new], **look.found.model_dump(mode="json")}
