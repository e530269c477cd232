"""Putting the workspace together: one FastAPI application over one running Wardround."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.staticfiles import StaticFiles

from wardround.bootstrap import Wardround
from wardround.interfaces.web import (
    chart,
    errors,
    inbox,
    patients,
    resources,
    review,
    sign_in,
    theme,
    visits,
)
from wardround.interfaces.web.body_limit import BodyLimit
from wardround.interfaces.web.pages import Pages
from wardround.interfaces.web.security_headers import SecurityHeaders

STATIC = Path(__file__).parent / "static"


def create_app(wardround: Wardround) -> FastAPI:
    """Return the workspace over ``wardround``, which the caller starts and stops."""
    app = FastAPI(title="Wardround", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.wardround = wardround
    app.state.pages = Pages(wardround.capabilities)
    errors.install(app)
    for room in (sign_in, visits, inbox, review, patients, chart, resources, theme):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/", lambda: RedirectResponse("/visits", 303), methods=["GET"])
    app.add_middleware(BodyLimit)
    app.add_middleware(errors.Unforeseen, pages=app.state.pages)
    app.add_middleware(SecurityHeaders)
    return app
