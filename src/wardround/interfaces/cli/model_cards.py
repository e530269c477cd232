"""``wardround models card``: a model's card as text, JSON, PDF or CHAI's XML."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.governance import Answer, Attribute, Card, Function
    from wardround.kernel import Json


def card(
    name: Annotated[str, typer.Argument(help="The model, such as wardround-sections.")],
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as a PDF.")
    ] = None,
    xml: Annotated[
        Path | None,
        typer.Option("--xml", metavar="FILE", help="Write it as a CHAI Applied Model Card."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Show the card of a model: the 31 source attributes, and whether it is a device function.

    What is unknown because others did not disclose it, what does not apply, and what nobody has
    answered yet are three things, and are told apart. A file that is there already is kept.

    Examples:
      wardround models card wardround-sections
      wardround models card heart-disease --json
      wardround models card news2 --pdf news2.pdf --xml news2.xml

    """
    from wardround.bootstrap import filled_card, functions_of
    from wardround.disk import appearing
    from wardround.governance import card_pdf, card_xml
    from wardround.interfaces.cli.console import note, write, write_json
    from wardround.kernel import system_clock

    found, functions = filled_card(name), functions_of(name)
    written = []
    if pdf is not None:
        written.append((pdf, card_pdf(found, functions, system_clock().astimezone().date())))
    if xml is not None:
        written.append((xml, card_xml(found, functions)))
    for out, data in written:
        with appearing(out) as file:
            file.write(data)
        note(f"Written: {out}")
    if as_json:
        write_json(_facts(found, functions))
    elif pdf is None and xml is None:
        for line in _lines(found, functions):
            write(line)


def _lines(found: "Card", functions: "tuple[Function, ...]") -> list[str]:
    from wardround.governance import PART_TITLES, attributes_of, counted

    lines = [f"{found.name} {found.version}: {counted(found)}"]
    lines += [f"{one.title}: {one.result}. {one.because}" for one in functions]
    part = ""
    for one in attributes_of(found):
        if one.part != part:
            part = one.part
            lines += ["", PART_TITLES[part].upper()]
        lines.append(f"{one.number:>2}  {one.title}: {_told(one.answer)}")
    return lines


def _told(answer: "Answer") -> str:
    said = f"{answer.said} [by software]" if answer.by_software else answer.said
    return f"{said} [software found: {answer.measured}]" if answer.measured else said


def _facts(found: "Card", functions: "tuple[Function, ...]") -> "Json":
    from wardround.governance import attributes_of, counted

    return {
        "name": found.name,
        "version": found.version,
        "licence": found.licence,
        "made_by": found.made_by,
        "file": found.file,
        "digest": found.digest,
        "parts": [one.model_dump(mode="json") for one in found.parts],
        "counts": dict(counted(found)._asdict()),
        "attributes": [_attribute(one) for one in attributes_of(found)],
        "functions": [
            {
                "name": one.name,
                "title": one.title,
                "result": one.result.value,
                "because": one.because,
                "imdrf": one.imdrf.category,
            }
            for one in functions
        ],
    }


def _attribute(one: "Attribute") -> "Json":
    return {
        "number": one.number,
        "key": f"{one.part}.{one.key}",
        "title": one.title,
        "state": one.answer.state.value,
        "says": one.answer.says,
        "by": "software" if one.answer.by_software else "people",
        "measured": one.answer.measured,
    }
