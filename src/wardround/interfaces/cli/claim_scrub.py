"""``wardround claim scrub`` and ``claim rules``: what a payer would return a claim for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import Exit

if TYPE_CHECKING:
    from datetime import date

    from wardround.capabilities.billing import Claim, Edit, Known


class Shown(StrEnum):
    """How edits are printed."""

    TABLE = "table"
    JSON = "json"


def scrub(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Claims: JSON, JSON Lines, FHIR, or an 837.")
    ],
    today: Annotated[
        datetime | None,
        typer.Option("--today", formats=["%Y-%m-%d"], metavar="DATE", help="The day of filing."),
    ] = None,
    terms: Annotated[
        Path | None,
        typer.Option("--terms", metavar="FOLDER", help="Code tables. [default: the house's own]"),
    ] = None,
    known: Annotated[
        Path | None,
        typer.Option("--known", metavar="FILE", help="Claims that were filed before."),
    ] = None,
    limits: Annotated[
        Path | None,
        typer.Option(
            "--limits",
            metavar="FILE.toml",
            help="Days to file in, by payer. [default: the house's]",
        ),
    ] = None,
    shown: Annotated[
        Shown, typer.Option("--format", help="A table; or JSON, a record for each claim.")
    ] = Shown.TABLE,
) -> int:
    """Find what payers would return or deny claims for, with the rule, its source and the mend.

    Claims of one patient are also held beside those before them in FILE and in --known. Where an
    edit blocks, the exit code is 1. What could not be checked, for a table is not loaded, is a
    note: load it with wardround terms load.

    Examples:
      wardround claim scrub docs/examples/claims.jsonl
      wardround claim scrub out.837 --known filed.jsonl --format json

    """
    from wardround.bootstrap import LIMITS, filing_limits
    from wardround.capabilities.billing import Scrubber, blocks, load_tables
    from wardround.interfaces.cli.claim_files import claims_in
    from wardround.interfaces.cli.console import note
    from wardround.kernel import system_clock
    from wardround.settings import read_settings

    on = (today or system_clock().astimezone()).date()
    home = read_settings().home
    scrubber = Scrubber(
        load_tables(terms if terms is not None else home / "terms"),
        limits=filing_limits(limits if limits is not None else home / LIMITS),
    )
    before = list(claims_in(known)) if known is not None else []
    counted, blocked = 0, 0
    for claim, others in beside(claims_in(file), before):
        edits = scrubber.scrub(claim, others, on)
        counted += 1
        blocked += blocks(edits)
        _print(claim, edits, on, shown)
    note(f"{counted:,} claims, {blocked:,} blocked.")
    return Exit.WRONG if blocked else Exit.OK


def beside(claims: Iterator["Claim"], before: list["Claim"]) -> Iterator[tuple["Claim", "Known"]]:
    """Give each claim with what is known of its patient, by name and birth date."""
    from wardround.capabilities.billing import Known

    filed: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    numbers: dict[str, tuple[object, ...]] = {}
    for claim in before:
        filed[_whose(claim)].append(claim)
        numbers[claim.id] = _whose(claim)
    for claim in claims:
        whose = _whose(claim)
        others = {claim.id} if numbers.get(claim.id, whose) != whose else frozenset()
        yield claim, Known(claims=tuple(filed[whose]), numbers=others)
        filed[whose].append(claim)
        numbers[claim.id] = whose


def _whose(claim: "Claim") -> tuple[object, ...]:
    one = claim.patient
    return (one.last.casefold(), one.first.casefold(), one.birth_date)


def _print(claim: "Claim", edits: list["Edit"], on: "date", shown: Shown) -> None:
    import orjson

    from wardround.capabilities.billing import blocks
    from wardround.interfaces.cli.console import write

    if shown is Shown.JSON:
        status = "blocked" if blocks(edits) else "edits" if edits else "clean"
        told = [edit.model_dump(mode="json") for edit in edits]
        record = {"id": claim.id, "status": status, "on": on.isoformat(), "edits": told}
        write(orjson.dumps(record).decode())
        return
    for edit in edits:
        place = f"{edit.where} {edit.segment}".strip()
        write(f"{claim.id}\t{edit.severity.value}\t{edit.rule}\t{place}\t{edit.says} {edit.mend}")


def rules() -> None:
    """Print every rule of the scrubber with its severity, what it says, and its source.

    Example:
      wardround claim rules

    """
    from wardround.capabilities.billing import rules_page
    from wardround.interfaces.cli.console import write

    write(rules_page())
