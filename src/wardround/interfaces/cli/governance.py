"""``wardround governance``: what every model lives under."""

import typer

from wardround.interfaces.cli.dossier import dossier
from wardround.interfaces.cli.exits import guarded, taught

governance = typer.Typer(
    help="Govern models: their dossiers.", no_args_is_help=True, rich_markup_mode=None
)
governance.command("dossier", help=taught(dossier), short_help="Write a capability's dossier.")(
    guarded(dossier)
)
