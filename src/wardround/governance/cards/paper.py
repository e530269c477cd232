"""The card as a PDF, with the look of the validation report."""

from datetime import date

from wardround.governance.cards.answer import NOT_PROVIDED, Answer
from wardround.governance.cards.card import PART_TITLES, Card, attributes_of, counted
from wardround.governance.determination import Function
from wardround.governance.validation import Report, Section, Table, paper

_WIDTHS = [0.35, 1.5, 4.6]


def card_pdf(card: Card, functions: tuple[Function, ...], today: date) -> bytes:
    """Return the card, and how its functions were determined, as a PDF."""
    day = f"{today:%d %B %Y}".lstrip("0")
    under = f"Version {card.version} · {counted(card)} · {day}"
    determined = [_determined(one) for one in functions]
    return paper(
        Report(f"Model card of {card.name}", under, [_identity(card), *determined, *_parts(card)])
    )


def _identity(card: Card) -> Section:
    rows = [
        ["Made by", card.made_by or NOT_PROVIDED],
        ["Licence", card.licence or NOT_PROVIDED],
    ]
    if card.digest:
        rows.append(["File", f"{card.file or 'as registered'}, SHA-256 {card.digest}"])
    rows += [[one.name, f"{one.file}, SHA-256 {one.digest}"] for one in card.parts]
    if card.covers:
        rows.append(["Speaks for", ", ".join(card.covers)])
    return Section("Which model it is", table=Table(["", ""], rows, headed=False))


def _determined(one: Function) -> Section:
    rows = [[asks, reply.answer.capitalize(), reply.evidence] for asks, reply in one.replies]
    rows.append([f"IMDRF N12: {one.imdrf.says}", f"Category {one.imdrf.category}", one.imdrf.why])
    return Section(
        f"{one.title}: {one.result}",
        words=[f"Intended use: {one.intended_use}", one.because],
        table=Table(["Question", "Answer", "Evidence"], rows, widths=[2.3, 0.75, 3.4]),
    )


def _parts(card: Card) -> list[Section]:
    rows: dict[str, list[list[str]]] = {}
    for one in attributes_of(card):
        rows.setdefault(one.part, []).append([str(one.number), one.title, _told(one.answer)])
    head = ["No.", "Attribute", "Answer"]
    return [
        Section(PART_TITLES[part], table=Table(head, told, widths=_WIDTHS))
        for part, told in rows.items()
    ]


def _told(answer: Answer) -> str:
    said = answer.told
    if answer.by_software:
        said += " (Filled in by software.)"
    if answer.measured:
        said += f" (Software found: {answer.measured})"
    return said
