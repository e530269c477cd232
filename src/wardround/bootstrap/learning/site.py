"""A model's folder opened, and held against another site's table."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from wardround.bootstrap.learning.training import read_data, refuse_place
from wardround.bootstrap.learning.validating import Held, hold_against, write_reports
from wardround.capabilities.risk import Learned
from wardround.disk import folder_appearing
from wardround.kernel import InvalidInput

REPORTS = ("report.html", "report.json", "report.pdf")
_DIGEST = re.compile(r"""^digest: ["']?([0-9a-f]{64})["']?\s*$""", re.MULTILINE)


def open_model(folder: Path) -> Learned:
    """Return the model of a folder; refuse one whose file is not that of its card."""
    card = folder / "card.yaml"
    if not card.is_file():
        raise InvalidInput(
            "This is no model's folder: it has no card.yaml.",
            where=str(folder),
            mend="Name a folder that wardround risk train made.",
        )
    said = _DIGEST.search(card.read_text("utf-8", errors="replace"))
    if said is None:
        raise InvalidInput(
            "The card does not say the digest of its model.",
            where=str(card),
            mend="Bring the card back as it was trained; train again if it is lost.",
        )
    return Learned.open(folder / "model.skops", said[1])


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
    learned = open_model(folder)
    table, source = read_data(learned.spec, data, tell)
    tell("Holding it against these patients, as it is and recalibrated in five turns.")
    held = hold_against(learned.trained, table, recalibrated=True)
    with folder_appearing(out, instead=instead) as made:
        tell("Writing the report.")
        write_reports(made, learned.trained, learned.model.digest, source, held, today)
    return held
