"""From what the model tells of an image to a draft, with the evidence of each finding."""

from collections.abc import Sequence

from wardround.capabilities.radiology.deciding import sources
from wardround.capabilities.radiology.headline import headline
from wardround.capabilities.radiology.model import Checked, Finding, Prior, Report, Resting, Study
from wardround.capabilities.radiology.readers.ports import Reading, Seen
from wardround.engines.images import Region
from wardround.kernel import Drafted, Evidence, Model


def abstained(model: Model, reasons: Sequence[str]) -> Drafted:
    """Return that nothing was drafted, and why."""
    return Drafted(model=model, abstained=" ".join(reasons))


def drafted(model: Model, study: Study, image: int, read: Reading, prior: Prior | None) -> Drafted:
    """Return the draft of what was read on one image of a study.

    A finding without a box of its own rests where the model's answer does, by a check that bore it
    out; else on the whole image, for that is what the model looked at.
    """
    picture = study.pictures[image]
    study = _looked_at(study, image, read.covered)
    whole = Region(image=image, x=0, y=0, width=picture.columns, height=picture.rows)
    findings = tuple(_finding(place, one, image) for place, one in enumerate(read.findings))
    report = Report(
        study=study,
        findings=findings,
        checks=tuple(
            Checked(name=one.name, passed=one.passed, says=one.says, value=_number(one.value))
            for one in read.checks
        ),
        unlike=read.unlike,
        limit=read.limit,
        remarks=read.remarks,
        prior=prior,
    )
    report = report.model_copy(update={"headline": headline(report)})
    evidence = tuple(
        Evidence(claim=f"/findings/{place}", sources=sources(_places(one) or (whole,)))
        for place, one in enumerate(findings)
    )
    told = [one.probability for one in read.findings if one.probability is not None]
    return Drafted(
        content=report.model_dump(mode="json"),
        evidence=evidence,
        confidence=max(told, default=None),
        model=model,
    )


def _finding(place: int, seen: Seen, image: int) -> Finding:
    regions = tuple(one.model_copy(update={"image": image}) for one in seen.regions)
    return Finding(
        id=f"read-{place}",
        code=seen.code,
        system=seen.system,
        display=seen.display,
        probability=seen.probability,
        likely=seen.likely,
        sure=seen.sure,
        regions=regions,
        area=seen.area,
        resting=_on(seen.resting, image),
    )


def _places(finding: Finding) -> tuple[Region, ...]:
    if finding.regions or finding.resting is None or finding.resting.region is None:
        return finding.regions
    return (finding.resting.region,)


def _on(resting: Resting | None, image: int) -> Resting | None:
    """Return where an answer rests, with the number of the image in its study."""
    if resting is None or resting.region is None:
        return resting
    at = {"image": image}
    cells = tuple(
        one.model_copy(update={"region": one.region.model_copy(update=at)}) for one in resting.cells
    )
    return resting.model_copy(
        update={"region": resting.region.model_copy(update=at), "cells": cells}
    )


def _looked_at(study: Study, image: int, covered: Region | None) -> Study:
    """Return the study with what of the image was given to the model."""
    if covered is None:
        return study
    pictures = list(study.pictures)
    seen = covered.model_copy(update={"image": image})
    pictures[image] = pictures[image].model_copy(update={"covered": seen})
    return study.model_copy(update={"pictures": tuple(pictures)})


def _number(value: float | str | None) -> float | None:
    return None if isinstance(value, str) else value
