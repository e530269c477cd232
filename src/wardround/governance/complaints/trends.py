"""Trends: how many complaints there were of each version of each model, by month of receipt."""

from collections import Counter
from collections.abc import Iterable

from wardround.governance.complaints.complaint import Complaint, Harm
from wardround.kernel import Noun


class ComplaintTrend(Noun):
    """A version of a model in one month, written as 2026-11: complaints, and those with harm."""

    name: str
    version: str
    month: str
    count: int
    harmed: int


def complaint_trends(complaints: Iterable[Complaint]) -> tuple[ComplaintTrend, ...]:
    """Return the counts, the latest month first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    harmed: Counter[tuple[str, str, str]] = Counter()
    for one in complaints:
        device = one.report.device
        key = (f"{one.report.received:%Y-%m}", device.name, device.version)
        counts[key] += 1
        harmed[key] += one.report.harm in {Harm.HARM, Harm.SERIOUS}
    in_order = sorted(sorted(counts), key=lambda key: key[0], reverse=True)
    return tuple(
        ComplaintTrend(
            name=name, version=version, month=month, count=counts[key], harmed=harmed[key]
        )
        for key in in_order
        for month, name, version in [key]
    )
