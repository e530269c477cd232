"""How easily somebody in a cohort is told from the others: help for an Expert Determination."""

from wardround.privacy.cohort.reading import Cohort, read_cohort
from wardround.privacy.cohort.report import report_pdf, write_report
from wardround.privacy.cohort.risk import Risk, coarsened, measure_risk

__all__ = [
    "Cohort",
    "Risk",
    "coarsened",
    "measure_risk",
    "read_cohort",
    "report_pdf",
    "write_report",
]
