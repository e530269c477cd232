import pytest

from tests.house.longest_first import longest_first, seconds
from tests.house.sources import ROOT


def test_the_longest_files_come_first_and_stay_whole(request: pytest.FixtureRequest) -> None:
    items = list(request.session.items)
    ordered = longest_first(items)
    assert sorted(map(id, ordered)) == sorted(map(id, items))
    files = [item.nodeid.partition("::")[0] for item in ordered]
    once = list(dict.fromkeys(files))
    long = []
    for file in once:
        of = [item for item in items if item.nodeid.partition("::")[0] == file]
        first = files.index(file)
        assert ordered[first : first + len(of)] == of
        long.append(sum(map(seconds, of)))
    assert long == sorted(long, reverse=True)


def test_make_test_keeps_this_order() -> None:
    (line,) = [one for one in (ROOT / "Makefile").read_text().splitlines() if "--dist" in one]
    assert "--no-loadscope-reorder" in line
