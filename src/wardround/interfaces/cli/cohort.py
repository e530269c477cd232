"""``wardround deid cohort``: the risk in a cohort, for the expert who determines it."""

from pathlib import Path
from typing import Annotated

import typer

from wardround.interfaces.cli.deid_options import put


def cohort(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="A .csv with a header, .jsonl, or FHIR.")
    ],
    quasi: Annotated[
        str, typer.Option("--quasi", metavar="COLUMNS", help="What others may know: birth,sex,zip")
    ],
    sensitive: Annotated[
        str | None, typer.Option("--sensitive", metavar="COLUMN", help="What nobody is to learn.")
    ] = None,
    population: Annotated[
        int | None,
        typer.Option("--population", metavar="N", help="How many people it is a sample of."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The report, .md or .pdf. [default: shown]"),
    ] = None,
) -> None:
    """Measure how easily somebody in a cohort is told from the others, for an Expert Determination.

    k-anonymity, l-diversity, who is alone in the cohort and in the population, and what coarser
    columns would change. The report, in Markdown or a PDF to complete and sign, holds counts and no
    value of a row. Of FHIR (.json, .ndjson), each Patient is a row, with the columns birth_date,
    birth_year, age, sex, zip, zip3, city, state, country, race, ethnicity, language, marital,
    deceased and conditions.

    Examples:
      wardround deid cohort cohort.csv --quasi birth,sex,zip --sensitive diagnosis --out risk.md
      wardround deid cohort charts.ndjson --quasi birth_year,sex,zip3 --out risk.pdf

    """
    from wardround.kernel import system_clock
    from wardround.privacy.cohort import measure_risk, read_cohort, report_pdf, write_report
    from wardround.privacy.deid import write_new

    today = system_clock().astimezone().date()
    people = read_cohort(source, today)
    names = [name.strip() for name in quasi.split(",")]
    risk = measure_risk(people, names, sensitive, population)
    if out is not None and out.suffix == ".pdf":
        write_new(out, report_pdf(people, risk, today, source.name, sensitive))
    else:
        put(out, write_report(people, risk, today, source.name, sensitive))
