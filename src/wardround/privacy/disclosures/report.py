"""The account as a letter that a patient can read (PDF), and as a table (CSV)."""

import csv
from datetime import date
from html import escape
from io import BytesIO, StringIO

from wardround.privacy.disclosures.account import Account, Group
from wardround.security import inert

COLUMNS = ("recipient", "address", "what", "why", "count", "first", "last")

_LEAD = (
    "This is an account of the disclosures of your health information from {since} to {until}, "
    "as 45 CFR 164.528 gives you the right to. It does not list what was disclosed for your "
    "treatment, for payment or for running this clinic, to you, or by your own authorization."
)
_NONE = "There was none in this time."


def account_csv(account: Account) -> bytes:
    """Return the account as CSV (RFC 4180), a line for each recipient and purpose."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for group in account.groups:
        values = group.model_dump(mode="json") | {"what": "; ".join(group.what)}
        lines.writerow([inert(values[name]) for name in COLUMNS])
    return text.getvalue().encode()


def account_pdf(account: Account, number: str, today: date) -> bytes:
    """Return the account as a letter for the patient who has this record number."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    lead = _LEAD.format(since=_day(account.since), until=_day(account.until))
    parts = [
        Paragraph("Account of disclosures", styles["Title"]),
        Paragraph(f"{_day(today)}<br/>Record number: {escape(number)}", styles["Normal"]),
        Spacer(1, 14),
        Paragraph(lead, styles["Normal"]),
        Spacer(1, 14),
    ]
    for group in account.groups:
        parts.append(Paragraph(escape(group.recipient), styles["Heading3"]))
        parts += [Paragraph(line, styles["Normal"]) for line in _lines(group)]
    if not account.groups:
        parts.append(Paragraph(_NONE, styles["Normal"]))
    file = BytesIO()
    # The title of a document stands in the window of who opens it: it names nobody.
    SimpleDocTemplate(file, pagesize=LETTER, title="Account of disclosures").build(parts)
    return file.getvalue()


def _lines(group: Group) -> list[str]:
    if group.count == 1:
        when = _day(group.first)
    else:
        when = f"{group.count} times, first on {_day(group.first)}, last on {_day(group.last)}"
    said = [("When", when), ("Address", group.address)]
    said += [("What", "; ".join(group.what)), ("Why", group.why)]
    return [f"<b>{name}:</b> {escape(text)}" for name, text in said if text]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
