"""Making pages: the templates of the workspace and of each capability's review."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from wardround.governance.adoption import REASONS
from wardround.interfaces.web import theme, words
from wardround.interfaces.web.navigation import GOVERNANCE, PAGES
from wardround.kernel import Capability


class Pages:
    """Renders the templates; a capability's own ``review.html`` is ``{its name}/review.html``."""

    def __init__(self, capabilities: Mapping[str, Capability]) -> None:
        loaders = {"web": PackageLoader(__package__)} | {
            name: PackageLoader(f"wardround.capabilities.{name}", ".") for name in capabilities
        }
        self._environment = Environment(
            loader=PrefixLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name in ("age", "clock", "count", "day", "timecode", "weekday", "when"):
            self._environment.filters[name] = getattr(words, name)
        self._environment.globals["titles"] = {
            name: room.title for name, room in capabilities.items()
        }
        self._environment.globals["navigation"] = PAGES
        self._environment.globals["governance_tabs"] = GOVERNANCE
        self._environment.globals["rejections"] = REASONS
        parts = self._environment.get_template("web/parts.html")
        self._environment.globals["parts"] = parts.module

    def render(
        self, request: Request, name: str, *, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """Return the page ``name`` for whoever is asking."""
        here = getattr(request.state, "visitor", None)
        common = {
            "here": here,
            "path": request.url.path,
            "theme": theme.chosen(request),
            "csrf": "" if here is None else here.session.csrf,
        }
        html = self._environment.get_template(f"web/{name}").render(common | context)
        return HTMLResponse(html, status)


def render(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Return the page ``name`` of the application that ``request`` came to."""
    pages: Pages = request.app.state.pages
    return pages.render(request, name, status=status, **context)


def by_htmx(request: Request) -> bool:
    """Whether a script of our page asks, and wants a part of a page."""
    return request.headers.get("hx-request") == "true"


def go(request: Request, address: str) -> Response:
    """Lead to another page of ours, whether a script of the page asks or the browser."""
    if by_htmx(request):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
