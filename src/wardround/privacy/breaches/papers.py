"""Letters and the sheet of facts on paper: as text, and as PDF."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from wardround.privacy.breaches.letters import Letter, LetterKind, written

HEADINGS = {
    "happened": "What happened",
    "kinds": "What information was involved",
    "steps": "What you can do",
    "doing": "What we are doing",
    "contact": "Whom to ask",
}
"""The five contents of 164.404(c)(1), as a letter heads them."""

TITLES = {
    LetterKind.INDIVIDUAL: "Notice of a breach of your health information",
    LetterKind.NEXT_OF_KIN: "Notice of a breach of the health information of somebody who has died",
    LetterKind.SUBSTITUTE: "Notice of a breach of health information",
    LetterKind.MEDIA: "To the media: notice of a breach of health information",
}
FACTS = "Facts for the notice to the Secretary of Health and Human Services"
DRAFT = "Draft. It is to be gone over before it is sent."


def letter_text(letter: Letter, kind: LetterKind, today: date) -> str:
    """Return a letter as plain text."""
    lines = [DRAFT, ""] if letter.is_draft else []
    lines += [TITLES[kind], written(today), ""]
    for name, text in letter.parts.items():
        lines += [HEADINGS[name], text.strip(), ""]
    return "\n".join(lines)


def letter_pdf(letter: Letter, kind: LetterKind, today: date, numbers: Sequence[str] = ()) -> bytes:
    """Return a letter as PDF: one for each record number, or one without any."""
    from reportlab.platypus import PageBreak, Paragraph, Spacer

    look = _styles()
    parts: list[Any] = []
    for number in numbers or [""]:
        if parts:
            parts.append(PageBreak())
        if letter.is_draft:
            parts.append(Paragraph(f"<b>{DRAFT}</b>", look["Normal"]))
        record = f"<br/>Record number: {escape(number)}" if number else ""
        parts += [
            Paragraph(TITLES[kind], look["Title"]),
            Paragraph(f"{written(today)}{record}", look["Normal"]),
        ]
        for name, text in letter.parts.items():
            parts += [Spacer(1, 8), Paragraph(HEADINGS[name], look["Heading3"])]
            parts += [Paragraph(_lines(text), look["Normal"])]
    return _built(parts)


def facts_text(facts: Iterable[tuple[str, str]], today: date) -> str:
    """Return the sheet of facts as plain text."""
    lines = [FACTS, written(today), "", *(f"{name}: {value}" for name, value in facts)]
    return "\n".join([*lines, ""])


def facts_pdf(facts: Iterable[tuple[str, str]], today: date) -> bytes:
    """Return the sheet of facts as PDF."""
    from reportlab.platypus import Paragraph, Spacer

    look = _styles()
    parts: list[Any] = [
        Paragraph(FACTS, look["Title"]),
        Paragraph(written(today), look["Normal"]),
        Spacer(1, 12),
    ]
    for name, value in facts:
        words = f"<b>{escape(name)}:</b> {_lines(value)}"
        parts += [Paragraph(words, look["Normal"]), Spacer(1, 4)]
    return _built(parts)


def _lines(text: str) -> str:
    return escape(text.strip()).replace("\n", "<br/>")


def _styles() -> Any:
    from reportlab.lib.styles import getSampleStyleSheet

    return getSampleStyleSheet()


def _built(parts: list[Any]) -> bytes:
    from reportlab.lib.pagesizes import LETTER
    from reportlab.platypus import SimpleDocTemplate

    file = BytesIO()
    # The title of a document stands in the window of who opens it: it names nobody.
    SimpleDocTemplate(file, pagesize=LETTER, title="Notice").build(parts)
    return file.getvalue()
