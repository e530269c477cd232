"""``wardround evaluate``: a capability measured on published data."""

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    capability: Annotated[str, typer.Argument(help="What to measure, such as documentation.")],
    data: Annotated[
        Path, typer.Option(envvar="WARDROUND_DATA", help="Folder of published data sets.")
    ],
) -> None:
    """Measure a capability on published data, with published results of others beside it.

    Examples:
      wardround data get aci-bench --to data
      wardround evaluate documentation --data data

    """
    from importlib import import_module

    from wardround.bootstrap import load_capabilities
    from wardround.interfaces.cli.console import write
    from wardround.kernel import InvalidInput, NotFound

    if capability not in load_capabilities():
        names = ", ".join(load_capabilities())
        raise NotFound(f"There is no capability {capability}.", mend=f"There is: {names}.")
    if not data.is_dir():
        raise InvalidInput(
            "There is no such folder.", where=str(data), mend="Fetch it: wardround data get."
        )
    room = import_module(f"wardround.capabilities.{capability}")
    write(room.evaluate(data))
