"""A search that asks for too much says so, on both databases; it leaves nothing out unseen."""

import pytest

from tests.record.conftest import body
from wardround.kernel import TooLarge
from wardround.record import Chart


def test_nothing_is_left_out_unseen(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        name = [{"family": "Muller"}] if number else []
        chart.update(body("Patient", id=f"p{number}", name=name))
    for module in ("search", "chart"):
        monkeypatch.setattr(f"wardround.record.{module}.MOST", 3)
    with pytest.raises(TooLarge, match="pages") as told:
        chart.search("Patient", {})
    assert told.value.where == "Patient"
    assert len(chart.search("Patient", {"name:missing": "false"})) == 3
    assert len(chart.search("Patient", {"_count": "3"})) == 3
    assert chart.count("Patient", {}) == 4


@pytest.mark.parametrize("name", ["_id", "birthdate", "gender", "identifier", "name:contains"])
def test_as_many_values_as_may_be(chart: Chart, name: str) -> None:
    some = ",".join(["1950"] * 6)
    for asked in (",".join(["1950"] * 200), [some] * 30):
        chart.search("Patient", {name: asked})
    for asked in (",".join(["1950"] * 201), ["1950"] * 31, [some + "," + some] * 20):
        with pytest.raises(TooLarge, match="30 conditions and 200 values"):
            chart.search("Patient", {name: asked})
    with pytest.raises(TooLarge):
        chart.count("Patient", {name: "1950", "birthdate:missing": ["true"] * 30})


def test_as_many_sorts_as_may_be(chart: Chart) -> None:
    chart.search("Patient", {"_sort": ",".join(["family"] * 5)})
    with pytest.raises(TooLarge, match="At most 5") as told:
        chart.search("Patient", {"_sort": ",".join(["family"] * 6)})
    assert told.value.where == "_sort"
