"""Puts the help of every command into docs/cli.md, behind its ``<!-- help: … -->``.

python scripts/cli_page.py
"""

import os
import re
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from wardround.interfaces.cli.app import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
_BLOCK = re.compile(r"(<!-- help:([a-z ]*)-->\n\n)(?:```text\n.*?```\n)?\n*", re.DOTALL)


def page() -> str:
    """Return the page with the help that the commands give now."""
    return (
        _BLOCK.sub(
            lambda found: f"{found[1]}```text\n{_help(found[2].split())}```\n\n", PAGE.read_text()
        ).rstrip()
        + "\n"
    )


def commands() -> list[tuple[str, ...]]:
    """Return every command that the page describes, as its words."""
    return [tuple(found[2].split()) for found in _BLOCK.finditer(PAGE.read_text())]


def _help(names: list[str]) -> str:
    os.environ["COLUMNS"] = "90"
    out = StringIO()
    with redirect_stdout(out), suppress(SystemExit):
        app([*names, "--help"], prog_name="wardround")
    return out.getvalue()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
