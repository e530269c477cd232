"""The safeguards of the HIPAA Security Rule: every clause, and how it stands today."""

from wardround.privacy.safeguards.clauses import (
    TITLES,
    By,
    Clause,
    Duty,
    Section,
    Standard,
    find_clause,
    read_clauses,
    read_sections,
)
from wardround.privacy.safeguards.judging import (
    Fact,
    Judged,
    Verdict,
    count_verdicts,
    judge,
    judge_all,
)
from wardround.privacy.safeguards.report import report_pdf
from wardround.privacy.safeguards.statements import Statement, Statements

__all__ = [
    "TITLES",
    "By",
    "Clause",
    "Duty",
    "Fact",
    "Judged",
    "Section",
    "Standard",
    "Statement",
    "Statements",
    "Verdict",
    "count_verdicts",
    "find_clause",
    "judge",
    "judge_all",
    "read_clauses",
    "read_sections",
    "report_pdf",
]
