"""The report of a validation, written to files as a whole or not at all."""

from datetime import date
from pathlib import Path

from wardround.disk import appearing
from wardround.governance.validation.about import About
from wardround.governance.validation.content import report_of
from wardround.governance.validation.model import Validation
from wardround.governance.validation.page import page
from wardround.governance.validation.paper import paper
from wardround.kernel import InvalidInput

KINDS = (".html", ".json", ".pdf")


def report_html(found: Validation, about: About, today: date) -> bytes:
    """Return the report as one HTML file that loads nothing."""
    return page(report_of(found, about, today))


def report_pdf(found: Validation, about: About, today: date) -> bytes:
    """Return the report as a PDF."""
    return paper(report_of(found, about, today))


def write_report(out: Path, found: Validation, about: About, today: date) -> None:
    """Write the report, as what the file's name ends in says: HTML, PDF, or the numbers as JSON.

    Raise ``Conflict`` where there is a file of this name.
    """
    kind = out.suffix.lower()
    if kind not in KINDS:
        raise InvalidInput(
            "A report ends in .html, .pdf or .json.", where=str(out), mend="Name it so."
        )
    if kind == ".html":
        data = report_html(found, about, today)
    elif kind == ".pdf":
        data = report_pdf(found, about, today)
    else:
        data = found.model_dump_json(indent=1).encode()
    with appearing(out) as file:
        file.write(data)
