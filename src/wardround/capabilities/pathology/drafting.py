"""From a slide that was read to a draft, each measure with the place it was taken from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wardround.capabilities.pathology.deciding import source
from wardround.capabilities.pathology.findings import findings_of
from wardround.capabilities.pathology.model import Checked, Measure, Report, Seen, SlideFacts
from wardround.capabilities.pathology.results.looked import shares
from wardround.engines.images import Region
from wardround.kernel import Drafted, Evidence, Model

if TYPE_CHECKING:
    from wardround.capabilities.pathology.reading import SlideRead
    from wardround.engines.images import Slide


def drafted(model: Model, slide: "Slide", read: "SlideRead") -> Drafted:
    """Return the draft of what was read of a slide, or that it abstains.

    A measure without a place of its own rests on the whole slide.
    """
    if read.abstained:
        return Drafted(model=model, abstained=" ".join(read.reasons))
    columns, rows = slide.dimensions
    measures = tuple(
        _measure(place, one, (columns, rows)) for place, one in enumerate(findings_of(read))
    )
    whole = Region(x=0, y=0, width=columns, height=rows)
    report = Report(
        slide=SlideFacts(
            columns=columns,
            rows=rows,
            mpp=read.mpp,
            magnification=slide.magnification,
            source=slide.source,
            hidden=len(slide.hidden),
        ),
        measures=measures,
        checks=tuple(
            Checked(name=one.name, passed=one.passed, says=one.says, value=one.value)
            for one in read.checks
        ),
        looked=read.tiles,
        empty=read.empty,
        skipped=len(read.skipped),
        seen=tuple(
            Seen(look=one.look.name.lower(), share=round(one.share, 5))
            for one in (() if read.looked is None else shares(read.looked))
        ),
        remarks=(*slide.remarks, *read.remarks, *([read.index.says] if read.index else [])),
    )
    report = report.model_copy(update={"headline": headline(report)})
    evidence = tuple(
        Evidence(claim=f"/measures/{place}", sources=(source(one.region or whole),))
        for place, one in enumerate(measures)
    )
    return Drafted(content=report.model_dump(mode="json"), evidence=evidence, model=model)


def headline(report: Report) -> str:
    """Return what was decided, or what waits: ``Slide: 7 measures to decide``."""
    waiting = len(report.undecided)
    if waiting:
        return f"Slide: {waiting} measure{'s' if waiting > 1 else ''} to decide"
    if report.diagnosis.strip():
        first = report.diagnosis.strip().splitlines()[0]
        return f"Slide: {first[:120]}"
    return "Slide: measures decided"


def _measure(place: int, found: Mapping[str, Any], size: tuple[int, int]) -> Measure:
    value = float(found["value"])
    return Measure(
        id=f"read-{place}",
        code=found["code"],
        display=found["display"],
        value=value,
        unit=found["unit"],
        read=value,
        region=_region(found.get("region"), size),
    )


def _region(found: Mapping[str, float] | None, size: tuple[int, int]) -> Region | None:
    """Return a region in whole pixels, cut at the edges of the slide."""
    if found is None:
        return None
    left, top = max(0, round(found["x"])), max(0, round(found["y"]))
    right = min(size[0], round(found["x"] + found["width"]))
    bottom = min(size[1], round(found["y"] + found["height"]))
    if right <= left or bottom <= top:
        return None
    return Region(x=left, y=top, width=right - left, height=bottom - top)
