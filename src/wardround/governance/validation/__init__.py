"""Predictions held against what happened: measures with intervals, and their report."""

from wardround.governance.validation.about import About, tripod_items
from wardround.governance.validation.model import Measured, Validation
from wardround.governance.validation.predictions import Predictions
from wardround.governance.validation.report import report_html, report_pdf, write_report
from wardround.governance.validation.service import validate

__all__ = [
    "About",
    "Measured",
    "Predictions",
    "Validation",
    "report_html",
    "report_pdf",
    "tripod_items",
    "validate",
    "write_report",
]
