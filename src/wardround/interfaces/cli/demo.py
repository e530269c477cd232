"""``wardround demo``: the sample clinic of invented patients, in the browser."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.bootstrap import Wardround
    from wardround.settings import Settings

SENDER = "HARBOURLANE, Harbour Lane Clinic, Rosa Delgado, 2075550100"
RECEIVER = "ELLERYHP, Ellery Health Plan"
"""With whom the sample clinic trades claim files, where no setting names others."""


def demo(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on. [default: WARDROUND_HOST]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on. [default: WARDROUND_PORT]"),
    ] = None,
    password: Annotated[
        str | None,
        typer.Option(help="For everybody of the sample clinic. [default: a new one]"),
    ] = None,
) -> None:
    """Load a sample clinic of invented patients, serve it, and print address and sign-in.

    It is a morning of today. Run again on the same day, it goes on where it was.

    Examples:
      wardround demo
      wardround demo --port 9000

    """
    import secrets

    from wardround.interfaces.cli.serving import run
    from wardround.settings import read_settings

    settings = for_the_sample(read_settings())
    chosen = password or secrets.token_urlsafe(12)
    run(
        settings,
        settings.host if host is None else host,
        settings.port if port is None else port,
        lambda wardround, address: _ready(wardround, address, chosen),
    )


def for_the_sample(settings: "Settings") -> "Settings":
    """Return settings under which everything in the sample clinic can be tried at once."""
    # Everybody tries the demo with a password alone; "Your account" shows how to add more.
    update = {"second_factor_for": ""}
    if not settings.claims_sender and not settings.claims_receiver:
        update |= {"claims_sender": SENDER, "claims_receiver": RECEIVER}
    return settings.model_copy(update=update)


def _ready(wardround: "Wardround", address: str, password: str) -> None:
    import sys

    from wardround.bootstrap import load_clinic
    from wardround.interfaces.cli.console import write

    clinic = load_clinic(wardround, wardround.clock().astimezone().date(), password)
    who = max(
        clinic.people, key=lambda p: sum(v.practitioner == p.reference for v in clinic.visits)
    )
    write(f"\n  Wardround is at  {address}\n")
    write(f"  sign in as       {who.username}")
    write(f"  password         {password}\n")
    write("  The same password is for")
    for person in clinic.people:
        if person != who:
            write(f"    {person.username:18} {person.role}")
    write("")
    write("The patients are invented. Stop with Ctrl-C.")
    sys.stdout.flush()
