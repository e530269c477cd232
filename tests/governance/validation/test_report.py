"""The report of a validation: what it says, that it stands alone, and that it is written whole."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.governance.made import ABOUT, validation
from tests.house.sources import ROOT
from wardround.governance.validation import (
    Validation,
    report_html,
    report_pdf,
    tripod_items,
    write_report,
)
from wardround.governance.validation.content import report_of
from wardround.kernel import Conflict, InvalidInput

TODAY = date(2026, 11, 28)
ROOM = ROOT / "src/wardround/governance/validation"


@pytest.fixture(scope="module")
def found() -> Validation:
    return validation()


@pytest.fixture(scope="module")
def page(found: Validation) -> str:
    return report_html(found, ABOUT, TODAY).decode()


@pytest.fixture(scope="module")
def pages(found: Validation) -> list[str]:
    return texts(report_pdf(found, ABOUT, TODAY))


def texts(pdf: bytes) -> list[str]:
    return [one.extract_text() for one in PdfReader(BytesIO(pdf)).pages]


def test_the_page_asks_nobody_for_anything(page: str) -> None:
    assert not re.search(r"<script|<link|<img|url\(|@import|https?:", page)
    assert "default-src 'none'" in page


def test_the_first_page_is_for_a_clinician(pages: list[str]) -> None:
    first = " ".join(pages[0].split())
    for words in ("sepsis", "adults on a ward", "How often it is right", "Not for children."):
        assert words.lower() in first.lower()
    assert "Too few to say how well it does for them: site: C." in first
    assert "1. All figures" not in first
    assert "1. All figures" in pages[1]


def test_page_and_paper_say_the_same(found: Validation, page: str, pages: list[str]) -> None:
    report = report_of(found, ABOUT, TODAY)
    shown, paper = unescape(page), "".join("".join(pages).split())
    for section in report.sections:
        said = [section.heading, *section.words, *section.points, *section.after]
        said += [cell for row in (section.table.rows if section.table else []) for cell in row]
        for words in said:
            assert words in shown
            assert "".join(words.split()) in paper


def test_figures_are_those_of_the_validation(found: Validation, page: str) -> None:
    area = found.overall["auroc"]
    assert f"{area.value:.3f} ({area.low:.3f} to {area.high:.3f})" in page
    assert found.digest in page


def test_each_picture_is_drawn_within_its_canvas(page: str) -> None:
    pictures = re.findall(r'<svg class="plot" viewBox="0 0 (\S+) (\S+)"(.*?)</svg>', page)
    assert len(pictures) == 7
    for width, height, inside in pictures:
        for x, y in re.findall(r"(-?\d+\.\d),(-?\d+\.\d)", inside):
            assert 0 <= float(x) <= float(width)
            assert 0 <= float(y) <= float(height)


def test_what_people_wrote_is_never_read_as_markup(found: Validation) -> None:
    about = ABOUT.model_copy(update={"name": "<b>&</b>", "not_for": ["<script>x</script>"]})
    page = report_html(found, about, TODAY).decode()
    assert "<script" not in page
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in page
    assert "<script>x</script>" in texts(report_pdf(found, about, TODAY))[0]


def test_long_texts_break_over_lines_and_pages(found: Validation) -> None:
    about = ABOUT.model_copy(
        update={"tripod": {3: "word " * 4000}, "source": "x" * 400, "limits": ["long " * 900]}
    )
    pages = texts(report_pdf(found, about, TODAY))
    assert sum(one.count("word") for one in pages) >= 4000
    assert sum(one.count("long") for one in pages) >= 900


def test_a_letter_that_paper_lacks_is_said_to_be_lacking(found: Validation) -> None:
    about = ABOUT.model_copy(update={"setting": "Szpital w Łodzi"})
    assert "Łodzi" in report_html(found, about, TODAY).decode()
    first = texts(report_pdf(found, about, TODAY))[0]
    assert "?odzi" in first
    assert "is shown as ?" in first
    assert "is shown as ?" not in texts(report_pdf(found, ABOUT, TODAY))[0]


def test_many_groups_fit_on_paper(found: Validation) -> None:
    one = next(one for one in found.groups if not one.small)
    many = [one.model_copy(update={"level": f"ward {at}"}) for at in range(90)]
    pages = texts(report_pdf(found.model_copy(update={"groups": many}), ABOUT, TODAY))
    assert any("ward 89" in text for text in pages)


def test_tripod_has_its_items_answered_or_owed(found: Validation, page: str) -> None:
    items = tripod_items(ABOUT, found)
    assert [one.number for one in items] == list(range(1, 28))
    told = {one.number: one.answer for one in items}
    assert told[23] is not None
    assert told[17] is None
    assert "To be written by the site that evaluates: not provided." in page
    assert told[8] is None, "how the outcome was assessed was not said"
    funded = ABOUT.model_copy(update={"funding": "none"})
    assert tripod_items(funded, found)[17].answer == "Funding: none. The rest: not provided."
    written = ABOUT.model_copy(update={"tripod": {17: "Approved by the board."}})
    assert tripod_items(written, found)[16].answer == "Approved by the board."


def test_tripod_refers_to_sections_that_are_there(found: Validation) -> None:
    report = report_of(found, ABOUT.model_copy(update={"method": "A regression."}), TODAY)
    heads = [one.heading for one in report.sections if one.heading[0].isdigit()]
    assert heads[3:5] == ["4. Groups of patients", "5. Gaps between groups"]
    assert heads[8] == "9. How it was measured"
    assert heads[-1] == "10. TRIPOD+AI"


def test_an_item_that_is_none_is_refused(found: Validation) -> None:
    with pytest.raises(InvalidInput, match="no item 28"):
        tripod_items(ABOUT.model_copy(update={"tripod": {28: "More."}}), found)


@pytest.mark.parametrize("kind", ["html", "pdf", "json"])
def test_it_is_written_whole_and_never_over_another(
    found: Validation, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"report.{kind}"
    write_report(out, found, ABOUT, TODAY)
    before = out.read_bytes()
    with pytest.raises(Conflict):
        write_report(out, found, ABOUT, TODAY)
    assert out.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


def test_another_kind_of_file_is_refused(found: Validation, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"\.html, \.pdf or \.json"):
        write_report(tmp_path / "report.docx", found, ABOUT, TODAY)
    assert not list(tmp_path.iterdir())


def test_its_colours_are_those_of_the_workspace() -> None:
    tokens = (ROOT / "src/wardround/interfaces/web/static/css/tokens.css").read_text()
    own = re.findall(r"^  (--\w+:[^;]+;)", (ROOM / "report.css").read_text(), re.MULTILINE)
    assert len(own) > 8
    assert not [one for one in own if one not in tokens]
