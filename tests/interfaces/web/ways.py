"""Every way into the workspace: each method with each path."""

import re
from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.interfaces.web.house import House
from wardround.interfaces.web.app import create_app

IDS = {
    "patient_id": "marisol-vega",
    "kind": "Patient",
    "resource_id": "marisol-vega",
    "username": "amara.osei",
    "place": "0",
    "frame": "0",
    "level": "0",
    "column": "0",
    "row": "0",
}


def ways_into(house: House, **ids: str) -> list[tuple[str, str]]:
    """Return each method with each path, filled in as somebody would who tries."""
    known = IDS | ids
    return [
        (method, re.sub(r"\{(\w+)(:\w+)?\}", lambda m: known.get(m[1], "x1"), route.path))
        for route in _walked(create_app(house.wardround))
        for method in sorted(route.methods or ())
        if method != "HEAD"
    ]


def _walked(app: FastAPI) -> Iterator[APIRoute]:
    for route in app.routes:
        router = getattr(route, "original_router", None)
        for one in [route] if router is None else router.routes:
            if isinstance(one, APIRoute):
                yield one
