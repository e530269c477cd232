"""Reader studies: what readers do with the AI and without it, and the report."""

from wardround.governance.readers.model import Compared, Contrast, ReaderStudy
from wardround.governance.readers.reading import read_answers
from wardround.governance.readers.report import study_html, study_pdf, write_study
from wardround.governance.readers.service import analyse
from wardround.governance.readers.study import Study

__all__ = [
    "Compared",
    "Contrast",
    "ReaderStudy",
    "Study",
    "analyse",
    "read_answers",
    "study_html",
    "study_pdf",
    "write_study",
]
