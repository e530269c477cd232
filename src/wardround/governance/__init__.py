"""What every model lives under: its validation, and the watch kept over it."""

from wardround.governance.monitoring import (
    Check,
    Reference,
    calibration,
    gap,
    ks,
    observed_less_expected,
    psi,
    rate,
    shift,
)
from wardround.governance.validation import (
    About,
    Measured,
    Predictions,
    Validation,
    report_html,
    report_pdf,
    tripod_items,
    validate,
    write_report,
)

__all__ = [
    "About",
    "Check",
    "Measured",
    "Predictions",
    "Reference",
    "Validation",
    "calibration",
    "gap",
    "ks",
    "observed_less_expected",
    "psi",
    "rate",
    "report_html",
    "report_pdf",
    "shift",
    "tripod_items",
    "validate",
    "write_report",
]
