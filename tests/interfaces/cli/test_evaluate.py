import json
from pathlib import Path

import pytest

from tests.interfaces.cli.running import call
from wardround.capabilities.documentation import evaluate
from wardround.capabilities.documentation.evaluate import Measured, Report


def test_what_was_measured_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measuring itself is the room's; docs/evaluation.md runs the two together."""
    scores = {"rouge1": 54.25, "rouge2": 25.0, "rouge_lsum": 50.5, "words": 400.0}
    grounded = {"grounded_words": 80.0, "grounded_digits": 90.0}
    row = Measured(data="ACI-Bench valid", system="Wardround", visits=20, **scores, **grounded)
    other = row.model_copy(update={"system": "gpt-4", "rouge1": 51.0})
    report = Report(model="note-sentences", digest="ab" * 32, measured=(row, other))
    asked: list[Path] = []

    def measure(data: Path) -> Report:
        asked.append(data)
        return report

    monkeypatch.setattr(evaluate, "evaluate", measure)
    command = ("evaluate", "documentation", "--data", str(tmp_path))
    done = call(*command, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(report.model_dump_json())
    done = call(*command)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines()[:3] == ["note-sentences (abababababab)", "", row.data]
    assert [line.split()[:3] for line in done.stdout.decode().splitlines()[4:]] == [
        ["Wardround", "20", "54.25"],
        ["gpt-4", "20", "51"],
    ]
    assert asked == [tmp_path] * 2


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    for arguments, said in (
        (["nothing", "--data", str(tmp_path)], b"There is: documentation"),
        (["documentation", "--data", str(tmp_path / "no")], b"wardround data get"),
        (["documentation", "--data", str(tmp_path)], b"train.csv"),
    ):
        done = call("evaluate", *arguments)
        assert done.returncode == 1
        assert said in done.stderr


def test_assertion_is_measured_on_its_own_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARDROUND_DATA", raising=False)
    done = call("evaluate", "assertion", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["model"] == "wardround-assertion"


def test_without_published_data_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARDROUND_DATA", raising=False)
    done = call("evaluate", "documentation")
    assert done.returncode == 1
    assert b"--data" in done.stderr
