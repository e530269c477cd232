"""``wardround risk``: a learned model trained, and held against another site's patients."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardround.interfaces.cli.exits import guarded, taught

if TYPE_CHECKING:
    from wardround.governance.validation import Validation

risk = typer.Typer(
    help="Train and validate learned risk models.", no_args_is_help=True, rich_markup_mode=None
)

MEASURES = (("auroc", "AUROC"), ("brier", "Brier"), ("slope", "slope"), ("o_to_e", "O:E"))


def train(
    spec: Annotated[Path, typer.Argument(metavar="SPEC.yaml", help="What the model is to be.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the model goes.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="TABLE.csv", help="A row for each patient.")
    ] = None,
    bundles: Annotated[
        Path | None,
        typer.Option("--bundles", metavar="DIR", help="Charts instead: a FHIR bundle for each."),
    ] = None,
    test: Annotated[
        Path | None,
        typer.Option("--test", metavar="TABLE.csv", help="Held out, in place of the spec's split."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a model's folder that is there.")
    ] = False,
) -> None:
    """Train a model as its spec says, hold it against patients it has not seen, and write both.

    FOLDER gets model.skops, spec.yaml, card.yaml (with what people have to answer left blank),
    report.html, report.pdf, report.json, reference.json for monitoring, and training.json. It
    appears when all of it is there. A table that cannot be learned from is refused with the reason.

    Examples:
      wardround risk train docs/examples/readmission.yaml --data stays.csv --out readmission
      wardround risk train spec.yaml --data cleveland.csv --test hungary.csv --out heart
      wardround risk train spec.yaml --bundles charts --out model --force

    docs/models.md leads from a table to a model in use.

    """
    from wardround.interfaces.cli.console import note, write
    from wardround.kernel import system_clock
    from wardround.learning import Plan, train_model

    if (data is None) == (bundles is None):
        raise typer.BadParameter("Name a table or a folder of bundles.", param_hint="--data")
    source = bundles if data is None else data
    if source is None:
        return
    plan = Plan(spec, source, out, test, bundles=bundles is not None, instead=force)
    made = train_model(plan, system_clock().astimezone().date(), note)
    write(f"{made.name} {made.version}, sha256 {made.digest}")
    write(f"Nested cross-validation ({made.learned_from:,} rows): AUROC {made.nested_auroc:.3f}")
    _say("Held out", made.found)
    write(f"Read {out / 'report.html'}, and complete {out / 'card.yaml'}.")


def validate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The model's folder.")],
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", help="Patients of another site.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the report goes.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write over a report's folder that is there.")
    ] = False,
) -> None:
    """Hold a model against another site's patients: as it is, and as it would be recalibrated.

    FOLDER gets report.html, report.pdf and report.json. Recalibrated predictions are of patients
    that the recalibration had not seen, in five turns.

    Example:
      wardround risk validate readmission other-site.csv --out readmission-there

    """
    from wardround.interfaces.cli.console import note, write
    from wardround.kernel import system_clock
    from wardround.learning import validate_model

    today = system_clock().astimezone().date()
    held = validate_model(folder, data, out, today, note, instead=force)
    _say("As it is", held.found)
    for one in held.found.compared:
        slope = f", slope {one.slope.value:.2f}" if one.slope else ""
        write(
            f"Recalibrated: AUROC {one.auroc.value:.3f}, Brier {one.brier.value:.3f}{slope}, "
            f"O:E {one.o_to_e.value:.2f}"
        )
    for doubt in (*held.doubts, *filter(None, [held.alone])):
        note(doubt)
    write(f"Read {out / 'report.html'}.")


def _say(what: str, found: "Validation") -> None:
    from wardround.interfaces.cli.console import write

    told = []
    for key, name in MEASURES:
        one = found.overall.get(key)
        if one is not None:
            between = "" if one.low is None else f" ({one.low:.3f} to {one.high:.3f})"
            told.append(f"{name} {one.value:.3f}{between}")
    write(f"{what} ({found.n:,} patients, {found.events:,} with the outcome): {', '.join(told)}")


for name, command, short in (
    ("train", train, "Train a model and write its report."),
    ("validate", validate, "Hold a model against another site."),
):
    risk.command(name, help=taught(command), short_help=short)(guarded(command))
