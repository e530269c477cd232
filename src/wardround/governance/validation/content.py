"""What a validation report says, section by section: the same on the page and on paper.

The first page is for the clinician who is asked to act on the model; the rest is for who checks it.
"""

from dataclasses import dataclass, field
from datetime import date

from wardround.governance.validation import plots
from wardround.governance.validation.about import NOT_PROVIDED, About
from wardround.governance.validation.details import details
from wardround.governance.validation.model import Gap, Threshold, Validation
from wardround.governance.validation.section import Section, Table
from wardround.governance.validation.wording import in_hundred, inline, percent

FIRM = 100
"""With fewer patients with the outcome, or without it, a calibration curve cannot be trusted."""


@dataclass(frozen=True)
class Report:
    """A title, the line under it, and the sections."""

    title: str
    under: str
    sections: list[Section] = field(default_factory=list)


def report_of(found: Validation, about: About, today: date) -> Report:
    """Return the report of a validation."""
    under = f"Version {about.version} · {found.n:,} patients · {today:%d %B %Y}".replace(" 0", " ")
    first = [_purpose(about), _how_often(found, about), _where_not(found, about)]
    return Report(f"Validation of {about.name}", under, [*first, *details(found, about)])


def _purpose(about: About) -> Section:
    horizon = f", {about.horizon}" if about.horizon else ""
    rows = [
        ["Predicts", f"The probability of {about.predicts}{horizon}"],
        ["For whom", _begun(about.for_whom)],
        ["Where", _begun(about.setting)],
        ["Read by", _begun(about.users)],
        ["Checked on", ". ".join(filter(None, (about.source, about.dates))) or NOT_PROVIDED],
    ]
    return Section("What it is for", table=Table(["", ""], rows, headed=False), lead=True)


def _begun(text: str | None) -> str:
    return text[:1].upper() + text[1:] if text else NOT_PROVIDED


def _how_often(found: Validation, about: About) -> Section:
    at = next(one for one in found.thresholds if one.threshold == found.chosen)
    words = [
        f"Of 100 patients like these {_patients(100 * found.share)} had the outcome: "
        f"{about.predicts}.",
        *_alarms(at),
    ]
    points = [_ranks(found), _true(found), *_beside(found)]
    if min(found.events, found.n - found.events) < FIRM:
        points.append(
            f"Only {found.events} patients had the outcome and {found.n - found.events} had not: "
            f"the calibration curve is a hint, no more (at least {FIRM} of each are asked)."
        )
    pictures = [plots.reliability(found), plots.decision(found)]
    return Section("How often it is right", words, points, pictures=pictures)


def _alarms(at: Threshold) -> list[str]:
    alarms = at.alerts_per_100.value
    sentence = (
        f"If one acts from a risk of {percent(at.threshold)}, {_patients(alarms)} of 100 are "
    )
    sentence += "acted upon" + (
        f"; of these alarms, {in_hundred(at.ppv.value)} are right." if at.ppv else "."
    )
    missed = 1 - at.sensitivity.value
    return [sentence, f"Of those who had the outcome it misses {in_hundred(missed)}."]


def _patients(count: float) -> str:
    return "fewer than 1" if 0 < count < 0.5 else f"{count:.0f}"


def _ranks(found: Validation) -> str:
    area = found.overall["auroc"]
    return (
        f"Of two patients, one with the outcome and one without, it gives the higher risk to the "
        f"right one {in_hundred(area.value)} times (AUROC {inline(area)})."
    )


def _true(found: Validation) -> str:
    ratio = found.overall["o_to_e"]
    low, high = ratio.low or ratio.value, ratio.high or ratio.value
    if low <= 1 <= high:
        said = "On the whole its risks came true as often as they say"
    elif ratio.value < 1:
        said = "It says too much: the outcome came less often than predicted"
    else:
        said = "It says too little: the outcome came more often than predicted"
    return f"{said} (observed : expected {inline(ratio)})."


def _beside(found: Validation) -> list[str]:
    said = []
    for one in found.compared:
        low, high = one.auroc_difference.low or 0.0, one.auroc_difference.high or 0.0
        verdict = "no better and no worse, as far as can be told"
        if low > 0:
            verdict = "better"
        elif high < 0:
            verdict = "worse"
        said.append(
            f"At telling patients apart it is {verdict} than {one.name} (AUROC "
            f"{one.model_auroc.value:.2f} against {one.auroc.value:.2f}, on {one.n:,} patients)."
        )
    return said


def _where_not(found: Validation, about: About) -> Section:
    points = list(about.not_for) or [f"Uses it is not meant for: {NOT_PROVIDED}."]
    points += about.limits
    points += [
        _gap(gap) for gap in found.gaps if gap.clear and gap.measure in {"fnr", "calibration_gap"}
    ]
    small = [f"{one.column}: {one.level}" for one in found.groups if one.small]
    if small:
        told = "; ".join(small[:8]) + ("; and others" if len(small) > 8 else "")
        points.append(f"Too few to say how well it does for them: {told}.")
    return Section("Where not to use it, and where with care", points=points)


def _gap(gap: Gap) -> str:
    more, less = gap.more, gap.less
    by = f"{100 * gap.difference.value:.0f} in 100"
    if gap.measure == "fnr":
        return f"By {gap.column}, it misses more of “{more}” than of “{less}”, by {by}."
    return (
        f"By {gap.column}, the outcome exceeds what was predicted more for “{more}” than for "
        f"“{less}”, by {by}."
    )
