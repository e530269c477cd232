"""The report of a reader study, and the example that stands in the documents."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.governance.readers.made import lines, study
from tests.governance.validation.test_report import texts
from tests.house.sources import ROOT
from wardround.governance.readers import (
    ReaderStudy,
    Study,
    analyse,
    read_answers,
    study_html,
    study_pdf,
    write_study,
)
from wardround.kernel import Conflict, InvalidInput

TODAY = date(2026, 11, 28)
EXAMPLE = ROOT / "docs/examples/readers.csv"


@pytest.fixture(scope="module")
def found() -> ReaderStudy:
    return analyse(Study.of(read_answers(EXAMPLE), EXAMPLE.name), threshold=50)


@pytest.fixture(scope="module")
def page(found: ReaderStudy) -> str:
    return study_html(found, "chest <X-rays>", TODAY).decode()


def test_the_page_loads_nothing_and_escapes(page: str) -> None:
    assert not re.search(r"<script|<link|<img|url\(|@import|https?:", page)
    assert "default-src 'none'" in page
    assert "chest &lt;X-rays&gt;" in page


def test_the_page_says_what_was_found(found: ReaderStudy, page: str) -> None:
    assert f"mean area under the ROC curve was {found.auc.unaided.value:.3f}" in page
    assert "for readers and cases like these" in page
    bias = found.switches[0].overall
    assert f"was wrong in {bias.hits} of {bias.n} answers" in page
    assert page.count('<svg class="plot"') == len(found.readers) + 1 + 2
    for words in ("Fleiss", "Krippendorff", "With : without", "AFROC", found.sha256):
        assert words in page


def test_the_paper_says_the_same(found: ReaderStudy) -> None:
    told = " ".join(" ".join(texts(study_pdf(found, "chest", TODAY))).split())
    assert f"{found.auc.aided.value:.3f}" in told
    assert "4. Reliance on the AI" in told


def test_what_is_thin_is_said(tmp_path: Path) -> None:
    rows = lines(readers=1, cases=3)
    page = study_html(analyse(study(tmp_path, rows)), "small", TODAY).decode()
    for words in (
        "1 of all possible readers",
        "3 cases with the disease and 3 without are few",
        "No threshold was given: the middle of the ratings",
        "for this reader and cases like these",
        "One reader agrees with nobody.",
        "No marks were handed in.",
        "Not measured: no times",
        "Not measured: the file has no call of the AI",
    ):
        assert words in page


def test_left_out_cases_are_said(tmp_path: Path) -> None:
    rows = [row for row in lines() if not row.startswith("c3,R1,aided")]
    page = study_html(analyse(study(tmp_path, rows, complete=True)), "small", TODAY).decode()
    assert "1 of 16 cases were left out for it." in page


def test_it_is_written_whole_and_read_back(found: ReaderStudy, tmp_path: Path) -> None:
    out = tmp_path / "study.json"
    write_study(out, found, "chest", TODAY)
    assert ReaderStudy.model_validate_json(out.read_text()) == found
    with pytest.raises(Conflict):
        write_study(out, found, "chest", TODAY)
    with pytest.raises(InvalidInput, match="html"):
        write_study(tmp_path / "study.doc", found, "chest", TODAY)


def test_the_example_is_what_its_script_makes(tmp_path: Path) -> None:
    out = tmp_path / "readers.csv"
    subprocess.run([sys.executable, ROOT / "docs/examples/readers.py", out], check=True)
    assert out.read_bytes() == EXAMPLE.read_bytes()
