"""How tests came out, of what pytest itself prints."""

import subprocess
import sys

import pytest

from wardround.governance.dossier import read_results
from wardround.governance.dossier.results import Outcome, told
from wardround.kernel import InvalidInput

TESTS = """
import pytest

def test_right():
    print("FAILED tests/test_x.py::test_right")

def test_wrong(): assert False

@pytest.mark.parametrize("n", ["a b", "c"])
def test_one_of_two(n): assert n == "c"

@pytest.mark.skip
def test_skipped(): pass

@pytest.fixture
def broken(): raise OSError

def test_that_never_began(broken): pass

class TestMany:
    def test_in_a_class(self): pass
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run printed."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "tests").mkdir()
    (folder / "tests" / "test_x.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )
    return done.stdout


@pytest.mark.parametrize(
    ("test", "outcome"),
    [
        ("test_right", Outcome.PASSED),
        ("test_wrong", Outcome.FAILED),
        ("test_one_of_two", Outcome.FAILED),
        ("test_skipped", None),
        ("test_that_never_began", Outcome.FAILED),
        ("TestMany::test_in_a_class", Outcome.PASSED),
        ("test_of_another_day", None),
    ],
)
def test_each_comes_out_as_it_did(printed: str, test: str, outcome: Outcome | None) -> None:
    assert read_results(printed, "out.txt").get(f"tests/test_x.py::{test}") is outcome


def test_many_are_counted(printed: str) -> None:
    tests = [f"tests/test_x.py::{name}" for name in ("test_right", "test_wrong", "test_new")]
    assert told(tests, read_results(printed, "out.txt")) == "1 failed, 1 passed, 1 not run"


@pytest.mark.parametrize("text", ["", "no run", "PASSED tests/test_x.py::test_right", "\x00\xff"])
def test_what_is_no_run_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="-rA"):
        read_results(text, "out.txt")
