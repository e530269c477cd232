"""How the tests of a requirement came out, from what ``pytest -rA`` prints at its end.

That a test is there says nothing of whether it passed: without a run the dossier says so.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from wardround.kernel import InvalidInput


class Outcome(StrEnum):
    """How a test came out; of one with many parameters a failure counts before all others."""

    FAILED = "failed"
    PASSED = "passed"
    NOT_RUN = "not run"
    """It was skipped, or is not in the run: pytest does not name which tests it skipped."""


Results = Mapping[str, Outcome]
"""The outcome of each test by its name as pytest has it, without parameters."""

_SUMMARY = re.compile(r"^=+ short test summary info =+$", re.MULTILINE)
_LINE = re.compile(r"^(PASSED|FAILED|ERROR|XPASS) ([^\s\[]+\.py::[^\s\[]+)", re.MULTILINE)
_MEND = "Make it with: python -m pytest -rA > results.txt"


def read_results(text: str, where: str) -> dict[str, Outcome]:
    """Return the outcomes of a run. Raise ``InvalidInput`` for what is no such text."""
    summary = _SUMMARY.split(text)[-1]
    found: dict[str, Outcome] = {}
    for word, test in _LINE.findall(summary if summary != text else ""):
        outcome = Outcome.PASSED if word == "PASSED" else Outcome.FAILED
        if found.get(test) is not Outcome.FAILED:
            found[test] = outcome
    if not found:
        raise InvalidInput("This is no run of the tests.", where=where, mend=_MEND)
    return found


def told(tests: Iterable[str], results: Results) -> str:
    """Return the outcomes of some tests in words: "3 passed, 1 not run"."""
    outcomes = [results.get(test, Outcome.NOT_RUN) for test in tests]
    counts = [(outcomes.count(one), one) for one in Outcome]
    return ", ".join(f"{count} {one}" for count, one in counts if count)
