"""What a browser calls itself, in two words by which a person recognises the place."""

from fastapi import Request

from wardround.security import Place

_PROGRAMS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""In this order: most of them also claim to be those that follow."""

_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def name_browser(agent: str) -> str:
    """Return such as ``Firefox on Windows``; nothing depends on its being true."""
    program = next((name for mark, name in _PROGRAMS if mark in agent), "A program")
    machine = next((name for mark, name in _MACHINES if mark in agent), None)
    return program if machine is None else f"{program} on {machine}"


def place_of(request: Request) -> Place:
    """Return where a request comes from."""
    source = None if request.client is None else request.client.host
    return Place(source, name_browser(request.headers.get("user-agent", "")))
