"""``wardround models``: the models that are carried, and what is said of them."""

import typer

from wardround.interfaces.cli.exits import guarded, taught
from wardround.interfaces.cli.model_cards import card

models = typer.Typer(
    help="Look at the models: their cards.", no_args_is_help=True, rich_markup_mode=None
)
models.command("card", help=taught(card), short_help="Show the card of a model.")(guarded(card))
