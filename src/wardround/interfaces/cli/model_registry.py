"""The registry of models, opened for a command, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardround.database import Transaction
    from wardround.governance.registry import Registry
    from wardround.governance.validation import Validation
    from wardround.kernel import Actor
    from wardround.settings import Settings

By = Annotated[
    str, typer.Option("--by", metavar="USERNAME", help="Who does it; kept in the audit trail.")
]


@contextmanager
def opened(*, writes: bool = True) -> "Iterator[tuple[Transaction, Settings, Registry]]":
    """Open the registry in one transaction, with what comes with Wardround in it."""
    from wardround.bootstrap import digest_of, keep_models, load_capabilities, open_database
    from wardround.governance.registry import Registry
    from wardround.kernel import system_clock
    from wardround.settings import read_settings

    settings = read_settings()
    database = open_database(settings)
    try:
        keep_models(database, settings.home, load_capabilities(), system_clock)
        with database.begin() if writes else database.read() as tx:
            yield tx, settings, Registry(tx, lambda one: digest_of(settings.home, one))
    finally:
        database.dispose()


def acting(tx: "Transaction", settings: "Settings", username: str, action: str) -> "Actor":
    """Return who acts; raise where there is no such person, or they may not."""
    from wardround.kernel import NotFound
    from wardround.security import Action, People, load_policies

    actor = People(tx).actor(username)
    if actor is None:
        raise NotFound("There is no such person.", where="--by", mend="wardround people list")
    load_policies(settings.policies).require(actor, Action(action))
    return actor


def figures(found: "Validation") -> str:
    """Return the first figures of a validation on one line."""
    return ", ".join(f"{key} {found.overall[key].value:.3f}" for key in ("auroc", "brier", "slope"))
