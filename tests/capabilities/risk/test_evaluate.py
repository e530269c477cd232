"""What others published is met to the printed digit."""

import json
import shutil
from pathlib import Path

import pytest

from wardround.capabilities.risk.evaluate import Line, Miss, Report, compare, evaluate, printed
from wardround.capabilities.risk.published import Vector
from wardround.kernel import InvalidInput


def lines_of(report: Report) -> list[Line]:
    return [one for one in report.measured if isinstance(one, Line)]


def misses_of(report: Report) -> list[Miss]:
    return [one for one in report.measured if isinstance(one, Miss)]


@pytest.mark.requirement("RISK-01")
@pytest.mark.data
def test_every_published_vector_is_met(data: Path) -> None:
    report = evaluate(data)
    assert report.met, [miss for miss in misses_of(report) if not miss.known]
    counted = {line.source: 0 for line in lines_of(report)}
    for line in lines_of(report):
        counted[line.source] += line.vectors
    assert counted["preventr"] >= 150
    assert counted["MedCalc-Bench"] == 15


@pytest.mark.data
def test_a_wrong_vector_is_a_miss(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "calculators", tmp_path / "calculators")
    place = tmp_path / "calculators" / "medcalc_one_shot_dev.json"
    cases = json.loads(place.read_text())
    cases["45"]["Response"]["answer"] = "3"
    place.chmod(0o644)
    place.write_text(json.dumps(cases))
    report = evaluate(tmp_path)
    assert not report.met
    assert [(m.score, m.theirs, m.ours) for m in misses_of(report) if not m.known] == [
        ("curb-65", 3, 4)
    ]


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"snap_estimate_risk\.md"):
        evaluate(tmp_path)


@pytest.mark.requirement("RISK-01")
def test_worked_examples_of_papers_are_met_or_known_to_be_wrong() -> None:
    report = compare(list(printed()))
    assert report.met
    assert [(miss.case, miss.theirs, miss.ours) for miss in misses_of(report)] == [
        ("man, white, 55", 5.3, 5.4)
    ]


def test_a_miss_for_no_known_reason_fails() -> None:
    values = {"respiratory-rate": 22.0, "systolic": 100.0, "coma-scale": 14.0}
    report = compare([Vector("ours", "three criteria", "qsofa", values, 2, 0)])
    assert not report.met
    assert misses_of(report)[0].ours == 3
