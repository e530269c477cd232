"""The report as one HTML file, which asks nobody for anything."""

from html import escape
from pathlib import Path

from wardround.governance.validation.content import Report
from wardround.governance.validation.picture import Picture, svg
from wardround.governance.validation.section import Section, Table

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The file runs nothing and loads nothing, whoever opens it."""


def page(report: Report) -> bytes:
    """Return the report as HTML."""
    style = Path(__file__).with_name("report.css").read_text("utf-8")
    sections = "\n".join(_section(one) for one in report.sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(report.title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
<header>
<h1>{escape(report.title)}</h1>
<p class="under">{escape(report.under)}</p>
</header>
{_contents(report.sections)}{sections}
</main>
</body>
</html>
""".encode()


def _contents(sections: list[Section]) -> str:
    """Return links to the sections that have an anchor; a page without any has no such list."""
    links = [
        f'<li><a href="#{escape(one.anchor)}">{escape(one.heading)}</a></li>'
        for one in sections
        if one.anchor
    ]
    return f'<nav aria-label="Contents"><ul>{"".join(links)}</ul></nav>\n' if links else ""


def _section(section: Section) -> str:
    parts = [f"<h2>{escape(section.heading)}</h2>"]
    parts += [f"<p>{escape(words)}</p>" for words in section.words]
    if section.points:
        parts.append(f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in section.points)}</ul>")
    if section.pictures:
        parts.append(f'<div class="plots">{"".join(map(_figure, section.pictures))}</div>')
    if section.table and section.table.headed:
        parts.append(_table(section.table, section.heading))
    elif section.table:
        rows = (f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in section.table.rows)
        parts.append(f"<dl>{''.join(rows)}</dl>")
    parts += [f'<p class="hint">{escape(words)}</p>' for words in section.after]
    place = f' id="{escape(section.anchor)}"' if section.anchor else ""
    return "\n".join([f"<section{place}>", *parts, "</section>"])


def _figure(picture: Picture) -> str:
    says = f"<strong>{escape(picture.title)}</strong> {escape(picture.says)}"
    return f"<figure><figcaption>{says}</figcaption>{svg(picture)}</figure>"


def _table(table: Table, label: str) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.head)
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in table.rows)
    inside = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    where = f'role="region" tabindex="0" aria-label="{escape(label)}, table"'
    return f'<div class="wide" {where}>{inside}</div>'


def _cells(row: list[str]) -> str:
    first, *others = row
    cells = "".join(f"<td>{escape(one)}</td>" for one in others)
    return f'<th scope="row">{escape(first)}</th>{cells}'
