"""Serving the workspace until it is stopped."""

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from wardround.kernel import Unavailable

if TYPE_CHECKING:
    from wardround.bootstrap import Wardround
    from wardround.settings import Settings


def run(
    settings: "Settings", host: str, port: int, ready: Callable[["Wardround", str], None]
) -> None:
    """Put Wardround together, tell ``ready`` its address, and serve until a signal.

    The port is taken before anything is opened or loaded, so that a second server fails at once;
    port 0 takes any that is free.
    """
    import uvicorn

    from wardround.interfaces.cli.keeping import keeping
    from wardround.interfaces.cli.logs import set_up_logs
    from wardround.interfaces.cli.transport import Encrypted, options, require_encrypted

    set_up_logs()
    require_pages()
    require_encrypted(host, settings)
    transport = options(settings)
    with _listening(host, port) as listening:
        from wardround.bootstrap import assemble
        from wardround.interfaces.web import create_app

        wardround = assemble(settings)
        try:
            set_up_logs()  # the workflows brought a handler of their own
            app = create_app(wardround)
            config = uvicorn.Config(
                Encrypted(app) if settings.behind_proxy else app,
                log_config=None,
                access_log=False,
                server_header=False,
                **transport,
            )
            scheme = "http" if transport["ssl_context_factory"] is None else "https"
            shown = f"[{host}]" if ":" in host else host
            ready(wardround, f"{scheme}://{shown}:{listening.getsockname()[1]}/")
            with keeping(wardround):
                uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            return  # how a server is stopped
        finally:
            wardround.stop()


def require_pages() -> None:
    """Raise ``Unavailable`` where the packages that the pages need were never fetched."""
    from importlib.resources import files

    vendor = files("wardround.interfaces.web") / "static" / "vendor" / "htmx.min.js"
    if not vendor.is_file():
        raise Unavailable(
            "The pages' packages are not there.",
            where="static/vendor",
            mend="Fetch them with: make run (or sh scripts/pages.sh).",
        )


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise Unavailable(
            f"Nothing can listen there: {error.strerror}.",
            where=f"{host}:{port}",
            mend="Stop what listens there, or choose another with --port or WARDROUND_PORT.",
        ) from None
