"""Marks are read from the tests themselves."""

from pathlib import Path

import pytest

from wardround.governance.dossier import read_trace
from wardround.governance.dossier.trace import tests_of as found_tests
from wardround.kernel import InvalidInput

MARKED = """
import pytest


@pytest.mark.requirement("X-01", "X-02")
@pytest.mark.slow
def test_one() -> None: ...


class TestMany:
    @pytest.mark.requirement("X-02")
    async def test_two(self) -> None: ...


def test_unmarked() -> None:
    "@pytest.mark.requirement('X-03') in words is no mark"
"""


def test_each_mark_is_found_with_its_test(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "room"
    folder.mkdir(parents=True)
    (folder / "test_marked.py").write_text(MARKED)
    (folder / "test_broken_but_unmarked.py").write_text("def (")
    traced = read_trace(tmp_path / "tests")
    assert [tuple(one) for one in traced] == [
        ("X-01", "tests/room/test_marked.py::test_one"),
        ("X-02", "tests/room/test_marked.py::TestMany::test_two"),
        ("X-02", "tests/room/test_marked.py::test_one"),
    ]
    assert found_tests("X-01", traced) == ["tests/room/test_marked.py::test_one"]
    assert not found_tests("X-03", traced)


@pytest.mark.parametrize("ids", ["", "NAME", 'f"X-{1}"', 'id="X-01"', "1"])
def test_a_mark_that_names_nothing_plainly_is_refused(tmp_path: Path, ids: str) -> None:
    text = f"@pytest.mark.requirement({ids})\ndef test_one() -> None: ...\n"
    (tmp_path / "test_marked.py").write_text(text)
    with pytest.raises(InvalidInput, match=r"requirement"):
        read_trace(tmp_path)
