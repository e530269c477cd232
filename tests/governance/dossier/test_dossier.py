"""What a dossier holds: every chapter, every blank written out, nothing made up."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from wardround.governance import (
    Exhibit,
    ExhibitKind,
    Facts,
    read_cards,
    read_declared,
    read_determination,
    write_dossier,
)
from wardround.governance.dossier.asked import sections
from wardround.governance.dossier.chapters import chapters_of
from wardround.governance.dossier.lock import Locked
from wardround.governance.dossier.results import Outcome
from wardround.governance.dossier.service import dossier_files
from wardround.governance.dossier.threats import Threat
from wardround.governance.dossier.trace import Traced
from wardround.kernel import InvalidInput

MADE = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
CARD = """\
name: sepsis-early
version: "2"
file: wardround/sepsis.skops
digest: 60546f8d4c281c6cd6e603f14f9b86de8416cbd024a8f66b34632acef0d06320
licence: Apache-2.0
made_by: scripts/train.py
purpose:
  intended_use: To show | the risk of <sepsis> on a ward.
cautions:
  out_of_scope:
  risks: {unknown: The upstream model is not disclosed.}
"""
DETERMINED = """\
capability: sepsis
determined: 2026-11-28
by: The developers.
functions:
  - name: alarm
    title: An alarm
    intended_use: To show the risk of sepsis on a ward.
    models: [sepsis-early]
    criteria:
      no_image_or_signal: {answer: yes, evidence: Single measurements.}
      medical_information: {answer: yes, evidence: Vital signs and results.}
      supports_professional: {answer: yes, evidence: Nurses of the ward.}
      basis_reviewable: {answer: unsure, evidence: Inputs are shown.}
    single_recommendation: {answer: yes, evidence: One number at a time.}
    immediate_action: {answer: yes, evidence: It calls somebody to the bed.}
    imdrf:
      significance: drive management
      state: critical
      why: Sepsis kills within hours.
"""
REQUIREMENTS = """\
requirements:
  - {id: X-01, text: It is right., source: a paper}
  - {id: X-02, text: It is read., source: a study, verified_by: people}
"""
HAZARDS = """\
hazards:
  - id: H-X-01
    hazard: A wrong number
    situation: It is believed.
    harm: Harm.
    before: {severity: critical, probability: frequent}
    control: It is checked.
    requirements: [X-01]
    after: {severity: critical, probability: remote}
    remains: Little.
"""
WRITTEN = """\
title: Early sepsis
answers:
  device.environment: On a ward.
practices:
  4: {how: Apart., evidence: [tests/there.py, tests/not_there.py]}
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A capability that declares all that can be declared."""
    folder = tmp_path / "sepsis"
    folder.mkdir()
    for name, text in (
        ("card.yaml", CARD),
        ("requirements.yaml", REQUIREMENTS),
        ("hazards.yaml", HAZARDS),
        ("dossier.yaml", WRITTEN),
    ):
        (folder / name).write_text(text)
    return folder


def known(room: Path, **more: object) -> Facts:
    facts = Facts(
        "sepsis",
        "1.0",
        MADE,
        read_declared(room),
        read_cards(room),
        determination=read_determination(DETERMINED),
        commit="abc123",
        trace=[Traced("X-01", "tests/test_x.py::test_it_is_right")],
        packages=[Locked("pypi", "numpy", "2.0", "SHA-256", ("ab" * 32,), None, "BSD-3-Clause")],
        threats=[Threat("T", "the model", "it is swapped", "a digest", "`tests/test_x.py`")],
        evidence=frozenset({"tests/there.py"}),
    )
    return replace(facts, **more)  # type: ignore[arg-type]


def bare(tmp_path: Path) -> Facts:
    """A capability of which nothing is known, in a program without its source tree."""
    empty = tmp_path / "bare"
    empty.mkdir()
    return Facts("bare", "1.0", MADE, read_declared(empty), read_cards(empty))


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


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hazards.yaml", HAZARDS.replace("X-01]", "X-09]"), "X-09, which is no requirement"),
        ("hazards.yaml", HAZARDS.replace("frequent", "often"), "H-X-01 before.probability"),
        ("hazards.yaml", HAZARDS.replace("    remains: Little.\n", ""), "H-X-01 remains"),
        ("hazards.yaml", "- a list\n", "no keys"),
        ("hazards.yaml", "a: [", "no YAML"),
        ("requirements.yaml", REQUIREMENTS.replace("X-02", "X-01"), "X-01 is given twice"),
        ("requirements.yaml", REQUIREMENTS.replace("X-02", "2"), "requirements.yaml"),
        ("dossier.yaml", "colour: green\n", "colour"),
        ("card.yaml", "name: only\n", "card.yaml"),
    ],
)
def test_what_is_declared_wrongly_is_refused_by_place(
    room: Path, name: str, text: str, said: str
) -> None:
    (room / name).write_text(text)
    with pytest.raises(InvalidInput) as refused:
        known(room)
    assert said in str(refused.value)


def test_page_and_paper_hold_every_chapter(room: Path) -> None:
    files, chapters = dossier_files(known(room))
    page = files["dossier.html"].decode()
    paper = "".join(one.extract_text() for one in PdfReader(BytesIO(files["dossier.pdf"])).pages)
    plain = " ".join(paper.split())
    for chapter in chapters:
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
