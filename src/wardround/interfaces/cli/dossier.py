"""``wardround governance dossier``: a folder for whoever answers to a regulator."""

from pathlib import Path
from typing import Annotated

import typer


def dossier(
    capability: Annotated[
        str, typer.Argument(metavar="CAPABILITY", help="Such as documentation or risk.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to make.")],
    report: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A validation report to enclose; give it once for each."),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What a run of the tests printed (pytest -rA)."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an older dossier of this name.")
    ] = False,
) -> None:
    """Write the dossier of a capability: what a submission to a regulator begins with.

    Chapters after FDA's draft guidance on AI-enabled device software functions, the IMDRF category,
    Good Machine Learning Practice, hazards with the tests of their controls, requirements with
    theirs, the bill of materials as CycloneDX, a pre-submission, and where Annex IV of the EU AI
    Act is answered. What nobody wrote is "not provided". The folder appears whole or not at all.

    Examples:
      wardround governance dossier documentation --out dossier
      wardround governance dossier risk --out dossier --report validation.html --force

    """
    from wardround.bootstrap import make_dossier
    from wardround.interfaces.cli.console import note, write

    made = make_dossier(capability, out, force=force, reports=report or (), results=results)
    write(str(out))
    blank = made.asked - made.answered
    note(f"{len(made.files)} files; {made.answered} of {made.asked} questions are answered.")
    note(f"{blank} are not provided: README.md lists them, each with who owes it.")
