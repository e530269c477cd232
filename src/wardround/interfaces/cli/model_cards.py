"""``wardround models card``: a model's card as text, JSON, PDF or CHAI's XML."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.governance.cards import Answer, Attribute, Card
    from wardround.governance.determination import Function
    from wardround.kernel import Json


def card(
    name: Annotated[
        str, typer.Argument(help="The model, such as wardround-sections; or a card.yaml.")
    ],
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
    A card.yaml is read and checked before its model is registered.

    Examples:
      wardround models card wardround-sections
      wardround models card heart-disease --json
      wardround models card ours/card.yaml
      wardround models card news2 --pdf news2.pdf --xml news2.xml

    """
    from wardround.bootstrap import filled_card, functions_of
    from wardround.disk import appearing
    from wardround.governance.cards import card_pdf, card_xml, read_card
    from wardround.interfaces.cli.console import note, write, write_json
    from wardround.kernel import system_clock

    found: Card
    functions: tuple[Function, ...] = ()
    if Path(name).suffix in {".yaml", ".yml"}:
        found = read_card(_text(Path(name)), name)
    else:
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


def _text(file: Path) -> str:
    from wardround.kernel import InvalidInput, Unavailable

    try:
        return file.read_text("utf-8")
    except OSError as error:
        why = f"This file cannot be read: {error.strerror}."
        raise Unavailable(why, where=str(file), mend="Check the path.") from None
    except UnicodeDecodeError:
        raise InvalidInput("This is no text.", where=str(file), mend="Write it in UTF-8.") from None


def _lines(found: "Card", functions: "tuple[Function, ...]") -> list[str]:
    from wardround.governance.cards import PART_TITLES, attributes_of, counted

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
    from wardround.governance.cards import attributes_of, counted

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
