"""A check as a plot: how its evidence grew, patient by patient, towards the limit."""

from wardround.governance.monitoring import Check
from wardround.governance.validation import Axes, Line, Picture, svg


def control_chart(check: Check) -> str | None:
    """Return the control chart of a CUSUM as SVG; None of a check that has no path."""
    if not check.path or check.limit is None:
        return None
    count = len(check.path)
    patients = [check.n * (place + 1) / count for place in range(count)]
    top = 1.1 * max(check.limit, *check.path)
    says = f"{check.said} It fires where the line passes the limit of {check.limit:.1f}."
    axes = Axes(
        f"{check.subject}: {check.kind}",
        says,
        (0.0, float(check.n)),
        (0.0, top),
        ("Patients since the watch began", "Evidence (CUSUM)"),
        shares=False,
    )
    axes.line([0.0, float(check.n)], [check.limit, check.limit], "all", "limit")
    axes.line(patients, check.path, "model", "evidence")
    return svg(axes.picture)


def sparkline(check: Check) -> str | None:
    """Return the same in the height of a line of text, with its limit."""
    if not check.path or check.limit is None:
        return None
    wide, high = 120.0, 26.0
    top = 1.05 * max(check.limit, *check.path)
    step = wide / max(len(check.path) - 1, 1)
    line = [(place * step, high - value / top * high) for place, value in enumerate(check.path)]
    level = high - check.limit / top * high
    picture = Picture(check.subject, check.said, wide, high)
    picture.shapes += [Line([(0, level), (wide, level)], "all", "3 3"), Line(line, "model")]
    return svg(picture)
