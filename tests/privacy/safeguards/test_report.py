"""The report that an auditor gets."""

from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader

from wardround.privacy.safeguards import Fact, Statement, judge_all, read_clauses, report_pdf

AT = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
CLAUSES = [clause for clause in read_clauses() if clause.duty]


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_tells_of_every_clause_when_and_of_which_version() -> None:
    said = Statement(
        clause="164.308(a)(2)",
        version=1,
        says="Ruth <b> & others",
        document="Minutes",
        review=date(2027, 2, 1),
        applies=True,
        at=AT,
        by="ruth",
    )
    wrong = Fact(says="No backup was made yet.", state="wrong", mend="Run: wardround backup.")
    judged = judge_all(CLAUSES, {"backups": (wrong,)}, {said.clause: said}, AT.astimezone().date())
    text = text_of(report_pdf(judged, AT, "9.8.7", {"ruth": "Ruth Okafor"}.__getitem__))
    assert "Wardround 9.8.7" in text
    assert f"{AT.astimezone():%Y-%m-%d %H:%M}" in text
    for clause in CLAUSES:
        assert clause.title in text, clause.citation
        assert clause.citation in text
    assert "No backup was made yet. Run: wardround backup." in text
    assert "Ruth <b> & others Document: Minutes. Review by 1 February 2027. Ruth Okafor" in text
    assert "Not written down: The policy, and a record of each sanction." in text
