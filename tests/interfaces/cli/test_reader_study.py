"""A reader study from the command line."""

import json
from pathlib import Path

from tests.governance.readers.made import lines, written
from tests.interfaces.cli.running import EXAMPLES, call

ANSWERS = str(EXAMPLES / "readers.csv")


def test_a_study_is_told_and_its_reports_are_written(tmp_path: Path) -> None:
    outs = [tmp_path / f"study{kind}" for kind in (".html", ".pdf", ".json")]
    reports = [word for out in outs for word in ("--report", str(out))]
    done = call("governance", "readers", ANSWERS, "--threshold", "50", *reports)
    assert done.returncode == 0
    told = done.stdout.decode()
    assert told.startswith("6 readers\t60 cases\t24 with the disease\nAUC\t0.")
    assert "Automation bias\t" in told
    assert done.stderr.decode().splitlines() == [str(out) for out in outs]
    assert outs[1].read_bytes().startswith(b"%PDF")
    assert json.loads(outs[2].read_text())["threshold"] == 50
    again = call("governance", "readers", ANSWERS, "--report", str(outs[0]))
    assert again.returncode == 1
    assert "There is a file of this name" in again.stderr.decode()


def test_json_and_the_other_method(tmp_path: Path) -> None:
    found = [
        json.loads(call("governance", "readers", ANSWERS, "--json", "--method", one).stdout)
        for one in ("jackknife", "delong")
    ]
    errors = [one["auc"]["random"]["error"] for one in found]
    assert errors[0] != errors[1]
    assert abs(errors[0] / errors[1] - 1) < 0.05


def test_a_study_with_gaps_is_refused_until_it_is_asked_for(tmp_path: Path) -> None:
    rows = [row for row in lines() if not row.startswith("c3,R1,aided")]
    file = str(written(tmp_path, rows))
    done = call("governance", "readers", file)
    assert done.returncode == 1
    assert "reader R1 has no aided answer to 1 of 16 cases" in done.stderr.decode()
    done = call("governance", "readers", file, "--complete")
    assert done.returncode == 0
    assert "1 of 16 cases were left out for it" in done.stdout.decode()
