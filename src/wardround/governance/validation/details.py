"""The sections for whoever checks a model: figures, thresholds, groups, gaps, and the 27 items."""

from wardround.governance.validation import plots
from wardround.governance.validation.about import NOT_PROVIDED, About, tripod_items
from wardround.governance.validation.model import Group, Validation
from wardround.governance.validation.picture import Picture
from wardround.governance.validation.section import Section, Table
from wardround.governance.validation.wording import MEASURES, number, percent, share

SMALL_CELL = 11
"""Fewer patients than this are not counted out (the cell size suppression policy of CMS)."""

_FORESTS = (
    ("auroc", "Telling patients apart, by group (AUROC)", "Further right is better."),
    ("fnr", "Missed of those with the outcome, by group", "Further left is better."),
    (
        "calibration_gap",
        "Observed less expected, by group",
        "Right of the line the outcome came more often than predicted.",
    ),
)


def details(found: Validation, about: About) -> list[Section]:
    """Return the numbered sections."""
    sections = [
        _figures(found),
        _curves(found),
        _thresholds(found),
        _groups(found),
        _gaps(found),
        _compared(found),
        _missing(found),
        _coverage(found),
        _methods(found, about),
        _tripod(found, about),
    ]
    return [
        Section(
            f"{at}. {one.heading}",
            one.words,
            one.points,
            one.table,
            one.pictures,
            after=one.after,
        )
        for at, one in enumerate(sections, 1)
    ]


def _figures(found: Validation) -> Section:
    order = [name for name in MEASURES if name in found.overall]
    rows = [[MEASURES[name][0], number(found.overall[name]), MEASURES[name][1]] for name in order]
    perfect = found.calibration.ece_if_perfect
    words = (
        []
        if "slope" in found.overall
        else ["There is no calibration slope: the predictions part the outcomes without a fault."]
    )
    after = [
        f"A model whose every risk is right would show an ECE of {number(perfect)} with as many "
        "patients, by chance alone. ECE and ICI have no interval: resampling makes both larger."
    ]
    table = Table(["Measure", "Value (95 % interval)", "How to read it"], rows, widths=[3, 3, 5])
    return Section("All figures", words, table=table, after=after)


def _curves(found: Validation) -> Section:
    rows = [
        [f"{one.n:,}", percent(one.predicted, 1), share(one.observed)]
        for one in found.calibration.bins
    ]
    table = Table(["Patients", "Predicted, on average", "Observed (95 %)"], rows, widths=[1, 2, 3])
    pictures = [plots.roc(found), plots.precision_recall(found)]
    words = ["The table has the points of the reliability curve on the first page."]
    return Section("Curves", words, table=table, pictures=pictures)


def _thresholds(found: Validation) -> Section:
    rows = [
        [
            percent(one.threshold),
            share(one.sensitivity),
            share(one.specificity),
            share(one.ppv),
            share(one.npv),
            f"{one.alerts_per_100.value:.1f}",
            "none" if one.nne is None else f"{one.nne.value:.1f}",
            number(one.net_benefit),
        ]
        for one in found.thresholds
    ]
    head = ["From a risk of", "Found (sens.)", "Left in peace (spec.)", "Alarms right (PPV)"]
    head += ["Silence right (NPV)", "Alarms in 100", "NNE", "Net benefit"]
    after = ["NNE: patients to evaluate for one who has the outcome. A patient at the risk counts."]
    table = Table(head, rows, widths=[1.3, 2, 2, 2, 2, 1.2, 0.9, 2.2])
    return Section("Thresholds", table=table, after=after)


def _groups(found: Validation) -> Section:
    if not found.groups:
        return Section("Groups of patients", ["No groups were handed in: fairness is not known."])
    forests = [plots.forest(found, *one) for one in _FORESTS]
    pictures: list[Picture] = [one for one in forests if one is not None]
    rows = [_group(one) for one in found.groups]
    head = ["Group", "Patients", "AUROC", "Observed : expected", "Slope", "Missed", "Alarms right"]
    table = Table(head, rows, widths=[2.6, 1.2, 2, 2, 2, 2, 2])
    words = [f"Groups are compared at a risk of {percent(found.chosen)}."]
    return Section("Groups of patients", words, table=table, pictures=pictures)


def _gaps(found: Validation) -> Section:
    told = [one for one in found.gaps if one.measure != "tpr"]
    if not told:
        return Section("Gaps between groups", ["There are no two groups large enough to compare."])
    rows = [
        [
            f"{one.column}: {MEASURES[one.measure][0]}",
            one.more,
            one.less,
            f"{100 * one.difference.value:.1f} ({100 * (one.difference.low or 0):.1f} to "
            f"{100 * (one.difference.high or 0):.1f})",
            "clear" if one.clear else "may be chance",
        ]
        for one in told
    ]
    words = [
        "Each is the widest gap of its column, in 100 patients; its interval is widened for all "
        "pairs of groups that were looked at."
    ]
    head = ["What of", "Most", "Least", "Gap in 100 (95 %)", "Verdict"]
    table = Table(head, rows, widths=[3, 2, 2, 2.4, 1.4])
    return Section("Gaps between groups", words, table=table)


def _group(one: Group) -> list[str]:
    name = f"{one.column}: {one.level}"
    n = f"{one.n:,}" if one.n >= SMALL_CELL else f"fewer than {SMALL_CELL}"
    if one.small:
        return [name, n, "too few to say", "", "", "", ""]
    told = one.measures
    figures = [number(told.get(name), 2) for name in ("auroc", "o_to_e", "slope")]
    return [name, n, *figures, share(told.get("fnr")), share(told.get("ppv"))]


def _compared(found: Validation) -> Section:
    if not found.compared:
        return Section("Beside others' predictions", [f"Others' predictions: {NOT_PROVIDED}."])
    rows = []
    for one in found.compared:
        apart = f"{number(one.auroc_difference)}, p {_p(one.auroc_p)}"
        rows.append(["This model", f"{one.n:,}", number(one.model_auroc), number(one.model_brier)])
        rows[-1] += ["", ""]
        name = [one.name, f"{one.n:,}", number(one.auroc), number(one.brier)]
        rows.append([*name, number(one.slope), number(one.o_to_e)])
        apart_ = ["Model less theirs", "", apart, number(one.brier_difference), "", ""]
        rows.append(apart_)
    head = ["", "Patients", "AUROC", "Brier", "Slope", "Observed : expected"]
    after = ["AUROCs are compared by DeLong's test, on patients for whom both are there."]
    return Section(
        "Beside others' predictions",
        table=Table(head, rows, widths=[2, 1, 2.4, 2.2, 2, 2]),
        after=after,
    )


def _p(value: float) -> str:
    return "below .001" if value < 0.001 else f"{value:.3f}"


def _missing(found: Validation) -> Section:
    if not found.missing:
        return Section("Missing inputs", [f"Which inputs were missing: {NOT_PROVIDED}."])
    rows = [
        [
            one.column,
            f"{one.n:,}",
            share(one.share),
            share(one.with_outcome),
            share(one.without_outcome),
        ]
        for one in found.missing
    ]
    head = ["Input", "Missing in", "Share", "Of those with the outcome", "Of those without it"]
    return Section("Missing inputs", table=Table(head, rows, widths=[2.2, 1.2, 2, 2, 2]))


def _coverage(found: Validation) -> Section:
    if not found.coverage:
        words = [f"Conformal sets: {NOT_PROVIDED}."]
        return Section("When it abstains", words)
    rows = [
        [
            one.level if one.column == one.level else f"{one.column}: {one.level}",
            f"{one.n:,}",
            share(one.covered),
            share(one.answered),
            share(one.right_if_answered),
        ]
        for one in found.coverage
        if one.n >= SMALL_CELL
    ]
    words = [
        "How often the truth was in the set, how often there was one answer, and it was right."
    ]
    head = ["Patients", "n", "Covered", "Answered", "Right if answered"]
    return Section("When it abstains", words, table=Table(head, rows, widths=[2.6, 1, 2, 2, 2]))


def _methods(found: Validation, about: About) -> Section:
    points = [
        f"Intervals: 95 %; of ranking, Brier, log loss, calibration and curves the percentiles of "
        f"{found.resamples:,} cohorts drawn from all patients (seed {found.seed}), not drawn apart "
        "by outcome, for the share with the outcome is itself uncertain.",
        "Shares: Wilson. Differences of shares: Newcombe. Net benefit at a threshold: of a mean.",
        "Reliability curve: local lines over three quarters of the patients (loess).",
        "Risks of 0 and 1 count as 0.000001 from it where a logarithm is taken.",
        f"SHA-256 of the data: {found.digest}",
        f"SHA-256 of the model: {about.digest or NOT_PROVIDED}",
    ]
    return Section("How it was measured", points=points)


def _tripod(found: Validation, about: About) -> Section:
    rows = []
    items = tripod_items(about, found)
    for one in items:
        answer = one.answer or f"To be written by {one.by}: {NOT_PROVIDED}."
        rows.append([str(one.number), one.asks, answer])
    lacking = sum(one.answer is None for one in items)
    words = [
        f"{len(items) - lacking} of {len(items)} items have an answer; {lacking} are to be written."
    ]
    table = Table(["", "TRIPOD+AI asks", "Answer"], rows, widths=[0.5, 4, 5])
    return Section("TRIPOD+AI", words, table=table)
