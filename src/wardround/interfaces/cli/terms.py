"""``wardround terms``: code systems; what a site licensed and loads itself, and what it asks."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import Exit, guarded, taught

if TYPE_CHECKING:
    from wardround.engines.terminology import Manifest, Terminology

terms = typer.Typer(
    help="Load code lists and edits, and ask them.", no_args_is_help=True, rich_markup_mode=None
)
_Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]
_System = Annotated[
    str, typer.Option("--system", metavar="NAME", help="The code system, such as hcpcs.")
]
_On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The date of service; today.")
]


def load(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="The file; of the NCCI edits, all parts."),
    ],
    kind: Annotated[
        str | None, typer.Option(help="What it is, where its name does not tell; see terms kinds.")
    ] = None,
    variant: Annotated[
        str | None, typer.Option(help="Which of a kind: practitioner; or a name for your own.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day on which it holds.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Last day on which it holds.")
    ] = None,
    licensed: Annotated[
        bool, typer.Option("--licensed", help="You hold the licence that its owner asks for.")
    ] = False,
) -> None:
    """Load a code list or edits from the file of the CDC, CMS, the AMA or your own.

    All of the file is read and checked first; then it is kept whole, or not at all. Nothing is
    sent anywhere. CPT is owned by the American Medical Association: you need its licence.

    Examples:
      wardround terms load icd10cm-order-2027.txt
      wardround terms load LONGULT.txt --kind cpt --from 2026-01-01 --licensed
      wardround terms load ccipra-v320r0-f1.txt ccipra-v320r0-f2.txt
      wardround terms load medicare.csv --kind fees --variant medicare

    """
    from wardround.engines.terminology import Asked, kind_of, kind_of_file, load_terms
    from wardround.interfaces.cli.console import note, write

    asked = Asked(kind, variant, _day(start), _day(end), licensed)
    what = kind_of(kind) if kind else kind_of_file(paths[0])
    note(f"{what.title}. Owner: {what.owner}. {what.terms}")
    made = load_terms(paths, _folder(), asked)
    if "unended" in made.facts:
        note(f"The last line of {made.facts['unended']} is not ended: is the file whole?")
    write(_line(made))


def list_(as_json: _Json = False) -> int:
    """List what is loaded, whence it came, and from when to when it holds.

    An edition that is not whole, or was changed after it was loaded, is marked broken.

    Examples:
      wardround terms list
      wardround terms list --json

    """
    from wardround.engines.terminology import Shelf, packaged_span
    from wardround.interfaces.cli.console import note, write, write_json

    shelf = Shelf(_folder())
    broken = {*shelf.broken, *(one.name for one in shelf.manifests if not shelf.whole(one))}
    first, last = packaged_span()
    if as_json:
        write_json([one.model_dump(mode="json") for one in shelf.manifests])
    else:
        write(f"icd10cm\t{first}\t{last}\tpackaged\tICD-10-CM, April 2026")
        for one in shelf.manifests:
            write("broken\t" + one.name if one.name in broken else _line(one))
    for name in sorted(broken):
        note(f"{name} is not whole, or was changed after it was loaded. Load it again.")
    return Exit.WRONG if broken else Exit.OK


def kinds_() -> None:
    """List the kinds of file that can be loaded, with owner and terms.

    Example:
      wardround terms kinds

    """
    from wardround.engines.terminology import kinds
    from wardround.interfaces.cli.console import write

    for one in kinds().values():
        write(f"{one.name}\t{one.title}\t{one.owner}\t{one.terms}")


def remove(
    name: Annotated[str, typer.Argument(help="The loaded edition, as terms list names it.")],
) -> None:
    """Remove a loaded edition.

    Example:
      wardround terms remove cpt-2026-01-01

    """
    from wardround.engines.terminology import Shelf
    from wardround.interfaces.cli.console import note

    Shelf(_folder()).remove(name)
    note(f"{name} was removed.")


def lookup(
    code: Annotated[str, typer.Argument(help="The code, such as I50.3.")],
    system: _System = "icd10cm",
    on: _On = None,
    as_json: _Json = False,
) -> int:
    """Show a code, and whether it may stand on a claim for services of a date.

    Examples:
      wardround terms lookup I50.3
      wardround terms lookup S52.501A --on 2026-05-01
      wardround terms lookup 718-7 --system loinc
      wardround terms lookup A0021 --system hcpcs --json

    """
    from wardround.interfaces.cli.console import write_json
    from wardround.interfaces.cli.term_lines import show, standing
    from wardround.kernel import Unavailable

    known, when = _terminology(), _day(on) or date.today()  # noqa: DTZ011 - a day of this place
    checked = known.validate_code(system, code, when)
    try:
        found = known.lookup(system, code, when)
    except Unavailable:
        found = {}
    if as_json:
        write_json({"lookup": found, "validate-code": checked})
    else:
        show(found)
        standing(code, when, checked)
    return Exit.OK


def search(
    words: Annotated[list[str], typer.Argument(help="Words, such as: broken wrist left.")],
    system: _System = "icd10cm",
    under: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only codes under this one.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=1000, help="The most codes.")] = 10,
    on: _On = None,
    as_json: _Json = False,
) -> int:
    """Search codes by words; abbreviations and mistyped words are understood.

    Ends with 1 where nothing was found.

    Examples:
      wardround terms search heart failure with preserved EF
      wardround terms search UTI --count 3
      wardround terms search acute --under I50
      wardround terms search wheelchair --system hcpcs

    """
    from wardround.interfaces.cli.console import note, write_json
    from wardround.interfaces.cli.term_lines import listed

    found = _terminology().expand(system, " ".join(words), is_a=under, count=count, on=_day(on))
    if as_json:
        write_json(found)
        return Exit.OK
    if not listed(found):
        note("Nothing was found.")
        return Exit.WRONG
    return Exit.OK


def translate(
    code: Annotated[str, typer.Argument(help="The code to translate.")],
    system: Annotated[str, typer.Option("--from", metavar="NAME", help="Its code system.")],
    target: Annotated[str, typer.Option("--to", metavar="NAME", help="The system wanted.")],
) -> None:
    """Translate a code by a map that you loaded.

    Examples:
      wardround terms translate 44054006 --from snomed --to icd10cm
      wardround terms translate 25000 --from icd9cm --to icd10cm

    """
    from wardround.interfaces.cli.console import note, write

    found = _terminology().translate(system, code, target)
    for one in found:
        write("\t".join((one.code or "-", one.equivalence, one.group, one.rule, one.advice)))
    if not found:
        note(f"The loaded map has no {code}.")


def _terminology() -> "Terminology":
    from wardround.engines.terminology import Terminology

    return Terminology(_folder())


def _folder() -> Path:
    from wardround.settings import read_settings

    return read_settings().home / "terms"


def _day(said: str | None) -> date | None:
    from wardround.kernel import InvalidInput

    try:
        return None if said is None else date.fromisoformat(said)
    except ValueError:
        raise InvalidInput(f"{said} is no date.", mend="Write it as 2026-01-31.") from None


def _line(one: "Manifest") -> str:
    whence = ", ".join(source.name for source in one.sources)
    start = "-" if one.start == date.min else one.start.isoformat()
    end = "-" if one.end == date.max else one.end.isoformat()
    return f"{one.name}\t{start}\t{end}\t{one.count} rows\t{whence}"


terms.command("load", help=taught(load), short_help="Load a code list or edits.")(guarded(load))
terms.command("list", help=taught(list_), short_help="List what is loaded.")(guarded(list_))
terms.command("kinds", help=taught(kinds_), short_help="List what can be loaded.")(guarded(kinds_))
terms.command("remove", help=taught(remove), short_help="Remove an edition.")(guarded(remove))
terms.command("lookup", help=taught(lookup), short_help="Show a code.")(guarded(lookup))
terms.command("search", help=taught(search), short_help="Search codes by words.")(guarded(search))
terms.command("translate", help=taught(translate), short_help="Translate a code by a map.")(
    guarded(translate)
)
