"""The written report of a cohort's risk: Markdown, and a PDF to complete and sign."""

import re
from datetime import date
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from wardround.privacy.cohort.content import TITLE, Section, sections
from wardround.privacy.cohort.reading import Cohort
from wardround.privacy.cohort.risk import Risk

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def write_report(
    cohort: Cohort, risk: Risk, today: date, name: str, sensitive: str | None = None
) -> str:
    """Return the report in Markdown."""
    lines = [f"# {TITLE}", ""]
    for section in sections(cohort, risk, today, name, sensitive):
        lines += [f"## {section.heading}", ""] if section.heading else []
        lines += [line for words in section.words for line in (words, "")]
        lines += [*(f"- {point}" for point in section.points), ""] if section.points else []
        lines += [*_rows(section), ""] if section.table else []
        lines += [line for blank in section.blanks for line in (f"{blank}:", "")]
    return "\n".join(lines)


def report_pdf(
    cohort: Cohort, risk: Risk, today: date, name: str, sensitive: str | None = None
) -> bytes:
    """Return the report as a PDF, with lines for the expert to write on."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    parts: list[Flowable] = [Paragraph(TITLE, getSampleStyleSheet()["Title"])]
    for section in sections(cohort, risk, today, name, sensitive):
        parts += _flowing(section)
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=LETTER, title=TITLE).build(parts)
    return file.getvalue()


def _rows(section: Section) -> list[str]:
    head, *rows = section.table
    rule = "|" + "---|" * len(head)
    return [f"| {' | '.join(head)} |", rule, *(f"| {' | '.join(row)} |" for row in rows)]


def _flowing(section: Section) -> "list[Flowable]":
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import HRFlowable, KeepTogether, Paragraph, Spacer, Table

    styles = getSampleStyleSheet()
    normal = styles["Normal"]
    parts: list[Flowable] = [Spacer(1, 8)]
    if section.heading:
        parts.append(Paragraph(section.heading, styles["Heading2"]))
    parts += [Paragraph(_marked(words), normal) for words in section.words]
    point = ParagraphStyle("Point", normal, leftIndent=12, spaceBefore=3)
    parts += [Paragraph(_marked(words), point, bulletText="•") for words in section.points]
    if section.table:
        head, *rows = section.table
        cells = [[Paragraph(f"<b>{_marked(cell)}</b>", normal) for cell in head]]
        cells += [[Paragraph(_marked(cell), normal) for cell in row] for row in rows]
        widths = [260] + [208 / (len(head) - 1)] * (len(head) - 1)
        table = Table(cells, colWidths=widths, repeatRows=1, hAlign="LEFT")
        table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.lightgrey)])
        parts.append(table)
    for blank in section.blanks:
        line = HRFlowable(width="100%", color=colors.grey, spaceBefore=26, spaceAfter=2)
        parts.append(KeepTogether([line, Paragraph(_marked(blank), styles["Italic"])]))
    return parts


def _marked(text: str) -> str:
    """Return a text for a paragraph; what stands in backquotes is set as code."""
    return re.sub(r"`([^`]*)`", r'<font face="Courier">\1</font>', escape(text))
