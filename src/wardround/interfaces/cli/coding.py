"""``wardround coding``: what coders changed, for evaluation and learning."""

from pathlib import Path
from typing import Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

coding = typer.Typer(
    help="What coders changed in drafts of codes.", no_args_is_help=True, rich_markup_mode=None
)


def feedback(
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="Where to write.")],
) -> None:
    """Write what coders did with each suggested code, one a line, without PHI.

    Each line is {"visit", "model", "version", "setting", "suggested", "score", "auto", "did",
    "code", "rank", "reason"}: did is kept, accepted, replaced, rejected or added; reason is its
    kind. No line has a word of a note, a name, a number of a record or a date.

    Examples:
      wardround coding feedback feedback.jsonl

    """
    from wardround.bootstrap import at_rest, export_feedback
    from wardround.interfaces.cli.console import write
    from wardround.settings import read_settings

    with at_rest(read_settings()) as wardround:
        count = export_feedback(wardround, out)
    write(f"{count:,} decisions written to {out}.")


coding.command("feedback", help=taught(feedback), short_help="Write what coders changed.")(
    guarded(feedback)
)
