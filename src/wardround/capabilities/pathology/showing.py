"""How the review page shows a report: the slide, the regions on it, and each measure."""

from typing import Any, NamedTuple

from wardround.capabilities.pathology.model import Measure, Report
from wardround.capabilities.pathology.results.kept import RESULT
from wardround.capabilities.pathology.results.looked import Look
from wardround.kernel import Draft

_UNITS = {"um2": "µm²", "mm2": "mm²", "/mm2": "per mm²", "1": "", "count": "", "{pixel}": "px"}


_LOOKS = {
    Look.LOOKED: ("Looked at", ""),
    Look.EMPTY: ("No tissue", "not looked at"),
    Look.PEN: ("Under pen", "nothing there counts"),
    Look.TORN: ("Could not be decoded", "not looked at"),
    Look.FOLDED: ("Folded", "looked at, nuclei cannot be told apart"),
    Look.BLURRED: ("Out of focus", "looked at, counts may be low"),
}


class Seen(NamedTuple):
    """A kind of place on the slide as the page lists it, and how much of the slide it is."""

    name: str
    place: str
    says: str
    share: str


class Row(NamedTuple):
    """One measure as the page shows it; ``region`` is the number of its mark, if any."""

    place: int
    measure: Measure
    value: str
    read: str
    regions: list[int]


class Mark(NamedTuple):
    """One region on the slide; ``claim`` is the number of the evidence it belongs to."""

    number: int
    claim: int
    name: str
    x: int
    y: int
    width: int
    height: int


def page(draft: Draft) -> dict[str, Any]:
    """Return the report with what the page draws of it; of an abstained draft its slide alone."""
    address = f"/drafts/{draft.id}/slide"
    if not draft.content:
        return {"report": None, "kept": False, "address": address, "marks": [], "rows": []}
    report = Report.model_validate(draft.content)
    numbers = {item.claim: number for number, item in enumerate(draft.evidence)}
    placed = [
        (f"/measures/{place}", one.display, region)
        for place, one in enumerate(report.measures)
        for region in (one.region, *one.more)
        if region is not None
    ] + [(f"/marked/{place}", one.display, one.region) for place, one in enumerate(report.marked)]
    marks = [
        Mark(number, numbers.get(claim, -1), name, region.x, region.y, region.width, region.height)
        for number, (claim, name, region) in enumerate(placed)
    ]
    at: dict[str, list[int]] = {}
    for number, (claim, _, _) in enumerate(placed):
        at.setdefault(claim, []).append(number)
    return {
        "report": report,
        "kept": any(one.name == RESULT for one in draft.files),
        "seen": _seen(report),
        "classes": any(one.code == "labelling-index" for one in report.measures),
        "address": address,
        "marks": marks,
        "rows": [
            Row(
                place,
                one,
                _said(one.value, one.unit),
                _said(one.read, one.unit),
                at.get(f"/measures/{place}", []),
            )
            for place, one in enumerate(report.measures)
        ],
        "drawn": [
            (place, one, at[f"/marked/{place}"][0]) for place, one in enumerate(report.marked)
        ],
        "failed": any(not one.passed for one in report.checks),
    }


def _seen(report: Report) -> list[Seen]:
    """Return what was looked at first, then what was not."""
    shares = {Look[one.look.upper()]: one.share for one in report.seen}
    return [
        Seen(look.name.lower(), *words, _percent(shares[look]))
        for look, words in _LOOKS.items()
        if look in shares
    ]


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 else "< 0.1%"


def _said(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:,.3g}"
    named = _UNITS.get(unit, unit)
    return f"{number.replace(',', ' ')} {named}".strip()
