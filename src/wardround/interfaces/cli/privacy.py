"""``wardround privacy``: the privacy registers, for whoever runs the machine."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

if TYPE_CHECKING:
    from wardround.kernel import Json
    from wardround.privacy.egress import Agreement

privacy = typer.Typer(
    help="Read the privacy registers.", no_args_is_help=True, rich_markup_mode=None
)
agreements = typer.Typer(
    help="Read the register of business associate agreements.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
privacy.add_typer(agreements, name="agreements")


def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """List the agreements, and how each stands today.

    They are entered, renewed and terminated in the workspace, by the privacy officer.

    Examples:
      wardround privacy agreements list
      wardround privacy agreements list --json

    """
    from wardround.bootstrap import open_database
    from wardround.interfaces.cli.console import write, write_json
    from wardround.kernel import system_clock
    from wardround.privacy.egress import Agreements
    from wardround.settings import read_settings

    today = system_clock().astimezone().date()
    database = open_database(read_settings())
    try:
        with database.read() as tx:
            found = Agreements(tx).list()
    finally:
        database.dispose()
    if as_json:
        write_json([_facts(one, today) for one in found])
        return
    for one in found:
        hosts = ", ".join(one.terms.hosts)
        write(f"{one.standing(today)}\t{one.terms.expires or '-'}\t{one.terms.party}\t{hosts}")


def _facts(one: "Agreement", today: date) -> "Json":
    terms = one.terms
    return {
        "id": one.id,
        "party": terms.party,
        "standing": one.standing(today).value,
        "expires": None if terms.expires is None else terms.expires.isoformat(),
        "hosts": list(terms.hosts),
        "services": [service.value for service in sorted(terms.services)],
        "data": [data.value for data in sorted(terms.data)],
        "lacks": list(terms.lacks),
    }


agreements.command("list", help=taught(list_), short_help="List the agreements.")(guarded(list_))
