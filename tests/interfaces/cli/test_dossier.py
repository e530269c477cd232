"""The dossier from the command line: of this source tree, and of a program without one."""

import json
import subprocess
from pathlib import Path

import pytest

import wardround.bootstrap.dossier as made_by
from tests.house.sources import ROOT
from tests.interfaces.cli.running import call
from wardround.bootstrap import make_dossier


@pytest.mark.parametrize("capability", ["documentation", "risk"])
def test_a_dossier_of_this_tree(tmp_path: Path, capability: str) -> None:
    out = tmp_path / "dossier"
    done = call("governance", "dossier", capability, "--out", str(out))
    assert done.returncode == 0
    assert done.stdout.decode() == f"{out}\n"
    held = json.loads((out / "dossier.json").read_text())
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert held["commit"].startswith(head)
    told = done.stderr.decode()
    assert "questions are answered" in told
    assert "not provided" in told
    lacking = {one["key"]: one["not_provided"] for one in held["chapters"]}
    assert not lacking["hazards"]
    assert [one["asks"] for one in lacking["trace"]] == ["Results of the tests"]
    assert not lacking["category"]
    assert lacking["qsub"]


def test_another_is_refused_and_force_replaces_it(tmp_path: Path) -> None:
    out = str(tmp_path / "dossier")
    assert call("governance", "dossier", "documentation", "--out", out).returncode == 0
    again = call("governance", "dossier", "documentation", "--out", out)
    assert again.returncode == 1
    assert b"--force" in again.stderr
    forced = call("governance", "dossier", "documentation", "--out", out, "--force")
    assert forced.returncode == 0


@pytest.mark.parametrize("name", ["radiologie", "../rounds", "", "x" * 500])
def test_a_capability_that_is_not_there_is_said_with_those_that_are(
    tmp_path: Path, name: str
) -> None:
    done = call("governance", "dossier", name, "--out", str(tmp_path / "dossier"))
    assert done.returncode == 1
    assert b"There are: appeal, billing, coding, documentation" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_report_is_enclosed(tmp_path: Path) -> None:
    report = tmp_path / "support2.html"
    report.write_text("<p>AUROC</p>")
    out = tmp_path / "dossier"
    command = ("governance", "dossier", "risk", "--out", str(out))
    assert call(*command, "--report", str(report)).returncode == 0
    assert (out / "validation" / "support2.html").read_text() == "<p>AUROC</p>"
    assert "validation/support2.html" in (out / "06-validation.md").read_text()
    for wrong in (tmp_path / "report.doc", tmp_path / "none.html"):
        refused = call(*command, "--force", "--report", str(wrong))
        assert refused.returncode == 1
        assert wrong.name.encode() in refused.stderr


def test_results_of_a_run_are_told(tmp_path: Path) -> None:
    results, out = tmp_path / "results.txt", tmp_path / "dossier"
    line = "PASSED tests/rounds/test_killed.py::test_killed_at_any_moment[3]"
    results.write_text(f"==== short test summary info ====\n{line}\n")
    command = ("governance", "dossier", "risk", "--out", str(out), "--results")
    assert call(*command, str(results)).returncode == 0
    (row,) = [
        line
        for line in (out / "13-requirements-and-tests.md").read_text().splitlines()
        if line.startswith("| ROUND-06 |")
    ]
    assert row.endswith("| 1 passed, 1 not run |")
    assert call(*command, str(tmp_path / "none.txt"), "--force").returncode == 1


def test_an_installed_program_says_what_it_cannot_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_by, "source_tree", lambda: None)
    out = tmp_path / "dossier"
    make_dossier("risk", out)
    held = json.loads((out / "dossier.json").read_text())
    assert held["commit"] is None
    assert "commit not provided" in (out / "README.md").read_text()
    for name in ("08-cybersecurity", "12-hazards", "13-requirements-and-tests"):
        text = (out / f"{name}.md").read_text()
        assert "not provided. This program was installed without its source tree" in text
    assert not (out / "soup.cdx.json").exists()
