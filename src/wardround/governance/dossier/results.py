"""How the tests of a requirement came out, from the JUnit XML that ``pytest --junitxml`` writes.

That a test is there says nothing of whether it passed: without a run's file the dossier says so.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from wardround.kernel import InvalidInput


class Outcome(StrEnum):
    """How a test came out; of one with many parameters a failure counts first, a skip last."""

    FAILED = "failed"
    PASSED = "passed"
    SKIPPED = "skipped"
    NOT_RUN = "not run"


Results = Mapping[str, Outcome]
"""The outcome of each test by its name as pytest has it, without parameters."""

_WORST = (Outcome.FAILED, Outcome.PASSED, Outcome.SKIPPED)


def read_results(data: bytes, where: str) -> dict[str, Outcome]:
    """Return the outcomes of a run. Raise ``InvalidInput`` for what is no such file."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        cases = list(fromstring(data).iter("testcase"))
    except (ParseError, DefusedXmlException, ValueError):
        raise InvalidInput("This is no JUnit XML.", where=where, mend=_MEND) from None
    if not cases:
        raise InvalidInput("There is no test in this file.", where=where, mend=_MEND)
    found: dict[str, Outcome] = {}
    for case in cases:
        key = _key(case.get("classname", ""), case.get("name", "").partition("[")[0])
        kinds = {child.tag for child in case}
        outcome = Outcome.PASSED
        if kinds & {"failure", "error"}:
            outcome = Outcome.FAILED
        elif "skipped" in kinds:
            outcome = Outcome.SKIPPED
        found[key] = min(found.get(key, outcome), outcome, key=_WORST.index)
    return found


_MEND = "Make it with: python -m pytest --junitxml=results.xml"


def outcome_of(test: str, results: Results) -> Outcome:
    """Return how a test came out, by its name such as ``tests/test_x.py::test_one``."""
    file, _, name = test.partition("::")
    *classes, function = name.split("::")
    module = file.removesuffix(".py").replace("/", ".")
    return results.get(_key(".".join([module, *classes]), function), Outcome.NOT_RUN)


def told(tests: Iterable[str], results: Results) -> str:
    """Return the outcomes of some tests in words: "3 passed, 1 skipped"."""
    outcomes = [outcome_of(test, results) for test in tests]
    counts = [(outcomes.count(one), one) for one in Outcome]
    return ", ".join(f"{count} {one}" for count, one in counts if count)


def _key(module: str, function: str) -> str:
    return f"{module}::{function}"
