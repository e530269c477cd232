"""``wardround risk`` and ``wardround batch risk`` with a learned model, as people run them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interfaces.cli.running import EXAMPLES, call, run

SPEC = str(EXAMPLES / "readmission.yaml")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's model, trained by the command."""
    place = tmp_path_factory.mktemp("risk")
    stays = place / "stays.csv"
    subprocess.run([sys.executable, str(EXAMPLES / "stays.py"), str(stays)], check=True)
    done = call("risk", "train", SPEC, "--data", str(stays), "--out", str(place / "model"))
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    assert "Held out (600 patients" in said
    assert "AUROC" in said
    assert "Training on 1,800 rows; 600 are held out." in done.stderr.decode()
    return place / "model"


def test_many_records_are_answered_by_a_model_s_folder(model: Path, tmp_path: Path) -> None:
    inputs = {"age": 80, "sex": "female", "emergency": True, "admissions": 4, "days": 12}
    lines = [
        {"id": place, "setting": "IMP", "inputs": inputs | {"admissions": place % 9}}
        for place in range(300)
    ]
    lines[7] = {"id": 7, "inputs": {"weight": 70}}
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = run(
        "batch", "risk", "in.jsonl", "out.jsonl", "--model", str(model), "--workers", "2",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["id"] for one in made] == list(range(300))
    assert made[7]["status"] == "error"
    assert made[4]["probability"] > made[0]["probability"]
    assert b"300 records" in done.stderr


def test_what_is_wrong_is_one_line_and_no_folder(model: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("age,sex\n50,female\n")
    done = call("risk", "train", SPEC, "--data", str(table), "--out", str(tmp_path / "m"))
    assert done.returncode == 1
    assert (
        done.stderr.decode().splitlines()[-1].startswith("Error: readmitted: A column is missing")
    )
    assert not (tmp_path / "m").exists()
    again = call("risk", "train", SPEC, "--data", str(table), "--out", str(model))
    assert b"There is a folder of this name" in again.stderr


def test_a_table_or_charts_have_to_be_named(tmp_path: Path) -> None:
    done = call("risk", "train", SPEC, "--out", str(tmp_path / "m"))
    assert done.returncode == 2
