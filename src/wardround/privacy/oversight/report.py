"""Who saw a patient's chart, as a letter for the patient (PDF), and as a table (CSV).

No rule gives a patient a right to it: it was proposed in 2011 (76 FR 31426) and not enacted. A
clinic may give it all the same. What 164.528 does give is the account of disclosures.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from io import BytesIO, StringIO

from wardround.kernel import Noun
from wardround.privacy.oversight.summary import Line
from wardround.privacy.oversight.thing import Thing
from wardround.security import inert

COLUMNS = ("person", "role", "what", "why", "count", "first", "last")

PURPOSES = {
    "TREAT": "treatment",
    "ETREAT": "emergency treatment",
    "HPAYMT": "payment",
    "HOPERAT": "running the clinic",
    "HRESCH": "research",
    "HCOMPL": "privacy and security",
    "HSYSADMIN": "running the system",
}
"""What for, in words that a patient knows; other codes of PurposeOfUse stand as they are."""

_LEAD = (
    "This lists everybody at this clinic who opened something of your record from {since} to "
    "{until}, how often, and what for. To whom outside the clinic your health information was "
    "disclosed is told by another letter, the account of disclosures."
)
_NONE = "Nobody opened your record in this time."


class AccessReport(Noun):
    """What a patient is told: the lines of those who opened something, by name."""

    since: date
    until: date
    lines: tuple[Line, ...]
    names: dict[str, str]

    def rows(self) -> Iterable[dict[str, str]]:
        """Return what stands in each line, by column."""
        for line in self.lines:
            yield {
                "person": self.names.get(line.person, line.person),
                "role": line.role,
                "what": ", ".join(what(line.things)),
                "why": ", ".join(PURPOSES.get(one, one) for one in line.purposes),
                "count": str(line.count),
                "first": line.first.astimezone().date().isoformat(),
                "last": line.last.astimezone().date().isoformat(),
            }


def report_of(
    lines: Iterable[Line], names: Mapping[str, str], since: date, until: date
) -> AccessReport:
    """Return the report; whoever was refused all they asked for saw nothing and is left out."""
    saw = tuple(line for line in lines if line.count)
    return AccessReport(since=since, until=until, lines=saw, names=dict(names))


def what(things: Iterable[tuple[Thing, int]]) -> list[str]:
    """Return what was opened, in words: ``chart, 3 times``."""
    return [f"{thing} ({count} times)" if count > 1 else str(thing) for thing, count in things]


def report_csv(report: AccessReport) -> bytes:
    """Return the report as CSV (RFC 4180), a line for each person."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for row in report.rows():
        lines.writerow([inert(row[name]) for name in COLUMNS])
    return text.getvalue().encode()


def report_pdf(report: AccessReport, number: str, today: date) -> bytes:
    """Return the report as a letter for the patient who has this record number."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    lead = _LEAD.format(since=_day(report.since), until=_day(report.until))
    parts = [
        Paragraph("Who opened your record", styles["Title"]),
        Paragraph(f"{_day(today)}<br/>Record number: {escape(number)}", styles["Normal"]),
        Spacer(1, 14),
        Paragraph(lead, styles["Normal"]),
        Spacer(1, 14),
    ]
    for row in report.rows():
        title = f"{row['person']}, {row['role']}" if row["role"] else row["person"]
        parts.append(Paragraph(escape(title), styles["Heading3"]))
        parts += [Paragraph(line, styles["Normal"]) for line in _said(row)]
    if not report.lines:
        parts.append(Paragraph(_NONE, styles["Normal"]))
    file = BytesIO()
    # The title of a document stands in the window of who opens it: it names nobody.
    SimpleDocTemplate(file, pagesize=LETTER, title="Access report").build(parts)
    return file.getvalue()


def _said(row: Mapping[str, str]) -> list[str]:
    first, last = (_day(date.fromisoformat(row[name])) for name in ("first", "last"))
    when = f"on {first}" if first == last else f"first on {first}, last on {last}"
    times = "once" if row["count"] == "1" else f"{row['count']} times"
    said = [("When", f"{times}, {when}"), ("What", row["what"]), ("What for", row["why"])]
    return [f"<b>{name}:</b> {escape(text)}" for name, text in said if text]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
