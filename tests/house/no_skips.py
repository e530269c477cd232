"""With WARDROUND_NO_SKIPS=1 a skipped test is a failed one.

A skip says that this machine lacks something; where everything is meant to be there, that must
not pass unseen.
"""

import os
from collections.abc import Generator

import pytest


def _forbidden() -> bool:
    return os.environ.get("WARDROUND_NO_SKIPS") == "1"


def _failed(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing may be skipped: WARDROUND_NO_SKIPS=1."


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test into a failure."""
    report = yield
    if _forbidden():
        _failed(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole module into a failure."""
    report = yield
    if _forbidden():
        _failed(report)
    return report
