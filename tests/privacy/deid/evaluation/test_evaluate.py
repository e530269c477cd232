import csv
import json
import os
from pathlib import Path

import pytest

from tests.sampled import sampled
from wardround.kernel import InvalidInput
from wardround.privacy.deid.evaluation import evaluate as module
from wardround.privacy.deid.evaluation import sets
from wardround.privacy.deid.evaluation.report import (
    FalseAlarms,
    Measured,
    OfForm,
    OfKind,
    Report,
    Start,
)

NUMBER = 27
NOTE = "The patient has no fever, and the lungs are clear to auscultation on both sides."
CALL = "Please call me back at 414-555-0134 about the result."
QUERY = "Which dose for a man with gout"
OTHERS = [f"{name}, test" for name in sets.OTHERS]


def published(folder: Path) -> Path:
    """Write sets as they are published, of a few lines each."""
    for name, column, texts in (
        ("aci-bench/train", "note", [NOTE]),
        ("aci-bench/valid", "note", [NOTE] * 5),
        ("aci-bench/test1", "note", [NOTE, CALL]),
        ("mts-dialog/valid", "section_text", [NOTE]),
    ):
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([[column], *([text] for text in texts)])
    reports = folder / "codiesp" / "dev" / "text_files_en"
    reports.mkdir(parents=True)
    (reports / "one.txt").write_text(NOTE)
    (folder / "asq-phi").mkdir()
    lines = [{"id": "a", "text": f"{QUERY}, MRN 4471120?", "spans": [[36, 43, "MRN", "asq"]]}] * 2
    lines += [{"id": "b", "text": f"{QUERY}?", "spans": []}] * 2
    text = "\n".join(json.dumps(line) for line in lines)
    (folder / "asq-phi" / "asq_phi_dev.jsonl").write_text(text)
    return folder


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "NUMBER", NUMBER)
        return module.evaluate(published(tmp_path_factory.mktemp("data")))


def rows(report: Report) -> dict[str, Measured]:
    return {one.set: one for one in report.measured if isinstance(one, Measured)}


def test_every_part_of_every_set_is_measured(report: Report) -> None:
    names = ("planted notes", *sets.OTHERS, "ASQ-PHI")
    assert list(rows(report)) == [f"{name}, {part}" for name in names for part in ("dev", "test")]
    for name, row in rows(report).items():
        assert row.texts == (2 if "ASQ" in name else NUMBER)
        assert 0 < row.recall <= 1


def test_no_miss_of_a_test_text_is_told(report: Report) -> None:
    for name, row in rows(report).items():
        if name.endswith("test"):
            assert not row.missed
            assert not row.wrong
    assert rows(report)["voices, dev"].missed
    assert rows(report)["voices, dev"].wrong


def test_targets_are_asked_of_what_nothing_was_tuned_on(report: Report) -> None:
    assert {name for name, row in rows(report).items() if row.met is None} == {
        name for name in rows(report) if name.endswith("dev")
    }
    for name, row in rows(report).items():
        if name.endswith("test"):
            wanted = module.ASQ_TARGETS if "ASQ" in name else module.TARGETS
            assert row.met == all(getattr(row, figure) >= least for figure, least in wanted.items())
    assert report.met == all(row.met is not False for row in rows(report).values())


def test_kinds_are_those_of_the_other_hands_test_documents(report: Report) -> None:
    kinds = [one for one in report.measured if isinstance(one, OfKind)]
    planted = sum(
        len(document.spans)
        for name in sets.OTHERS
        for document in sets.written(name, "test", NUMBER)
    )
    assert sum(kind.identifiers for kind in kinds) == planted
    assert all(0 <= kind.whole <= 1 for kind in kinds)


def test_forms_of_a_set_are_all_its_texts(report: Report) -> None:
    forms = [one for one in report.measured if isinstance(one, OfForm)]
    for name in ("planted notes", *sets.OTHERS):
        mine = [one for one in forms if one.data == f"forms, {name}, test"]
        assert sum(form.texts for form in mine) == NUMBER
        assert [form.entities for form in mine] == sorted(form.entities for form in mine)


def test_false_alarms_are_counted_in_a_thousand_words(report: Report) -> None:
    alarms = {one.set: one for one in report.measured if isinstance(one, FalseAlarms)}
    aci = alarms["ACI-Bench notes, test1"]
    assert (aci.texts, aci.words, aci.untouched) == (2, 26, 0.5)
    assert aci.per_1000 == round(1000 * 3 / 26, 2)
    assert not aci.words_known
    assert alarms["CodiEsp case reports, dev"].per_1000 == 0
    assert alarms["ASQ-PHI queries without PHI, test"].texts == 1


def test_what_loading_costs_is_told_apart(report: Report) -> None:
    (start,) = (one for one in report.measured if isinstance(one, Start))
    assert start.cpu_seconds >= 0


def test_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"aci-bench/train\.csv"):
        module.evaluate(tmp_path)
    data = published(tmp_path / "data")
    (data / "codiesp" / "dev" / "text_files_en" / "one.txt").unlink()
    with pytest.raises(InvalidInput, match="codiesp/dev"):
        list(sets.prose(data))


@pytest.mark.data
@pytest.mark.slow
def test_published_queries_are_cleaned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    monkeypatch.setattr(sets, "NUMBER", 100)  # of 300, which ``make bench`` measures
    few = sampled(Path(os.environ["WARDROUND_DATA"]), tmp_path / "data", 20)
    by = rows(module.evaluate(few))
    queries, notes = by["ASQ-PHI, test"], by["planted notes, test"]
    assert queries.recall >= 0.97
    assert queries.precision >= 0.95
    assert notes.recall >= 0.98
    assert notes.precision >= 0.97
    assert all(by[name].recall >= 0.75 for name in OTHERS)
