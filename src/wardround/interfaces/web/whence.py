"""Where a request comes from, for the events that it leaves in the audit trail."""

from starlette.types import ASGIApp, Receive, Scope, Send

from wardround.security import coming_from


class Whence:
    """Has every event of a request say that it came by these pages, and from which address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer within it."""
        client = scope.get("client")
        with coming_from("web", client[0] if client else ""):
            await self._app(scope, receive, send)
