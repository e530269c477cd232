"""The plots of a validation, in plain words at their axes."""

from wardround.governance.validation.acting import useful_from_to
from wardround.governance.validation.axes import NUMBERS, RIGHT, WIDTH, Axes, reach, ticks, told
from wardround.governance.validation.model import Group, Measured, Validation
from wardround.governance.validation.picture import Area, Dot, Line, Picture, Words
from wardround.governance.validation.wording import inline, percent

_HISTOGRAM = 66.0
_ROLES = ("other", "third")
_ROW = 21.0
_NAMES = 128.0
_NUMBERS = 44.0


def reliability(found: Validation) -> Picture:
    """Return how often the outcome came, against the risk that was predicted."""
    calibration = found.calibration
    highest = [one.observed.high or one.observed.value for one in calibration.bins]
    top = reach(min(1.0, max(calibration.smooth.x[-1], *highest)))
    says = "On the dotted line a predicted risk comes true as often as it says."
    ends = (0.0, top)
    labels = ("Predicted risk", "Patients who had the outcome")
    axes = Axes("Do predicted risks come true?", says, ends, ends, labels, below=_HISTOGRAM)
    smooth = calibration.smooth
    axes.line([0, top], [0, top], "ideal", "as it says")
    axes.band(smooth.x, smooth.low or smooth.y, smooth.high or smooth.y)
    axes.line(smooth.x, smooth.y, "model", "this model, smoothed")
    for one in calibration.bins:
        ends_ = (one.observed.low or 0.0, one.observed.high or 0.0)
        points = [axes.at(one.predicted, end) for end in ends_]
        axes.picture.shapes.append(Line(points, "whisker"))
        axes.picture.shapes.append(Dot(axes.at(one.predicted, one.observed.value), "model"))
    _histogram(axes, found, top)
    return axes.picture


def _histogram(axes: Axes, found: Validation, top: float) -> None:
    calibration = found.calibration
    bars = len(calibration.histogram_yes)
    most = max(*calibration.histogram_yes, *calibration.histogram_no, 1)
    middle, half = axes.floor + _HISTOGRAM / 2 + 4, _HISTOGRAM / 2 - 8
    sides = (("yes", calibration.histogram_yes, -1), ("no", calibration.histogram_no, 1))
    for role, counts, way in sides:
        for at, count in enumerate(counts):
            start, end = at / bars, (at + 1) / bars
            if not count or start >= top - 1e-9:
                continue
            left, right = axes.at(start, 0)[0] + 0.5, axes.at(end, 0)[0] - 0.5
            far = middle + way * half * count / most
            outline = [(left, middle), (left, far), (right, far), (right, middle)]
            axes.picture.shapes.append(Area(outline, role))
    axes.picture.shapes += [
        Words((WIDTH - RIGHT, middle - half + 7), "had the outcome", "soft", "end"),
        Words((WIDTH - RIGHT, middle + half - 1), "had it not", "soft", "end"),
    ]


def roc(found: Validation) -> Picture:
    """Return the share found against the share alarmed for nothing."""
    axes = Axes(
        "Who is found, at what price (ROC)",
        f"Area under the curve {inline(found.overall['auroc'])}; on the dotted line, chance.",
        (0.0, 1.0),
        (0.0, 1.0),
        ("Alarmed without the outcome (1 - specificity)", "Found of those with it (sensitivity)"),
    )
    axes.line([0, 1], [0, 1], "ideal")
    axes.line(found.roc.x, found.roc.y, "model", "this model")
    for role, one in zip(_ROLES, found.compared, strict=False):
        axes.line(one.roc.x, one.roc.y, role, one.name)
    return axes.picture


def precision_recall(found: Validation) -> Picture:
    """Return how many alarms are right against the share found."""
    axes = Axes(
        "How many alarms are right (precision and recall)",
        f"Average precision {inline(found.overall['auprc'])}; by chance {found.share:.2f}.",
        (0.0, 1.0),
        (0.0, 1.0),
        ("Found of those with the outcome (recall)", "Alarms that are right (precision)"),
    )
    axes.line([0, 1], [found.share, found.share], "ideal", "chance")
    axes.line(found.pr.x, found.pr.y, "model", "this model")
    return axes.picture


def decision(found: Validation) -> Picture:
    """Return net benefit at each risk at which one might act."""
    model, everybody, nobody = found.decision
    useful = useful_from_to(found.decision)
    says = "At no risk is acting on the model better than acting on all or on none."
    if useful:
        ends = f"{percent(useful[0])} to {percent(useful[1])}"
        says = f"Better than acting on all or none from a risk of {ends}."
    top = max(*model.y, 0.01, *(model.high or model.y)) * 1.05
    axes = Axes(
        "Is acting on it worth while? (decision curve)",
        says,
        (0.0, model.x[-1]),
        (-0.25 * top, top),
        ("Risk from which one acts", "Net benefit, a patient"),
        shares=False,
    )
    axes.band(model.x, model.low or model.y, model.high or model.y)
    shown = [at for at, value in enumerate(everybody.y) if value >= -0.25 * top]
    axes.line([everybody.x[at] for at in shown], [everybody.y[at] for at in shown], "all", "all")
    axes.line(nobody.x, nobody.y, "none", "none")
    axes.line(model.x, model.y, "model", "by this model")
    return axes.picture


def forest(found: Validation, measure: str, title: str, says: str) -> Picture | None:
    """Return a measure of each group that is large enough, beside that of everybody."""
    groups = [one for one in found.groups if measure in one.measures]
    if not groups:
        return None
    everybody = _everybody(found, measure)
    ends = [end for one in groups for end in _ends(one.measures[measure])]
    ends += [] if everybody is None else [everybody]
    spare = (max(ends) - min(ends)) * 0.06 or 0.05
    low, high = min(ends) - spare, max(ends) + spare
    if measure not in {"calibration_gap", "o_to_e", "slope"}:
        low, high = max(low, 0.0), min(high, 1.0)
    columns = list(dict.fromkeys(one.column for one in groups))
    height = 30 + _ROW * (len(groups) + len(columns)) + 34
    picture = Picture(title, says, WIDTH, height)
    scale = (WIDTH - RIGHT - _NUMBERS - _NAMES) / (high - low)
    _rows(picture, groups, measure, (low, scale))
    floor = height - 34
    shapes = picture.shapes
    shapes.append(Line([(_NAMES, floor), (WIDTH - RIGHT - _NUMBERS, floor)], "axis"))
    for tick in ticks(low, high):
        x = _NAMES + (tick - low) * scale
        shapes.append(Line([(x, floor), (x, floor + 4)], "axis"))
        shapes.append(Words((x, floor + 17), told(tick, NUMBERS), "soft", "middle"))
    middle = 0.0 if everybody is None else everybody
    if low <= middle <= high:
        x = _NAMES + (middle - low) * scale
        shapes.insert(0, Line([(x, 24), (x, floor)], "ideal", "2 4"))
        shapes.append(
            Words((x, 16), "none" if everybody is None else "everybody", "soft", "middle")
        )
    return picture


def _everybody(found: Validation, measure: str) -> float | None:
    """Return the measure of all patients, where it is one that groups are held against."""
    if measure == "fnr":
        [at] = [one for one in found.thresholds if one.threshold == found.chosen]
        return 1 - at.sensitivity.value
    return found.overall[measure].value if measure in found.overall else None


def _rows(picture: Picture, groups: list[Group], measure: str, place: tuple[float, float]) -> None:
    low, scale = place
    y, column = 24.0, ""
    for one in groups:
        if one.column != column:
            column = one.column
            y += _ROW
            picture.shapes.append(Words((4, y), _short(column, 19), "ink"))
        y += _ROW
        value = one.measures[measure]
        left, right = (_NAMES + (end - low) * scale for end in _ends(value))
        picture.shapes += [
            Words((14, y), _short(one.level, 17), "soft"),
            Line([(left, y - 4), (right, y - 4)], "whisker"),
            Dot((_NAMES + (value.value - low) * scale, y - 4), "model"),
            Words((WIDTH - 4, y), f"{value.value:.2f}", "ink", "end"),
        ]


def _ends(found: Measured) -> tuple[float, float]:
    return (
        found.value if found.low is None else found.low,
        found.value if found.high is None else found.high,
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
