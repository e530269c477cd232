import os
from pathlib import Path

import pytest

from wardround.kernel import InvalidInput
from wardround.privacy.deid import Kind
from wardround.privacy.deid.evaluation import evaluate as module
from wardround.privacy.deid.evaluation.planting import Planter
from wardround.privacy.deid.evaluation.score import Score

FILLERS = ["The patient has no fever, and the lungs are clear to auscultation on both sides."] * 9


def test_what_is_planted_stands_where_it_is_said() -> None:
    notes = Planter(FILLERS, 5).notes(18)
    assert len({note.form for note in notes}) == 9
    kinds = {kind for note in notes for _, _, kind in note.spans}
    assert kinds == set(Kind)
    for note in notes:
        assert all(0 <= start < end <= len(note.text) for start, end, _ in note.spans)
        assert all(note.text[start:end].strip() for start, end, _ in note.spans)
    assert [note.text for note in Planter(FILLERS, 5).notes(18)] == [note.text for note in notes]
    assert Planter(FILLERS, 6).notes(1)[0].text != notes[0].text


def test_an_identifier_counts_only_when_it_is_found_whole() -> None:
    score = Score()
    score.add("Ana Ruiz was here today", [(0, 8, "name")], [(4, 8, "name"), (18, 23, "date")])
    assert (score.found, score.missed, score.wrong) == (1, 1, 1)
    assert (score.recall, score.precision, score.entity_recall) == (0.5, 0.5, 0)
    assert score.clean == 0
    score.add("Ana Ruiz", [(0, 8, "name")], [(0, 8, "place")])
    assert (score.entity_recall, score.clean, score.documents) == (0.5, 1, 2)


def test_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"aci-bench/train\.csv"):
        module.evaluate(tmp_path)


@pytest.mark.data
@pytest.mark.slow
def test_published_queries_are_cleaned() -> None:
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    report = module.evaluate(Path(os.environ["WARDROUND_DATA"]))
    by = {one.data: one for one in report.measured}
    queries, notes = by["ASQ-PHI, test"], by["planted notes, test"]
    assert queries.recall >= 0.97
    assert queries.precision >= 0.95
    assert notes.recall >= 0.98
    assert notes.precision >= 0.97
