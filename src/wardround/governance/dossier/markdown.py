"""A chapter as Markdown: the same sections as on the page and on paper."""

import re
from collections.abc import Iterable

from wardround.governance.validation import Section, Table

_MARKS = re.compile(r"[\\`*<]|(?<!\w)_|_(?!\w)")
"""What would be read as markup; an underscore within a word is none."""


def markdown(title: str, under: str, sections: Iterable[Section]) -> bytes:
    """Return a document with its title, the line under it, and its sections."""
    parts = [f"# {_inline(title)}", _inline(under)]
    for section in sections:
        parts.append(f"## {_inline(section.heading)}")
        parts += map(_inline, section.words)
        if section.points:
            parts.append("\n".join(f"- {_inline(one)}" for one in section.points))
        if section.table:
            parts.append(_table(section.table))
        parts += map(_inline, section.after)
    return ("\n\n".join(parts) + "\n").encode()


def _table(table: Table) -> str:
    head = table.head if table.headed else ["" for _ in table.rows[0]] if table.rows else []
    lines = [head, ["---"] * len(head), *table.rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text if text == "---" else _inline(text).replace("|", "\\|")


def _inline(text: str) -> str:
    """Return a text on one line, with nothing in it that Markdown or HTML would take for markup."""
    plain = " ".join(text.split())
    return _MARKS.sub(r"\\\g<0>", plain)
