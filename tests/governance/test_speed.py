"""What a full report of 10,000 patients costs: at most a minute of one core is asked."""

from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.governance.made import ABOUT, predictions
from wardround.governance.validation import report_html, report_pdf, validate


@pytest.mark.slow
def test_a_full_report_of_ten_thousand_patients(benchmark: BenchmarkFixture) -> None:
    """Two columns of groups, a baseline, conformal sets, a thousand resamples, page and PDF."""
    data = predictions(10_000)

    def write() -> bytes:
        found = validate(data)
        today = date(2026, 11, 28)
        return report_html(found, ABOUT, today) + report_pdf(found, ABOUT, today)

    measure = benchmark.pedantic
    assert measure(write, rounds=1)  # type: ignore[no-untyped-call]
