"""``wardround models``: the registry of models, from the machine itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught
from wardround.interfaces.cli.model_adding import add
from wardround.interfaces.cli.model_cards import card
from wardround.interfaces.cli.model_registry import By, acting, figures, opened
from wardround.interfaces.cli.model_siting import recalibrate

if TYPE_CHECKING:
    from wardround.kernel import Stage

models = typer.Typer(
    no_args_is_help=True,
    help="See, register, approve and switch models; roll back to the version before.",
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The model, such as news2.")]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason; it is kept.")]
Which = Annotated[
    str | None,
    typer.Option("--version", metavar="VERSION", help="Which version. [default: the newest]"),
]


def list_() -> None:
    """List the versions of every model: capability, name, version, stage, since.

    Example:
      wardround models list

    """
    from wardround.interfaces.cli.console import write

    with opened(writes=False) as (_, _, registry):
        for one in registry.stages():
            device = "  device function" if one.device else ""
            what = f"{one.capability:14} {one.name:26} {one.version:28}"
            write(f"{what} {one.stage:8} {one.since:%Y-%m-%d}{device}")


def show(name: Name) -> None:
    """Show a model: its versions, approvals, files, and every switch.

    Example:
      wardround models show news2

    """
    from wardround.interfaces.cli.console import write

    with opened(writes=False) as (_, _, registry):
        approvals, files = registry.approvals(name), registry.files(name)
        versions = registry.versions(name)
        for one in versions:
            people = f" for {', '.join(one.people)}" if one.people else ""
            write(f"{one.name} {one.version}: {one.stage}{people}")
            write(f"  sha256 {one.digest}")
            write(f"  made with {one.code or 'not provided'}")
            for source in one.data:
                write(f"  data {source.name} {source.sha256}")
            for said in approvals:
                if said.model == one.id:
                    write(f"  approved by {said.by}, {said.at:%Y-%m-%d %H:%M}: {said.words}")
            for kept in files:
                if kept.model == one.id:
                    write(f"  {kept.kind} {kept.name} {kept.sha256}")
        known = {one.id: one.version for one in versions}
        for turn in registry.history(name):
            who = turn.by or "Wardround"
            went = f"{turn.before} to {turn.after}"
            write(f"{turn.at:%Y-%m-%d %H:%M}  {known[turn.model]}  {went}  {who}: {turn.why}")


def register(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="As wardround risk train writes it.")
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
    """Register a trained model, with its card, spec and reports; it is off.

    The model's file is copied into the home folder. One that is not what its card describes, or
    that holds anything but plain arrays, is refused, and nothing of it stays.

    Examples:
      wardround models register readmission --by noah.lindqvist
      wardround models register readmission-2 --by noah.lindqvist --change recalibration

    """
    from wardround.bootstrap import register_folder
    from wardround.interfaces.cli.console import note, write
    from wardround.security import Action

    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SEE_MODELS)
        made = register_folder(registry, settings.home, folder, actor, change=change, code=code)
    write(f"{made.name} {made.version}, sha256 {made.digest}")
    note(f"It is off. Next: wardround models switch {made.name} shadow --why … --by …")


def validate(
    name: Name,
    table: Annotated[
        Path, typer.Argument(metavar="TABLE.csv", help="Patients it has not seen, with outcomes.")
    ],
    by: By,
    version: Which = None,
) -> None:
    """Measure a learned model's own file on a table, and keep the figures with the version.

    They carry the sha256 of the table: a change control plan asks for that of its test set. No row
    of the table is kept. For a model of images the table has the path of each image, beside it, and
    a column of 0 and 1 for each finding, by its code.

    Examples:
      wardround models validate readmission ours-2025.csv --by mei.tanaka
      wardround models validate chest-findings images.csv --by mei.tanaka

    """
    from wardround.bootstrap import is_of_images, measure
    from wardround.interfaces.cli.console import write
    from wardround.interfaces.cli.model_adding import measured
    from wardround.security import Action

    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SEE_MODELS)
        one = registry.version(name, version)
        if is_of_images(one):
            lines = measured(registry, settings, one, table, actor)
        else:
            found = measure(registry, settings.home, one, table, actor)
            of = f"{found.n} patients, {found.events} with the outcome"
            lines = [f"{of}: {figures(found)}"]
    for line in lines:
        write(line)


def approve(
    name: Name,
    words: Annotated[str, typer.Option("--words", help="What was looked at, and what was found.")],
    by: By,
    version: Which = None,
) -> None:
    """Approve a version; who registered it cannot.

    Example:
      wardround models approve readmission --words "Read its report." --by mei.tanaka

    """
    from wardround.interfaces.cli.console import note
    from wardround.security import Action

    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SWITCH_MODELS)
        one = registry.version(name, version)
        registry.approve(one, words, actor)
    note(f"{one.name} {one.version} is approved by {actor.name}.")


def switch(
    name: Name,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="off, shadow, limited or live.")],
    why: Why,
    by: By,
    version: Which = None,
    person: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="USERNAME", help="Whom a limited model is for; repeat."),
    ] = None,
    statement: Annotated[
        str,
        typer.Option(
            "--statement", metavar="WORDS", help="That it is used as a device, and by whom."
        ),
    ] = "",
) -> None:
    """Put a version into a stage; another version of the name that is on is switched off.

    Examples:
      wardround models switch readmission shadow --why "Watch it." --by mei.tanaka
      wardround models switch news2 live --why "Wards use it." --by mei.tanaka \
        --statement "Used as a device; the chief medical officer answers for it."

    """
    from wardround.interfaces.cli.console import note
    from wardround.security import Action

    wanted = _stage(stage)
    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SWITCH_MODELS)
        one = registry.version(name, version)
        made = registry.switch(one.id, wanted, why, actor, people=person or (), statement=statement)
    note(f"{made.name} {made.version} is {made.stage}.")


def roll_back(name: Name, why: Why, by: By) -> None:
    """Make the version live that was live before, and switch off what is on now.

    Example:
      wardround models rollback readmission --why "Too many alerts." --by mei.tanaka

    """
    from wardround.interfaces.cli.console import note
    from wardround.security import Action

    with opened() as (tx, settings, registry):
        actor = acting(tx, settings, by, Action.SWITCH_MODELS)
        made = registry.roll_back(name, why, actor)
    note(f"{made.name} {made.version} is {made.stage} again.")


def _stage(text: str) -> "Stage":
    from wardround.kernel import InvalidInput, Stage

    try:
        return Stage(text.strip().lower())
    except ValueError:
        known = ", ".join(Stage)
        raise InvalidInput(
            "There is no such stage.", where="STAGE", mend=f"It is {known}."
        ) from None


for command, called in (
    (list_, "list"),
    (show, "show"),
    (add, "add"),
    (register, "register"),
    (validate, "validate"),
    (recalibrate, "recalibrate"),
    (approve, "approve"),
    (switch, "switch"),
    (roll_back, "rollback"),
    (card, "card"),
):
    models.command(called, help=taught(command))(guarded(command))
