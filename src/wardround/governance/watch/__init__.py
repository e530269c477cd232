"""The watch over models in use: outcomes as they arrive, and the checks made each day."""

from wardround.governance.watch.charts import control_chart, sparkline
from wardround.governance.watch.looks import Look, Looks, Watched
from wardround.governance.watch.outcomes import Outcomes, Taken
from wardround.governance.watch.prediction import Prediction, Value, prediction_of
from wardround.governance.watch.reported import Reported, read_reports
from wardround.governance.watch.spread import (
    FIRST,
    Spread,
    Spreads,
    first_spreads,
    read_spreads,
    spreads_of,
)
from wardround.governance.watch.watching import checks_of

__all__ = [
    "FIRST",
    "Look",
    "Looks",
    "Outcomes",
    "Prediction",
    "Reported",
    "Spread",
    "Spreads",
    "Taken",
    "Value",
    "Watched",
    "checks_of",
    "control_chart",
    "first_spreads",
    "prediction_of",
    "read_reports",
    "read_spreads",
    "sparkline",
    "spreads_of",
]
