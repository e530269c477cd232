"""``wardround models add``: a model of images taken into the home folder and the registry."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.model_registry import By, acting, figures, opened

if TYPE_CHECKING:
    from wardround.governance.registry import Registered, Registry
    from wardround.kernel import Actor
    from wardround.settings import Settings


def add(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="With manifest.yaml, card.yaml and the ONNX files."),
    ],
    by: By,
    change: Annotated[
        str | None,
        typer.Option("--change", metavar="KIND", help="The kind of change, by the model's plan."),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="COMMIT", help="The commit it was trained with."),
    ] = None,
) -> None:
    """Add a model of images, ONNX with a manifest and a card, or a MONAI bundle; it is off.

    The folder is copied into the home folder under its sha256, tried out on a plain image, and
    registered. One that is not what its manifest says, that asks for operators which do not come
    with onnxruntime, or that does not answer is refused, and nothing of it stays. The same folder
    again changes nothing. Of a MONAI bundle the manifest is made where it says enough; what is
    missing is listed, and nothing is guessed.

    Examples:
      wardround models add chest-findings --by noah.lindqvist
      wardround models add bundles/breast_density --by noah.lindqvist

    """
    from wardround.bootstrap import add_model
    from wardround.interfaces.cli.console import note, write
    from wardround.security import Action

    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SEE_MODELS)
        made, remarks = add_model(registry, settings.home, folder, actor, change=change, code=code)
    write(f"{made.name} {made.version}, sha256 {made.digest}")
    for one in remarks:
        note(one)
    next_ = f" Next: wardround models switch {made.name} shadow --why … --by …"
    note(f"It is {made.stage}.{next_ if made.stage == 'off' else ''}")


def measured(
    registry: "Registry", settings: "Settings", one: "Registered", table: Path, by: "Actor"
) -> list[str]:
    """Measure a model of images on a table of images, and return what was found, line by line."""
    from wardround.bootstrap import measure_images

    said = measure_images(registry, settings.home, one, table, by, provider=settings.onnx_provider)
    lines = [
        f"{code}: {found.n} images, {found.events} with the finding: {figures(found)}"
        for code, found in said.found.items()
    ]
    lines += [f"{count} left out: {why}" for why, count in said.left_out.most_common()]
    return lines
