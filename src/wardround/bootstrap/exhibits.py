"""What is laid into a dossier as it is: cards, determination, validations, plans of change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from wardround.bootstrap.models import filled_card, functions_of
from wardround.governance.cards import card_pdf, card_xml
from wardround.governance.dossier import Exhibit, ExhibitKind, read_cards
from wardround.kernel import InvalidInput

REPORTS = (".html", ".json", ".pdf")


def exhibits_of(folder: Path, today: date) -> list[Exhibit]:
    """Return what the folder of a capability has to enclose."""
    return [*_printed(folder, today), *_beside(folder)]


def report_at(path: Path) -> Exhibit:
    """Return a validation report that somebody hands in."""
    if path.suffix.lower() not in REPORTS:
        raise InvalidInput(
            "A report ends in .html, .json or .pdf.", where=str(path), mend="Enclose one of those."
        )
    return Exhibit(ExhibitKind.REPORT, path.name, "A validation report", read_file(path))


def read_file(path: Path) -> bytes:
    """Return what is in a file. Raise ``InvalidInput`` where there is none."""
    if not path.is_file():
        raise InvalidInput("There is no such file.", where=str(path), mend="Name another.")
    return path.read_bytes()


def _printed(folder: Path, today: date) -> Iterator[Exhibit]:
    for one in read_cards(folder):
        name = one.card.name
        card, functions = filled_card(name), functions_of(name)
        paper = card_pdf(card, functions, today)
        yield Exhibit(ExhibitKind.CARD, f"{name}.pdf", f"Card of {one.label}, printed", paper)
        says = f"Card of {one.label} as a CHAI Applied Model Card"
        yield Exhibit(ExhibitKind.CARD, f"{name}.xml", says, card_xml(card, functions))


def _beside(folder: Path) -> Iterator[Exhibit]:
    """Yield what people or programs put beside the cards."""
    for path in sorted(folder.rglob("validation.*")):
        if path.suffix in REPORTS:
            name, says = f"{path.parent.name}{path.suffix}", f"Validation of {path.parent.name}"
            yield Exhibit(ExhibitKind.REPORT, name, says, path.read_bytes())
    for path in sorted(folder.rglob("pccp.yaml")):
        name, says = f"{path.parent.name}.yaml", f"Plan of {path.parent.name}"
        yield Exhibit(ExhibitKind.PLAN, name, says, path.read_bytes())
    determined = folder / "determination.yaml"
    if determined.is_file():
        says = "What was determined, as it is in the code"
        yield Exhibit(ExhibitKind.DETERMINATION, determined.name, says, determined.read_bytes())
