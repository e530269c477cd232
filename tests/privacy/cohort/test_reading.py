from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from wardround.kernel import InvalidInput, NotFound
from wardround.privacy.cohort import (
    Cohort,
    measure_risk,
    read_cohort,
    report_pdf,
    write_report,
)
from wardround.privacy.cohort.content import sections

DAY = date(2026, 11, 24)


def test_the_same_from_both_forms(tmp_path: Path) -> None:
    table, lines = tmp_path / "a.csv", tmp_path / "a.jsonl"
    table.write_bytes("\ufeffage,sex\r\n34, f\r\n,m\r\n".encode())
    lines.write_text('{"age": 34, "sex": "f"}\n\n{"age": null, "sex": "m"}\n')
    assert read_cohort(table, DAY) == read_cohort(lines, DAY)
    assert read_cohort(table, DAY).rows[1] == {"age": "", "sex": "m"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "", "nobody"),
        ("a.csv", "age,sex\n", "nobody"),
        ("a.csv", "age,age\n1,2\n", "name of its own"),
        ("a.csv", "age,sex\n1\n", "line 2"),
        ("a.csv", "age,sex\n1,2,3\n", "line 2"),
        ("a.csv", 'age\n"1\n', "not CSV"),
        ("a.csv", "age\n\xff\n", "UTF-8"),
        ("a.jsonl", '{"a": 1}\n[1]\n', "line 2"),
        ("a.jsonl", '{"a": 1}\n{"a"\n', "line 2"),
        ("a.json", "[1]", "no FHIR"),
        ("a.json", '{"resourceType": "Bundle"}', "nobody"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidInput, match=said) as refused:
        read_cohort(tmp_path / name, DAY)
    assert name in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_cohort(tmp_path / "none.csv", DAY)


def test_the_report_tells_counts_and_no_values() -> None:
    cohort = Cohort.of(
        {"birth": f"19{n}-03-0{n % 9 + 1}", "sex": "mf"[n % 2], "dx": "heliotrope" + "ab"[n % 2]}
        for n in range(50, 90)
    )
    risk = measure_risk(cohort, ["birth", "sex"], "dx", 4000)
    report = write_report(cohort, risk, date(2026, 11, 24), "cohort.csv", "dx")
    assert "| k-anonymity (smallest class) | 1 |" in report
    assert "| Alone in their class | 40 (100.00%) |" in report
    assert "| without `birth` | 20 | 0 | 0 |" in report
    assert "`birth` coarser" in report
    assert "heliotrope" not in report
    assert "1950" not in report
    assert "This report determines nothing." in report


def test_the_report_as_a_pdf_says_the_same_and_leaves_room_to_sign() -> None:
    cohort = Cohort.of({"birth <&>": f"19{n}-03-01", "dx": "heliotrope"} for n in range(50, 90))
    risk = measure_risk(cohort, ["birth <&>"], "dx", 4000)
    pdf = PdfReader(BytesIO(report_pdf(cohort, risk, DAY, "cohort <1>.csv", "dx")))
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Risk of re-identification"
    for section in sections(cohort, risk, DAY, "cohort <1>.csv", "dx"):
        cells = [cell for row in section.table for cell in row]
        for words in (section.heading, *section.words, *section.points, *cells, *section.blanks):
            assert words.replace("`", "") in said, words
    assert "heliotrope" not in said


def test_the_report_with_one_column() -> None:
    cohort = Cohort.of([{"x": "red"}, {"x": "red"}])
    report = write_report(cohort, measure_risk(cohort, ["x"]), date(2026, 1, 1), "a")
    assert report_pdf(cohort, measure_risk(cohort, ["x"]), DAY, "a").startswith(b"%PDF-")
    assert "nothing to coarsen" in report
    assert "not said" in report
