"""``wardround governance readers``: what readers do with the AI and without it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Method(StrEnum):
    """How the covariances of areas are had."""

    jackknife = "jackknife"
    delong = "delong"


def readers(  # noqa: PLR0913 - each is an option
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The readers' answers.")],
    *,
    report: Annotated[
        list[Path] | None,
        typer.Option(metavar="OUT", help="Write .html, .pdf or .json; give it once for each."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the study is called.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="From this rating on, a reader calls the disease.")
    ] = None,
    ai_threshold: Annotated[
        float | None, typer.Option(help="From this score on, the AI calls it.")
    ] = None,
    method: Annotated[Method, typer.Option(help="Covariances of areas.")] = Method.jackknife,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="Keep only cases that every reader read in both arms."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Analyse a reader study: every reader reads every case, without the AI and with it.

    Columns: case, reader, arm (unaided or aided), rating (0 to 100), truth (0 or 1); and, if there
    are any, seconds, ai_score, ai_call (0 or 1), marks ("x y rating; x y rating") and lesions
    ("x y radius").

    Area under the ROC curve by Obuchowski and Rockette, sensitivity and specificity, automation
    bias and under-reliance, agreement, time, FROC.

    Examples:
      wardround governance readers answers.csv --report study.html
      wardround governance readers answers.csv --threshold 50 --report study.pdf --report study.json

    """
    from wardround.governance.readers import Study, analyse, read_answers, write_study
    from wardround.interfaces.cli.console import note, write, write_json
    from wardround.interfaces.cli.reader_words import lines
    from wardround.kernel import system_clock

    study = Study.of(read_answers(file), file.name, complete=complete)
    found = analyse(study, threshold=threshold, ai_threshold=ai_threshold, method=method.value)
    for out in report or ():
        write_study(out, found, name or file.stem, system_clock().date())
        note(str(out))
    if as_json:
        write_json(found.model_dump(mode="json"))
        return
    for line in lines(found):
        write(line)
