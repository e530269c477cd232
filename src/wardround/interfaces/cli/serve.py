"""``wardround serve``: the workspace in the browser, over the local chart."""

from typing import Annotated

import typer


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on. [default: WARDROUND_HOST]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on. [default: WARDROUND_PORT]"),
    ] = None,
) -> None:
    """Serve the workspace over the local chart, until it is stopped with Ctrl-C.

    What it may reach and where it keeps its data is set by environment variables:
    docs/settings.md. Other machines are answered over TLS only: set WARDROUND_TLS_CERTIFICATE and
    WARDROUND_TLS_KEY, or WARDROUND_BEHIND_PROXY where a proxy ends TLS.

    Examples:
      wardround serve
      wardround serve --port 9000

    """
    from wardround.interfaces.cli.console import write
    from wardround.interfaces.cli.serving import run
    from wardround.settings import read_settings

    settings = read_settings()
    host, port = settings.host if host is None else host, settings.port if port is None else port
    run(settings, host, port, lambda _, address: write(f"Wardround is at {address}"))
