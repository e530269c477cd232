"""``wardround import``: take FHIR bundles into the local chart."""

from pathlib import Path
from typing import Annotated

import typer


def import_(
    bundles: Annotated[
        list[Path], typer.Argument(metavar="BUNDLE", help="Files, or folders of .json files.")
    ],
) -> None:
    """Take FHIR R4 transaction bundles into the local chart, each as a whole or not at all.

    The same bundle again changes nothing, so an import that was cut off is simply run again.

    Examples:
      wardround import synthea/fhir/
      wardround import Ada_Lovelace.json Bo_Lind.json

    """
    from wardround.bootstrap import open_database
    from wardround.interfaces.cli.console import progress, write
    from wardround.kernel import system_clock
    from wardround.record import bundle_files, import_bundles
    from wardround.security import AuditTrail
    from wardround.settings import read_settings

    files = bundle_files(bundles)
    database = open_database(read_settings())
    try:
        with progress() as bar:
            task = bar.add_task("importing", total=len(files))
            done = import_bundles(
                database, files, lambda number, _: bar.update(task, completed=number)
            )
        with database.begin() as tx:
            AuditTrail(tx, system_clock).record("import", "success")
    finally:
        database.dispose()
    write(f"{done.bundles} bundles, {done.resources} resources.")
