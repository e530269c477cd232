"""``wardround governance``: what every model lives under."""

import typer

from wardround.interfaces.cli.adopting import adoption
from wardround.interfaces.cli.dossier import dossier
from wardround.interfaces.cli.exits import guarded, taught
from wardround.interfaces.cli.reader_study import readers
from wardround.interfaces.cli.watching import outcomes, watch

governance = typer.Typer(
    help="Govern models: dossiers, the watch, outcomes, adoption, reader studies.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
governance.command("dossier", help=taught(dossier), short_help="Write a capability's dossier.")(
    guarded(dossier)
)
governance.command("watch", help=taught(watch), short_help="Look at every model in use.")(
    guarded(watch)
)
governance.command("outcomes", help=taught(outcomes), short_help="Take outcomes in.")(
    guarded(outcomes)
)
governance.command("adoption", help=taught(adoption), short_help="What people do with drafts.")(
    guarded(adoption)
)
governance.command("readers", help=taught(readers), short_help="Analyse a reader study.")(
    guarded(readers)
)
