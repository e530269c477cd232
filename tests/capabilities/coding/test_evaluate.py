"""The figures of the coder: how they are counted, and the least that published data must show."""

import os
from pathlib import Path

import pytest

from wardround.capabilities.coding.evaluate import (
    Line,
    average,
    codiesp,
    evaluate,
    own_notes,
    shares,
)
from wardround.engines.terminology import load_icd10cm
from wardround.kernel import InvalidInput


def test_shares_are_counted_over_all_documents() -> None:
    assert shares([{"a", "b"}, set()], [{"a"}, {"c"}]) == (0.5, 0.5, 0.5)
    assert shares([set()], [{"a"}]) == (0.0, 0.0, 0.0)


def test_average_precision_is_that_of_the_list_as_it_stands() -> None:
    assert average(["a", "x", "b"], {"a", "b"}) == pytest.approx((1 + 2 / 3) / 2)
    assert average(["x"], {"a"}) == 0.0
    assert average(["a"], {"a", "b", "c", "d"}) == 0.25


def test_own_notes_name_codes_that_are_valid_on_their_day() -> None:
    cases = [*own_notes("dev"), *own_notes("held-out")]
    assert len(own_notes("dev")) == len(own_notes("held-out")) == 30
    edition = load_icd10cm().newest
    assert [code for case in cases for code in case.right if not edition.billable(code)] == []


def test_data_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="CodiEsp is not there"):
        codiesp(tmp_path)


@pytest.mark.data
def test_the_published_development_part() -> None:
    data = os.environ.get("WARDROUND_DATA")
    if not data:
        pytest.skip("WARDROUND_DATA is not set: CodiEsp is there")
    report = evaluate(Path(data))
    lines = [one for one in report.measured if isinstance(one, Line)]
    ours = lines[0]
    assert ours.documents == 250
    assert (ours.f1 or 0) >= 0.62
    assert (ours.mean_average_precision or 0) >= 0.48
    assert (ours.f1_three or 0) >= 0.72
    assert (ours.accepted or 0) >= 0.90
    assert (ours.coverage or 0) >= 0.15
    own = {line.of: line.f1 for line in lines if line.data.startswith("everyday")}
    assert min(own[part] or 0 for part in ("dev", "held-out")) >= 0.75
