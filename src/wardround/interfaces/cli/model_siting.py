"""``wardround models recalibrate``: the shipped model of chest X-rays set anew for this site."""

from pathlib import Path
from typing import Annotated

import typer

from wardround.interfaces.cli.model_registry import By, acting, opened


def recalibrate(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The model: wardround-chest.")],
    table: Annotated[
        Path,
        typer.Argument(metavar="TABLE.csv", help="Images of this site, and what they showed."),
    ],
    by: By,
    share: Annotated[
        float | None,
        typer.Option(
            "--share", metavar="SHARE", help="How common the finding is here, between 0 and 1."
        ),
    ] = None,
) -> None:
    """Set the shipped model of chest X-rays anew from labelled images of this site.

    The table has the path of each image, beside it, and a column of 0 and 1 by the code of the
    finding. From 20 images on, five of either outcome, the log-odds are shifted; from 50 of either
    on the bounds are those of the site, and coverage is promised. How common the finding is among
    these images is not learned from: declare it. Use other images to measure it afterwards.

    What was set is kept with the version and used by what is started from then on. The same again
    from another table takes its place: it is always learned from the model as it came.

    Examples:
      wardround models recalibrate wardround-chest images.csv --by mei.tanaka
      wardround models recalibrate wardround-chest images.csv --share 0.12 --by mei.tanaka

    """
    from wardround.bootstrap import recalibrate_images
    from wardround.interfaces.cli.console import note, write
    from wardround.security import Action

    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SWITCH_MODELS)
        one = registry.version(name, None)
        done = recalibrate_images(registry, settings.home, one, table, actor, share)
    healthy, ill = done.site.cases
    write(f"{healthy} images without and {ill} with the finding")
    write(f"log-odds shifted by {done.site.offset:+.3f}; share declared {done.site.prevalence:.3f}")
    write(done.promise)
    for why, count in done.left_out.most_common():
        write(f"{count} left out: {why}")
    note("It is used by what is started from now on. Measure it on other images.")
