"""From the record to charts for research, and from those to the report for an expert."""

import json
from pathlib import Path

import pytest

from tests.interfaces.cli.running import call

CHARTS = {
    "resourceType": "Bundle",
    "type": "transaction",
    "entry": [
        {
            "resource": {
                "resourceType": "Patient",
                "id": name,
                "name": [{"family": "Thistlewaite"}],
                "birthDate": f"19{number}-03-09",
                "gender": "female",
            },
            "request": {"method": "PUT", "url": f"Patient/{name}"},
        }
        for number, name in enumerate(("ada", "bea", "cleo"), 51)
    ],
}


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, with three patients in the record beside it."""
    monkeypatch.setenv("WARDROUND_HOME", str(tmp_path / "home"))
    (tmp_path / "in.json").write_text(json.dumps(CHARTS))
    assert call("import", str(tmp_path / "in.json")).returncode == 0
    return tmp_path


def test_from_the_record_to_the_experts_report(record: Path) -> None:
    charts, report = record / "charts.ndjson", record / "risk.pdf"
    done = call("deid", "record", str(charts), "--key", str(record / "study.key"))
    assert done.stdout == (
        b"3 patients, 3 resources.\nLeft out: 0 refused research, 0 were not asked.\n"
    )
    assert "Thistlewaite" not in charts.read_text()
    cohort = ("deid", "cohort", str(charts), "--quasi", "birth_year,sex")
    assert b"| k-anonymity (smallest class) | 1 |" in call(*cohort).stdout
    assert call(*cohort, "--out", str(report)).returncode == 0
    assert report.read_bytes().startswith(b"%PDF-")
    assert b"a file of this name" in call(*cohort, "--out", str(report)).stderr


def test_what_is_there_is_not_written_over(record: Path) -> None:
    charts = record / "charts.ndjson"
    charts.write_text("mine")
    assert call("deid", "record", str(charts)).returncode == 1
    assert charts.read_text() == "mine"


def test_a_limited_data_set_asks_for_its_agreement(record: Path) -> None:
    refused = call("deid", "record", str(record / "x"), "--mode", "limited-data-set")
    assert refused.returncode == 1
    assert b"data use agreement" in refused.stderr
    assert b"--agreement" in refused.stderr
