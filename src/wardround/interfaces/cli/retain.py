"""``wardround retain``: what is kept for how long, and destroying what is past its time."""

from typing import Annotated

import typer


def retain(
    apply: Annotated[
        bool, typer.Option("--apply", help="Destroy what is past its time, for good.")
    ] = False,
) -> None:
    """Show how long each kind of thing is kept, and what is past its time.

    With --apply, that is destroyed for good, each with its event in the audit trail; what is under
    a legal hold, or what the chart stands on, is kept. Set the days by WARDROUND_KEEP_…_DAYS, and
    run it every night. Cut off, run it again. Backups made before still hold what it destroyed.

    Examples:
      wardround retain
      wardround retain --apply

    """
    from wardround.bootstrap import retain as destroy
    from wardround.bootstrap import survey_retention
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    settings = read_settings()
    if apply:
        done = destroy(settings)
        write(f"Destroyed: {sum(done.values()):,}.")
        for name, count in done.items():
            write(f"{name}\t{count:,}")
        return
    for one in survey_retention(settings):
        counts = f"{one.ready:,} due, {one.held:,} held, {one.needed:,} needed by the chart"
        write(f"{one.kept.title}\t{one.kept.says}\t{counts}")
