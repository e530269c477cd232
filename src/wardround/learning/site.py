"""A model held against another site's table, as it is and recalibrated there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from wardround.capabilities.risk import Learned
from wardround.disk import folder_appearing
from wardround.learning.training import read_data, refuse_place
from wardround.learning.validating import Held, hold_against, write_reports

REPORTS = ("report.html", "report.json", "report.pdf")


def validate_model(
    folder: Path,
    data: Path,
    out: Path,
    today: date,
    tell: Callable[[str], None],
    *,
    instead: bool = False,
) -> Held:
    """Hold a model against a table and write the report; raise ``InvalidInput`` before that."""
    refuse_place(out, REPORTS, instead=instead)
    learned = Learned.in_folder(folder)
    table, source = read_data(learned.spec, data, tell)
    tell("Holding it against these patients, as it is and recalibrated in five turns.")
    held = hold_against(learned.trained, table, recalibrated=True)
    with folder_appearing(out, instead=instead) as made:
        tell("Writing the report.")
        write_reports(made, learned.trained, learned.model.digest, source, held, today)
    return held
