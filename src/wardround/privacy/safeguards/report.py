"""The safeguards as a report on paper (PDF): what an auditor is given, with its day and version."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape
from io import BytesIO
from typing import Any

from wardround.privacy.safeguards.clauses import read_sections
from wardround.privacy.safeguards.judging import Judged, Verdict, count_verdicts
from wardround.privacy.safeguards.statements import Statement

WORDS = {
    Verdict.ATTENTION: "Needs attention",
    Verdict.NOT_SHOWN: "Not shown yet",
    Verdict.YOURS: "Stated by the clinic",
    Verdict.SHOWN: "Shown by the system",
}
_COLOURS = {
    Verdict.ATTENTION: "#9c2018",
    Verdict.NOT_SHOWN: "#4d5b58",
    Verdict.YOURS: "#0d5a54",
    Verdict.SHOWN: "#1b6236",
}
_LEAD = (
    "How each standard and implementation specification of the HIPAA Security Rule, 45 CFR part "
    "164 subpart C, stood at this moment: by what the running system showed of itself, and by what "
    "the clinic has written down. It is evidence for an evaluation (164.308(a)(8)), not the "
    "evaluation, and no certificate."
)


def report_pdf(
    judged: Sequence[Judged], at: datetime, version: str, name_of: Callable[[str], str]
) -> bytes:
    """Return the report of what was judged ``at`` a moment, by this version of Wardround."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer

    style = _styles()
    moment = at.astimezone()
    made = f"{_day(moment.date())}, {moment:%H:%M %Z}. Wardround {escape(version)}."
    parts: list[Any] = [
        Paragraph("Safeguards", style["title"]),
        Paragraph(made, style["soft"]),
        Spacer(1, 10),
        Paragraph(_LEAD, style["text"]),
        Spacer(1, 8),
        _counts(judged),
    ]
    known = {one.clause.citation: one for one in judged}
    for section in read_sections():
        parts.append(Paragraph(f"{section.title} ({section.citation})", style["section"]))
        for standard in section.standards:
            head: list[Any] = []
            if standard.head.duty is None:
                words = (
                    f"{escape(standard.head.title)} <font size=8>{standard.head.citation}</font>"
                )
                head = [Paragraph(words, style["standard"])]
            for clause in standard.clauses:
                block = [*head, *_clause(known[clause.citation], name_of, style)]
                parts.append(KeepTogether(block))
                head = []
    file = BytesIO()
    margins = {"leftMargin": 20 * mm, "rightMargin": 20 * mm}
    document = SimpleDocTemplate(file, pagesize=LETTER, title="Safeguards", **margins)
    foot = f"Safeguards, {moment:%Y-%m-%d %H:%M}, Wardround {version}"
    document.build(parts, onFirstPage=_footer(foot), onLaterPages=_footer(foot))
    return file.getvalue()


def _clause(one: Judged, name_of: Callable[[str], str], style: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Paragraph, Spacer

    clause, duty = one.clause, one.clause.duty.value if one.clause.duty else ""
    verdict = f'<font color="{_COLOURS[one.verdict]}"><b>{WORDS[one.verdict]}</b></font>'
    lines = [
        Paragraph(f"<b>{escape(clause.title)}</b>: {verdict}", style["clause"]),
        Paragraph(f"{clause.citation}, {duty}. {escape(clause.asks)}", style["soft"]),
    ]
    for fact in one.facts:
        mend = f" {escape(fact.mend)}" if fact.state != "good" and fact.mend else ""
        lines.append(Paragraph(escape(fact.says) + mend, style["fact"], bulletText="•"))
    if one.statement is not None:
        lines.append(Paragraph(_said(one.statement, name_of), style["text"]))
    elif clause.yours and one.verdict is Verdict.NOT_SHOWN:
        lines.append(Paragraph(f"Not written down: {escape(clause.yours)}", style["text"]))
    return [*lines, Spacer(1, 7)]


def _said(said: Statement, name_of: Callable[[str], str]) -> str:
    what = "The clinic" if said.applies else "Does not apply"
    where = f" Document: {escape(said.document)}." if said.document else ""
    by = f"{escape(name_of(said.by))}, {_day(said.at.astimezone().date())}"
    return f"<b>{what}:</b> {escape(said.says)}{where} Review by {_day(said.review)}. <i>{by}</i>"


def _counts(judged: Sequence[Judged]) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    counted = count_verdicts(judged)
    rows = [[str(counted[verdict]), WORDS[verdict]] for verdict in Verdict]
    table = Table([*rows, [str(len(judged)), "Clauses in all"]], hAlign="LEFT", colWidths=[32, 160])
    rules = [
        ("FONTNAME", (0, 0), (0, -1), "Helvetica-Bold"),
        ("ALIGN", (0, 0), (0, -1), "RIGHT"),
        ("LINEABOVE", (0, -1), (-1, -1), 0.5, colors.grey),
        *(
            ("TEXTCOLOR", (0, row), (-1, row), colors.HexColor(_COLOURS[verdict]))
            for row, verdict in enumerate(Verdict)
        ),
    ]
    table.setStyle(rules)
    return table


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    text = ParagraphStyle("text", fontName="Helvetica", fontSize=9.5, leading=13)
    return {
        "text": text,
        "soft": ParagraphStyle("soft", text, textColor="#4d5b58"),
        "fact": ParagraphStyle("fact", text, leftIndent=10, bulletIndent=0),
        "clause": ParagraphStyle("clause", text, fontSize=10),
        "title": ParagraphStyle("title", text, fontName="Helvetica-Bold", fontSize=20, leading=26),
        "section": ParagraphStyle(
            "section",
            text,
            fontName="Helvetica-Bold",
            fontSize=14,
            leading=20,
            spaceBefore=14,
            spaceAfter=6,
        ),
        "standard": ParagraphStyle(
            "standard", text, fontSize=11, leading=16, spaceBefore=4, textColor="#4d5b58"
        ),
    }


def _footer(text: str) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(document.leftMargin, 30, text)
        right = document.pagesize[0] - document.rightMargin
        canvas.drawRightString(right, 30, f"Page {document.page}")
        canvas.restoreState()

    return draw


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
