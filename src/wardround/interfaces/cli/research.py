"""``wardround deid record``: the record's charts without PHI, for research."""

from pathlib import Path
from typing import Annotated

import typer

from wardround.interfaces.cli.deid_options import (
    Key,
    ModeName,
    OperatorName,
    mode_of,
    secret_of,
)


def record(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The file to make: a FHIR Bundle a line.")
    ],
    mode: ModeName = "safe-harbor",
    operator: OperatorName = "tag",
    key: Key = None,
    agreement: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The data use agreement, for a limited data set."),
    ] = None,
) -> None:
    """Write the charts of the record without PHI, for research: a Bundle a patient.

    Patients who refused research are left out, and those who were not asked where the clinic
    demands it (WARDROUND_RESEARCH_CONSENT); how many is told. What is of two patients goes only
    where both agree. Whose charts are in it is in the audit trail. A limited data set needs a data
    use agreement in the register (45 CFR 164.514(e)(4)).

    Examples:
      wardround deid record charts.ndjson --key study.key
      wardround deid record charts.ndjson --mode limited-data-set --agreement 0b6c…

    """
    from wardround.bootstrap import export_research
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    done = export_research(read_settings(), out, mode_of(mode, operator), secret_of(key), agreement)
    write(f"{done.patients:,} patients, {done.resources:,} resources.")
    write(f"Left out: {done.refused:,} refused research, {done.not_asked:,} were not asked.")
