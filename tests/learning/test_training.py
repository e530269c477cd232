"""A spec and a table become a model's folder, whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from wardround.capabilities.risk import Learned
from wardround.engines.tabular import read_spec_file
from wardround.kernel import Conflict, InvalidInput, WardroundError
from wardround.learning import Plan, train_model, validate_model

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
SPEC = EXAMPLES / "readmission.yaml"
TODAY = date(2026, 11, 28)
FILES = {
    "card.yaml", "model.skops", "reference.json", "report.html", "report.json", "report.pdf",
    "spec.yaml", "training.json",
}  # fmt: skip


def quiet(_: str) -> None:
    return


def stays(folder: Path, site: str = "here") -> Path:
    path = folder / f"{site}.csv"
    program = [sys.executable, str(EXAMPLES / "stays.py"), str(path), site]
    subprocess.run(program, check=True)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's model, trained once."""
    place = tmp_path_factory.mktemp("trained")
    train_model(Plan(SPEC, stays(place), place / "model"), TODAY, quiet)
    return place / "model"


def test_a_folder_holds_all_that_a_register_needs(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == FILES
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".")]
    card = yaml.safe_load((folder / "card.yaml").read_text("utf-8"))
    learned = Learned.in_folder(folder)
    assert (card["name"], card["version"], card["digest"]) == (
        "readmission",
        "1",
        learned.model.digest,
    )
    assert learned.spec == read_spec_file(folder / "spec.yaml")
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_card_has_31_answers_and_blank_is_blank(folder: Path) -> None:
    card = yaml.safe_load((folder / "card.yaml").read_text("utf-8"))
    answers = {
        name: answer
        for part in card.values()
        if isinstance(part, dict)
        for name, answer in part.items()
    }
    assert sum(len(part) for part in card.values() if isinstance(part, dict)) == 31
    assert answers["developer"] is None
    assert answers["validity_outside"] is None
    assert "Held out (n = 600" in answers["validity_like_data"]
    assert "sha256" in answers["inclusion"]
    assert "ward is no input" in answers["approach"]


def test_what_is_kept_names_the_data_and_holds_no_row(folder: Path) -> None:
    told = json.loads((folder / "training.json").read_text("utf-8"))
    assert len(told["data"]["here.csv"]) == 64
    assert told["learned_from"] + told["held_out"] == 2400
    reference = json.loads((folder / "reference.json").read_text("utf-8"))
    assert set(reference["inputs"]) == {
        item.column for item in Learned.in_folder(folder).spec.inputs
    }
    row = (folder.parent / "here.csv").read_text("utf-8").splitlines()[1].split(",")
    kept = b"".join((folder / name).read_bytes() for name in FILES)
    assert row[0].encode() not in kept


def test_another_site_is_shown_as_it_is_and_recalibrated(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "there"
    held = validate_model(folder, stays(tmp_path, "elsewhere"), out, TODAY, quiet)
    assert {path.name for path in out.iterdir()} == {"report.html", "report.json", "report.pdf"}
    assert held.found.overall["o_to_e"].value > 1.3
    (beside,) = held.found.compared
    assert 0.95 < beside.o_to_e.value < 1.05
    assert "recalibrated here" in (out / "report.html").read_text("utf-8")
    with pytest.raises(Conflict, match="There is a folder of this name"):
        validate_model(folder, tmp_path / "elsewhere.csv", out, TODAY, quiet)


def test_a_changed_model_file_is_refused(folder: Path, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "model.skops").write_bytes((folder / "model.skops").read_bytes() + b" ")
    with pytest.raises(InvalidInput, match="its digest differs"):
        validate_model(tmp_path, folder.parent / "here.csv", tmp_path / "out", TODAY, quiet)
    assert not (tmp_path / "out").exists()


def changed(column: str, value: Callable[[list[str], int], str]) -> Callable[[str], str]:
    """Return what changes one column of a table, given each row and its number."""

    def change(text: str) -> str:
        lines = text.splitlines()
        header = lines[0].split(",")
        place = header.index(column)
        for number, line in enumerate(lines[1:], 1):
            row = line.split(",")
            row[place] = value(row, number)
            lines[number] = ",".join(row)
        return "\n".join(lines) + "\n"

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: "\n".join(text.splitlines()[:21]), "Too few to learn from"),
        (changed("readmitted", lambda *_: "0"), "readmitted: Every outcome is the same"),
        (changed("sodium", lambda *_: ""), "sodium: The column is empty"),
        (changed("days", lambda row, _: str(1 + 9 * int(row[-1]))), "days: The column alone tells"),
        (changed("age", lambda row, n: "-3" if n == 4 else row[1]), "age, row .*plausible range"),
        (changed("sex", lambda row, n: "m" if n == 4 else row[2]), "sex, row .*category"),
        (changed("emergency", lambda *_: "perhaps"), "emergency, row .*Neither yes nor no"),
        (changed("readmitted", lambda row, n: "" if n == 4 else row[-1]), "outcome is not known"),
        (lambda text: text.replace("[g/dL]", "[mmol/L]"), "is in mmol/L; the spec wants g/dL"),
        (lambda text: text.replace("sodium", "natrium"), "sodium: A column is missing"),
        (lambda text: text.replace("ward", "unit"), "ward: A column is missing"),
    ],
)
def test_a_bad_table_is_refused_by_its_reason_and_nothing_is_left(
    tmp_path: Path, change: Callable[[str], str], says: str
) -> None:
    data = stays(tmp_path)
    data.write_text(change(data.read_text("utf-8")), "utf-8")
    with pytest.raises(WardroundError, match=says):
        train_model(Plan(SPEC, data, tmp_path / "model"), TODAY, quiet)
    assert [path.name for path in tmp_path.iterdir()] == ["here.csv"]


def test_a_model_is_not_written_over_unless_asked_and_nothing_else_ever(
    folder: Path, tmp_path: Path
) -> None:
    plan = Plan(SPEC, folder.parent / "here.csv", folder)
    with pytest.raises(Conflict, match="Name another, or --force"):
        train_model(plan, TODAY, quiet)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Conflict, match=r"no card\.yaml"):
        train_model(Plan(SPEC, plan.data, tmp_path, instead=True), TODAY, quiet)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_killed_while_it_trains_it_leaves_nothing(tmp_path: Path) -> None:
    data = stays(tmp_path)
    program = [str(Path(sys.executable).with_name("wardround")), "risk", "train", str(SPEC)]
    program += ["--data", str(data), "--out", str(tmp_path / "model")]
    surroundings = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(program, stderr=subprocess.PIPE, env=surroundings) as running:
        assert running.stderr is not None
        while b"Training on" not in running.stderr.readline():
            assert running.poll() is None
        time.sleep(0.2)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert [path.name for path in tmp_path.iterdir()] == ["here.csv"]
