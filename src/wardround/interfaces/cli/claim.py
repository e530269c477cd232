"""``wardround claim``: claims to files for payers, and payers' files read."""

import typer

from wardround.interfaces.cli.claim_export import export
from wardround.interfaces.cli.claim_read import read
from wardround.interfaces.cli.claim_scrub import rules, scrub
from wardround.interfaces.cli.exits import guarded, taught

claim = typer.Typer(
    help="Write claim files (837); read them and what payers answer.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
claim.command("export", help=taught(export), short_help="Write claims as an 837 file.")(
    guarded(export)
)
claim.command("read", help=taught(read), short_help="Read an 837, 835, 999 or 277CA.")(
    guarded(read)
)
claim.command("scrub", help=taught(scrub), short_help="Find what payers would return.")(
    guarded(scrub)
)
claim.command("rules", help=taught(rules), short_help="Print the scrubber's rules.")(guarded(rules))
