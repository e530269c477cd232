"""Writes docs/settings.md from the settings themselves.

python scripts/settings_page.py
"""

from pathlib import Path

from wardround.settings import Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

HEAD = """\
# Settings

<!-- Written by scripts/settings_page.py from src/wardround/settings.py: change it there. -->

Wardround is set by environment variables, and by nothing else. A value that cannot be used stops it
at the start, with the name of the variable.

| variable | default | what it sets |
|---|---|---|
"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(_row(name) for name in Settings.model_fields)


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    default = "" if field.default is None else f"`{field.default}`"
    words = (field.description or "").replace("|", "\\|")
    return f"| `WARDROUND_{name.upper()}` | {default} | {words} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
