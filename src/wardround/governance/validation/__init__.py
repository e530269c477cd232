"""Predictions held against what happened: measures with intervals, and their report."""

from wardround.governance.validation.about import NOT_PROVIDED, About, tripod_items
from wardround.governance.validation.axes import Axes
from wardround.governance.validation.calibrating import chance, logit
from wardround.governance.validation.content import Report
from wardround.governance.validation.model import Gap, Measured, Validation
from wardround.governance.validation.page import page
from wardround.governance.validation.paper import paper
from wardround.governance.validation.picture import Line, Picture, svg
from wardround.governance.validation.predictions import Column, Floats, Predictions
from wardround.governance.validation.proportions import newcombe, wilson
from wardround.governance.validation.report import report_html, report_pdf, write_report
from wardround.governance.validation.section import Section, Table
from wardround.governance.validation.service import validate
from wardround.governance.validation.wording import MEASURES, number, share

__all__ = [
    "MEASURES",
    "NOT_PROVIDED",
    "About",
    "Axes",
    "Column",
    "Floats",
    "Gap",
    "Line",
    "Measured",
    "Picture",
    "Predictions",
    "Report",
    "Section",
    "Table",
    "Validation",
    "chance",
    "logit",
    "newcombe",
    "number",
    "page",
    "paper",
    "report_html",
    "report_pdf",
    "share",
    "svg",
    "tripod_items",
    "validate",
    "wilson",
    "write_report",
]
