"""How tests came out, of files that pytest itself writes."""

import subprocess
import sys

import pytest

from wardround.governance import read_results
from wardround.governance.dossier.results import Outcome, outcome_of, told
from wardround.kernel import InvalidInput

TESTS = """
import pytest

def test_right(): pass
def test_wrong(): assert False

@pytest.mark.parametrize("n", [1, 2])
def test_one_of_two(n): assert n == 1

@pytest.mark.skip
def test_skipped(): pass

@pytest.fixture
def broken(): raise OSError

def test_that_never_began(broken): pass

class TestMany:
    def test_in_a_class(self): pass
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a run."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "tests").mkdir()
    (folder / "tests" / "test_x.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=out.xml"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=120)
    return (folder / "out.xml").read_bytes()


@pytest.mark.parametrize(
    ("test", "outcome"),
    [
        ("test_right", Outcome.PASSED),
        ("test_wrong", Outcome.FAILED),
        ("test_one_of_two", Outcome.FAILED),
        ("test_skipped", Outcome.SKIPPED),
        ("test_that_never_began", Outcome.FAILED),
        ("TestMany::test_in_a_class", Outcome.PASSED),
        ("test_of_another_day", Outcome.NOT_RUN),
    ],
)
def test_each_comes_out_as_it_did(written: bytes, test: str, outcome: Outcome) -> None:
    assert outcome_of(f"tests/test_x.py::{test}", read_results(written, "out.xml")) is outcome


def test_many_are_counted(written: bytes) -> None:
    tests = [f"tests/test_x.py::{name}" for name in ("test_right", "test_wrong", "test_new")]
    assert told(tests, read_results(written, "out.xml")) == "1 failed, 1 passed, 1 not run"


BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a><testcase name="&d;"/></a>'


@pytest.mark.parametrize("data", [b"", b"no xml", b"<testsuites/>", b"\xff\xfe\x00", BOMB])
def test_what_is_no_run_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="--junitxml"):
        read_results(data, "out.xml")
