import os
import sys
from pathlib import Path

import pytest

from tests.sampled import sampled
from wardround.capabilities.documentation.benchmark import read_visits
from wardround.capabilities.documentation.evaluate import evaluate, nearest, ours, scorer
from wardround.capabilities.documentation.grounding import grounding
from wardround.capabilities.documentation.writer import Writer
from wardround.engines.text import load
from wardround.kernel import InvalidInput, Unavailable

DATA = os.environ.get("WARDROUND_DATA")
needs_data = pytest.mark.skipif(not DATA, reason="WARDROUND_DATA is not set")


def test_words_and_numbers_of_a_note_are_found_in_what_was_said() -> None:
    found = grounding(
        "Start Lasix 40 mg. Hypertension.", "i will start you on lasix forty milligrams"
    )
    assert found.words == pytest.approx(2 / 3)
    assert found.digits == 1.0


def test_a_note_without_numbers_has_no_share_of_them() -> None:
    assert grounding("Cough.", "i cough").digits is None


def test_a_missing_data_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"aci-bench/train\.csv"):
        evaluate(tmp_path)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rouge_score.rouge_scorer", None)
    with pytest.raises(Unavailable, match=r"wardround\[evaluate\]"):
        scorer()


@needs_data
@pytest.mark.data
def test_notes_are_measured_beside_those_of_others(tmp_path: Path) -> None:
    report = evaluate(sampled(Path(DATA or ""), tmp_path / "data"))
    beside = {item.system for item in report.measured if item.data == "ACI-Bench test1"}
    assert {"Wardround", "gpt-4", "(reference note)", "(note of nearest visit)"} <= beside
    own = {item.data for item in report.measured if item.system == "Wardround"}
    assert own == {item.data for item in report.measured}
    assert len(own) == 7


@needs_data
@pytest.mark.data
@pytest.mark.slow
def test_notes_stay_above_the_floor() -> None:
    writer = Writer(load())
    own = {item.data: item for item in ours(Path(DATA or ""), writer, scorer())}
    valid, test1 = own["ACI-Bench valid"], own["ACI-Bench test1"]
    assert (test1.visits, valid.visits) == (40, 20)
    assert valid.rouge1 >= 54.0
    assert valid.rouge2 >= 25.0
    assert valid.rouge_lsum >= 50.5
    assert test1.rouge1 >= 48.0
    assert test1.rouge2 >= 19.0
    assert test1.rouge_lsum >= 44.0
    assert min(item.grounded_words for item in (valid, test1)) >= 78.0
    assert all(item.supported == 100.0 for item in own.values())


@needs_data
@pytest.mark.data
def test_the_nearest_note_is_another_patient_s() -> None:
    aci = Path(DATA or "") / "aci-bench"
    train, valid = read_visits(aci / "train.csv"), read_visits(aci / "valid.csv")
    notes = {visit.note for visit in train}
    assert set(nearest(train, valid[:3]).values()) <= notes
