"""``wardround people`` and ``wardround tokens``: accounts, from the machine itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

if TYPE_CHECKING:
    from wardround.database import Database
    from wardround.kernel import Role
    from wardround.security import Accounts

people = typer.Typer(
    no_args_is_help=True,
    help="Add people and see to their accounts; the first administrator is added here.",
)
tokens = typer.Typer(no_args_is_help=True, help="Make and revoke the tokens of programs.")

Username = Annotated[str, typer.Argument(metavar="USERNAME", help="Whose account it is.")]


def add(
    username: Annotated[str, typer.Argument(metavar="USERNAME", help="What they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name, as it stands under what they sign.")],
    role: Annotated[str, typer.Option(help="Such as clinician, nurse or administrator.")],
    reference: Annotated[
        str | None,
        typer.Option(help="Their FHIR resource. [default: Practitioner/USERNAME]"),
    ] = None,
) -> None:
    """Add a person, and print the password they sign in with once.

    Examples:
      wardround people add noah --name "Noah Lindqvist" --role administrator
      wardround people add ruth --name "Ruth Okafor" --role "privacy officer"

    """
    from wardround.interfaces.cli.console import note, write

    chosen = reference or f"Practitioner/{username}"
    with _accounts() as accounts:
        password = accounts.add(username, name, _role(role), chosen)
    note(f"{username} signs in with this once, and then chooses their own password:")
    write(password)


def list_() -> None:
    """List everybody: username, role, state, name.

    Example:
      wardround people list

    """
    from wardround.interfaces.cli.console import write

    with _accounts() as accounts:
        for account in accounts.list():
            state = "disabled" if account.disabled else "locked" if account.locked else "open"
            factor = "second factor" if account.factors else "password"
            person = account.actor
            write(f"{person.id:24} {person.role:16} {state:9} {factor:14} {person.name}")


def disable(username: Username) -> None:
    """Let a person in no more, and sign them out; what they did stays theirs."""
    _do(username, lambda accounts: accounts.disable, "is let in no more")


def enable(username: Username) -> None:
    """Let a person in again."""
    _do(username, lambda accounts: accounts.enable, "is let in again")


def unlock(username: Username) -> None:
    """Forget somebody's failed attempts, so that they need not wait."""
    _do(username, lambda accounts: accounts.unlock, "may try again at once")


def reset(username: Username) -> None:
    """Take somebody's second factors away, and print a password to sign in with once.

    Example:
      wardround people reset noah

    """
    from wardround.interfaces.cli.console import note, write

    with _accounts() as accounts:
        password = accounts.reset(accounts.find(username))
    note(f"{username} signs in with this once, and then chooses their own password:")
    write(password)


def make(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The program, such as lab-feed.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(help="An action it is for, such as READ_CHART; repeat for more."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days until it ends.")] = 90,
) -> None:
    """Make a token for a program, and print it, this once.

    Example:
      wardround tokens make lab-feed --scope READ_CHART --days 30

    """
    from datetime import timedelta

    from wardround.interfaces.cli.console import note, write
    from wardround.security import AuditTrail, ServiceTokens, load_policies
    from wardround.settings import read_settings

    policies = load_policies(read_settings().policies)
    with _opened() as database, database.begin() as tx:
        token = ServiceTokens(tx).make(name, scope or [], timedelta(days=days), None, policies)
        AuditTrail(tx).record("make-token", "success", entity=f"Device/{name}")
    note("It is shown only now. The program sends it as Authorization: Bearer …")
    write(token)


def list_tokens() -> None:
    """List the tokens: program, beginning, end, what for."""
    from wardround.interfaces.cli.console import write
    from wardround.security import ServiceTokens

    with _opened() as database, database.read() as tx:
        for token in ServiceTokens(tx).list():
            state = "revoked" if token.revoked else f"ends {token.ends:%Y-%m-%d}"
            write(f"{token.name:24} {token.prefix}…  {state:16} {' '.join(token.scopes)}")


def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The program.")],
) -> None:
    """End a program's token at once."""
    from wardround.interfaces.cli.console import note
    from wardround.kernel import NotFound
    from wardround.security import AuditTrail, ServiceTokens

    with _opened() as database, database.begin() as tx:
        tokens = ServiceTokens(tx)
        known = [one for one in tokens.list() if one.name == name and one.revoked is None]
        if not known:
            raise NotFound("There is no such token in use.", where=name)
        for token in known:
            tokens.revoke(token.id)
            AuditTrail(tx).record("revoke-token", "success", entity=f"Device/{name}")
    note(f"The token of {name} opens nothing any more.")


@contextmanager
def _opened() -> "Iterator[Database]":
    from wardround.bootstrap import open_database
    from wardround.settings import read_settings

    database = open_database(read_settings())
    try:
        yield database
    finally:
        database.dispose()


@contextmanager
def _accounts() -> "Iterator[Accounts]":
    from wardround.security import Accounts

    with _opened() as database, database.begin() as tx:
        yield Accounts(tx, None)


def _do(username: str, deed: "Callable[[Accounts], Callable[..., None]]", done: str) -> None:
    from wardround.interfaces.cli.console import note

    with _accounts() as accounts:
        actor = accounts.find(username)
        deed(accounts)(actor)
    note(f"{actor.name} {done}.")


def _role(text: str) -> "Role":
    from wardround.kernel import InvalidInput, Role

    try:
        role = Role(text.strip().lower().replace("-", " "))
    except ValueError:
        role = Role.SERVICE
    if role is Role.SERVICE:
        known = ", ".join(role for role in Role if role is not Role.SERVICE)
        raise InvalidInput("There is no such role.", where="--role", mend=f"Roles are: {known}.")
    return role


for group, command, called in (
    (people, add, "add"),
    (people, list_, "list"),
    (people, disable, "disable"),
    (people, enable, "enable"),
    (people, unlock, "unlock"),
    (people, reset, "reset"),
    (tokens, make, "make"),
    (tokens, list_tokens, "list"),
    (tokens, revoke, "revoke"),
):
    group.command(called, help=taught(command))(guarded(command))
