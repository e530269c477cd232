"""The commands put together, and what every command shares."""

import sys
from typing import Annotated

import typer

from wardround import __version__
from wardround.interfaces.cli.audit import audit
from wardround.interfaces.cli.backup import backup, restore
from wardround.interfaces.cli.batch import batch
from wardround.interfaces.cli.claim import claim
from wardround.interfaces.cli.coding import coding
from wardround.interfaces.cli.complaints import complaints
from wardround.interfaces.cli.data import data
from wardround.interfaces.cli.deid import deid
from wardround.interfaces.cli.demo import demo
from wardround.interfaces.cli.doctor import doctor
from wardround.interfaces.cli.evaluate import evaluate
from wardround.interfaces.cli.exits import Debugging, Exit, guarded, taught
from wardround.interfaces.cli.governance import governance
from wardround.interfaces.cli.importing import import_
from wardround.interfaces.cli.keys import keys
from wardround.interfaces.cli.models import models
from wardround.interfaces.cli.people import people, tokens
from wardround.interfaces.cli.privacy import privacy
from wardround.interfaces.cli.retain import retain
from wardround.interfaces.cli.risk import risk
from wardround.interfaces.cli.serve import serve
from wardround.interfaces.cli.terms import terms
from wardround.interfaces.cli.visit import visit

app = typer.Typer(
    name="wardround",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)

for name, command, short in (
    ("visit", visit, "Draft the note of one visit."),
    ("batch", batch, "Run a capability over many records."),
    ("serve", serve, "Serve the workspace."),
    ("demo", demo, "Serve a sample clinic of invented patients."),
    ("import", import_, "Take FHIR bundles into the chart."),
    ("backup", backup, "Write everything to one sealed file."),
    ("restore", restore, "Put a backup back."),
    ("retain", retain, "Show or destroy what is past its time."),
    ("doctor", doctor, "Check what is installed and set."),
    ("evaluate", evaluate, "Measure a capability on published data."),
):
    app.command(name, help=taught(command), short_help=short)(guarded(command))
app.add_typer(data, name="data")
app.add_typer(people, name="people")
app.add_typer(tokens, name="tokens")
app.add_typer(audit, name="audit")
app.add_typer(keys, name="keys")
app.add_typer(privacy, name="privacy")
app.add_typer(complaints, name="complaints")
app.add_typer(deid, name="deid")
app.add_typer(models, name="models")
app.add_typer(risk, name="risk")
app.add_typer(governance, name="governance")
app.add_typer(terms, name="terms")
app.add_typer(claim, name="claim")
app.add_typer(coding, name="coding")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"wardround {__version__}")
        raise typer.Exit


def common(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback where a command fails.")
    ] = False,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Wardround: AI drafts, a clinician signs.

    Try it:
      wardround visit docs/examples/visit.txt    draft one note, with its evidence
      wardround demo                             a sample clinic in the browser
      wardround doctor                           what is installed, what is missing

    Results go to standard output, everything else to standard error.
    Exit codes: 0 done, 1 something is wrong, 2 usage, 3 abstained; docs/cli.md has the rest.
    """
    Debugging.on = debug


app.callback(help=taught(common))(common)


def main() -> None:
    """Run the command line; the door of the ``wardround`` script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
