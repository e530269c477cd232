"""``wardround governance adoption``: what people do with drafts, of groups and of nobody alone."""

from typing import Annotated

import typer


def adoption(
    days: Annotated[int, typer.Option(min=1, help="Drafts of so many days.")] = 90,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Say what people do with drafts: signed as they are, changed, rejected, signed over warnings.

    Of each model. Rates from twenty drafts on; times, hours and reading from five people on.

    Examples:
      wardround governance adoption
      wardround governance adoption --days 30 --json

    """
    from datetime import timedelta

    from wardround.bootstrap import adoption_of, at_rest
    from wardround.interfaces.cli.console import write, write_json
    from wardround.settings import read_settings

    with at_rest(read_settings()) as wardround:
        found = adoption_of(wardround, wardround.clock() - timedelta(days=days))
    if as_json:
        write_json([one.model_dump(mode="json") for one in found])
        return
    for one in found:
        write(f"{one.capability}\t{one.model} {one.version}\t{one.drafts:,} drafts")
        for rate in (*one.rates, *one.rules):
            share = "" if rate.share is None else f"\t{100 * rate.share.value:.0f} %"
            write(f"  {rate.says}\t{rate.hits:,} of {rate.n:,}{share}")
        if one.kept_back:
            write(f"  {one.kept_back}")
