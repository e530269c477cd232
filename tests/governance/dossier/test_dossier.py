"""What a dossier holds: every chapter, every blank written out, nothing made up."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.governance.dossier.made import WRITTEN, bare, known
from wardround.governance.dossier import Exhibit, ExhibitKind, write_dossier
from wardround.governance.dossier.asked import sections
from wardround.governance.dossier.chapters import chapters_of
from wardround.governance.dossier.results import Outcome
from wardround.governance.dossier.service import dossier_files
from wardround.kernel import InvalidInput


def text_of(files: dict[str, bytes], beginning: str) -> str:
    (name,) = (name for name in files if name.startswith(beginning))
    return files[name].decode()


def test_every_chapter_is_there_whatever_is_known(room: Path, tmp_path: Path) -> None:
    full, empty = dossier_files(known(room))[0], dossier_files(bare(tmp_path))[0]
    for files in (full, empty):
        numbers = [name[:2] for name in sorted(files) if re.match(r"\d\d-.*\.md$", name)]
        assert numbers == [f"{number:02d}" for number in range(1, 19)]
        assert {"README.md", "dossier.html", "dossier.pdf", "dossier.json"} <= files.keys()
    assert "soup.cdx.json" in full
    assert "soup.cdx.json" not in empty
    assert full["cards/sepsis-early.yaml"] == (room / "card.yaml").read_bytes()


def test_no_blank_is_silently_missing(tmp_path: Path) -> None:
    files, chapters = dossier_files(bare(tmp_path))
    index = text_of(files, "README")
    for chapter in chapters:
        lacking = chapter.lacking
        written = files[chapter.file].decode()
        assert written.count("not provided") >= len(lacking)
        for one in lacking:
            assert f"| {chapter.number}. {chapter.title} | {one.asks} |" in index.replace("\\", "")
            assert one.owed_by
    listed = json.loads(files["dossier.json"])["chapters"]
    assert [len(one["not_provided"]) for one in listed] == [len(one.lacking) for one in chapters]


def test_nothing_is_known_of_nothing(tmp_path: Path) -> None:
    """Where nobody wrote anything, only the version and what lies in the dossier is answered."""
    answers = [
        (one.asks, said.text)
        for chapter in chapters_of(bare(tmp_path))
        for one in chapter.answers
        for said in one.said
    ]
    assert [asks for asks, _ in answers] == [
        "Its version and its code.",
        "Device description.",
        "Overview of product development: what is done, what is planned.",
    ]
    assert "commit: not provided" in answers[0][1]


def test_people_are_quoted_before_cards_and_cards_with_their_name(room: Path) -> None:
    files, _ = dossier_files(known(room))
    device = text_of(files, "01-")
    assert "| On a ward. | dossier.yaml |" in device
    assert "To show \\| the risk of \\<sepsis> on a ward. | card of sepsis-early 2 |" in device
    said = '  device.environment: On a ward.\n  device.use: "Ours."\n'
    (room / "dossier.yaml").write_text(WRITTEN.replace("  device.environment: On a ward.\n", said))
    assert "| Ours. | dossier.yaml |" in text_of(dossier_files(known(room))[0], "01-")


def test_a_key_of_a_card_without_a_text_is_a_blank(room: Path) -> None:
    labelling = text_of(dossier_files(known(room))[0], "02-")
    assert "| What the label says that it is not for. | not provided. |" in labelling
    assert "Unknown (The upstream model is not disclosed.)" in labelling


def test_category_and_determination_are_those_of_the_file(room: Path) -> None:
    files = dossier_files(known(room))[0]
    category, determined = text_of(files, "10-"), text_of(files, "16-")
    assert "| An alarm: category III, to drive management, in a situation that is critical. |" in (
        category
    )
    assert "| An alarm: Sepsis kills within hours. |" in category
    assert "| An alarm: device function. It is used to act at once. |" in determined
    assert "| It is used to act at once. | yes | It calls somebody to the bed. |" in determined


def test_evidence_that_is_not_there_is_said_not_to_be(room: Path) -> None:
    practices = text_of(dossier_files(known(room))[0], "11-").replace("\\", "")
    assert (
        "| Apart. | tests/there.py; not provided (tests/not_there.py is not there) |" in practices
    )


def test_a_hazard_leads_to_the_tests_of_its_control(room: Path) -> None:
    files, _ = dossier_files(known(room))
    hazards = text_of(files, "12-").replace("\\", "")
    assert "| Verified by | tests/test_x.py: test_it_is_right |" in hazards
    assert "critical, frequent" in hazards
    untested = text_of(dossier_files(known(room, trace=[]))[0], "12-")
    assert "| Verified by | not provided. |" in untested


def test_a_requirement_that_people_verify_is_no_test(room: Path) -> None:
    trace = text_of(dossier_files(known(room))[0], "13-")
    assert "| a study | not provided. Shown by people, not by a test. | not provided |" in trace


def test_results_are_told_only_of_a_run_that_was_handed_in(room: Path) -> None:
    without = text_of(dossier_files(known(room))[0], "13-")
    assert "| tests/test_x.py: test_it_is_right | not provided |" in without
    results = {"tests/test_x.py::test_it_is_right": Outcome.FAILED}
    files, chapters = dossier_files(known(room, results=results))
    assert "| tests/test_x.py: test_it_is_right | 1 failed |" in text_of(files, "13-")
    (said,) = next(one for one in chapters if one.key == "trace").answers[-1].said
    assert said.text == "Of 1 tests: 1 failed."


def test_what_others_made_is_enclosed_and_shown(room: Path) -> None:
    plan = Exhibit(ExhibitKind.PLAN, "sepsis.yaml", "The plan", b"allowed: {threshold: [0.2, 0.3]}")
    card = Exhibit(ExhibitKind.CARD, "sepsis-early.pdf", "The card, printed", b"%PDF-1.4")
    files, chapters = dossier_files(known(room, enclosed=[plan, card]))
    assert files["cards/sepsis-early.pdf"] == b"%PDF-1.4"
    assert files["change-control/sepsis.yaml"] == plan.data
    assert "| allowed.threshold | 0.2; 0.3 |" in text_of(files, "15-")
    assert "The card, printed" in text_of(files, "05-")
    assert not next(one for one in chapters if one.key == "pccp").lacking
    with pytest.raises(InvalidInput, match="same name"):
        dossier_files(known(room, enclosed=[card, card]))


def test_an_answer_that_nobody_asks_for_is_refused(room: Path) -> None:
    (room / "dossier.yaml").write_text("answers: {device.colour: Green.}\n")
    with pytest.raises(InvalidInput, match=r"Nobody asks for device\.colour"):
        dossier_files(known(room))


def test_page_and_paper_hold_every_chapter(room: Path) -> None:
    files, chapters = dossier_files(known(room))
    page = files["dossier.html"].decode()
    paper = "".join(one.extract_text() for one in PdfReader(BytesIO(files["dossier.pdf"])).pages)
    plain = " ".join(paper.split())
    for chapter in chapters:
        listed = re.search(rf'href="#(section-\d+)">{chapter.number} ', page)
        assert listed
        assert f'<section id="{listed[1]}">' in page
        heading = f"{chapter.number}.1 {chapter.title}"
        assert heading in page.replace("&#x27;", "'")
        assert heading in plain
    assert "&lt;sepsis&gt;" in page
    assert "<sepsis>" not in page


def test_it_is_made_the_same_twice(room: Path) -> None:
    once, again = dossier_files(known(room))[0], dossier_files(known(room))[0]
    assert {name for name in once if once[name] != again[name]} <= {"dossier.pdf", "dossier.json"}


def test_what_was_written_is_told(room: Path, tmp_path: Path) -> None:
    made = write_dossier(tmp_path / "out", known(room))
    there = {path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert len(made.files) == len(there)
    assert 0 < made.answered < made.asked


def test_every_question_has_somebody_who_owes_it() -> None:
    for section in sections().values():
        ids = [item["id"] for item in section["item"]]
        assert len(ids) == len(set(ids))
        assert all(item["by"] for item in section["item"])
