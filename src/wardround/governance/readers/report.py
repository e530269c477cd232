"""The report of a reader study, written to a file as a whole or not at all."""

from datetime import date
from pathlib import Path

from wardround.disk import appearing
from wardround.governance.readers.content import report_of
from wardround.governance.readers.model import ReaderStudy
from wardround.governance.validation import page, paper
from wardround.kernel import InvalidInput


def study_html(found: ReaderStudy, name: str, today: date) -> bytes:
    """Return the report as one HTML file that loads nothing."""
    return page(report_of(found, name, today))


def study_pdf(found: ReaderStudy, name: str, today: date) -> bytes:
    """Return the report as a PDF."""
    return paper(report_of(found, name, today))


def write_study(out: Path, found: ReaderStudy, name: str, today: date) -> None:
    """Write the report as what the name of the file ends in: .html, .pdf, or .json for the numbers.

    Raise ``Conflict`` where there is a file of this name.
    """
    kinds = {
        ".html": lambda: study_html(found, name, today),
        ".pdf": lambda: study_pdf(found, name, today),
        ".json": lambda: found.model_dump_json(indent=1).encode(),
    }
    made = kinds.get(out.suffix.lower())
    if made is None:
        raise InvalidInput(
            "A report ends in .html, .pdf or .json.", where=str(out), mend="Name it so."
        )
    data = made()
    with appearing(out) as file:
        file.write(data)
