"""What goes to the image archive of a signed slide: itself, where no archive has it, and objects.

A scanner's own file has no instances that a report could refer to, so the slide is written as
DICOM first, of the patient in whose chart it is. A slide that is DICOM came from an archive.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wardround.bootstrap.identity import identity_of, organization_of, require_same
from wardround.bootstrap.shipping import Shipment
from wardround.capabilities.pathology import RESULT, Kept, Measure, Report, State
from wardround.capabilities.radiology import SNOMED
from wardround.disk import passing
from wardround.kernel import Draft

if TYPE_CHECKING:
    from wardround.bootstrap.house import Wardround
    from wardround.engines.images import Accession, Measured, Outlines, Statement

NUCLEI = "nuclei"
"""The code of the measure that counts them."""
MIDDLE = 0.5
"""Where a pixel's middle is in DICOM; in a draft it is at 0."""


@contextmanager
def slide_shipment(wardround: "Wardround", draft: Draft) -> Iterator[Shipment]:
    """Give what is made of a pathology report; its files are gone afterwards.

    Raise ``NotAllowed`` where a slide that was DICOM is of another patient.
    """
    from wardround.engines.images import open_slide, read_belonging, write_levels

    (item,) = draft.inputs
    with (
        wardround.blobs.unsealed(item.sha256, draft.subject) as path,
        passing(wardround.settings.home) as folder,
    ):
        with open_slide(path, "slide") as slide:
            held = slide.source == "dicom"
            accession = _accession(wardround, draft)
            written = [] if held else write_levels(slide, accession, folder)
        levels = written or [path]
        belonging = read_belonging(levels[0])
        require_same(wardround, draft.subject, belonging.patient_id)
        objects = _made_of(levels, _statement(wardround, draft), _nuclei(wardround, draft))
        yield Shipment(belonging.study, objects, written)


def _accession(wardround: "Wardround", draft: Draft) -> "Accession":
    """Return whose slide it is; an amended report is of the same slide, taken in when the first."""
    from wardround.engines.images import Accession

    first = draft
    while first.supersedes is not None:
        first = wardround.rounds.draft(first.supersedes)
    whose = identity_of(wardround, draft.subject)
    return Accession(
        key=f"{draft.subject}:{draft.inputs[0].sha256}",
        taken_in=first.created,
        patient_id=whose.number,
        patient_name=whose.name,
        birth_date=whose.born,
        sex=whose.sex,
    )


def _statement(wardround: "Wardround", draft: Draft) -> "Statement":
    """Return what stands of a report, and the diagnosis in the pathologist's own words."""
    from wardround.engines.images import Marked, Statement

    report = Report.model_validate(draft.content)
    return Statement(
        key=draft.id,
        findings=tuple(
            Marked(name=one.display, present=True, regions=(one.region,)) for one in report.marked
        ),
        measures=tuple(_measured(one) for one in report.measures if one.stands),
        conclusion=report.diagnosis.strip(),
        signer=draft.decided_by.name if draft.decided_by else "",
        organization=organization_of(wardround, draft),
        model=draft.model.name,
        version=draft.model.version,
        digest=draft.model.digest,
    )


def _measured(measure: Measure) -> "Measured":
    """Return a number as objects say it; a person's own is no model's."""
    from wardround.engines.images import Marked, Measured

    said = Measured(
        code=measure.code,
        name=measure.display,
        value=measure.value,
        unit=measure.unit,
        regions=() if measure.region is None else (measure.region, *measure.more),
        own=measure.state is State.CORRECTED,
    )
    if measure.model:
        name, _, version = measure.model.rpartition(" ")
        said = replace(said, by=(name or version, version))
    if measure.of is not None:
        code = measure.of.code if measure.of.system == SNOMED else ""
        looked_for = Marked(name=measure.of.display, present=True, code=code)
        said = replace(said, about=looked_for.coded)
    return said


def _nuclei(wardround: "Wardround", draft: Draft) -> "Outlines | None":
    """Return every nucleus that was found, where their number was confirmed as it was read.

    None where a person counted otherwise or left the count out: outlines would contradict them.
    None too of a draft from before outlines were kept.
    """
    import numpy as np

    from wardround.engines.images import MOST_OUTLINED, Outlines

    measures = Report.model_validate(draft.content).measures
    confirmed = {one.code for one in measures if one.state is State.CONFIRMED}
    if NUCLEI not in confirmed or RESULT not in {one.name for one in draft.files}:
        return None
    digest = draft.file(RESULT).sha256
    with wardround.blobs.unsealed(digest, draft.subject) as path, Kept(path) as kept:
        drawn = len(kept) <= MOST_OUTLINED
        middles, corners, areas = [], [], []
        for one in kept.parts():
            middles.append(np.stack([one.x, one.y], axis=1) + MIDDLE)
            areas.append(one.area)
            if drawn:
                corners.append(one.outline + MIDDLE)
        mpp = kept.mpp
    if not middles:
        return None
    return Outlines(
        middles=np.concatenate(middles),
        corners=np.concatenate(corners) if drawn else None,
        areas=None if mpp is None else np.concatenate(areas) * np.float32(mpp**2),
    )


def _made_of(
    levels: Sequence[Path], statement: "Statement", nuclei: "Outlines | None"
) -> list[bytes]:
    """Return the objects of a report: those that there is something to say in."""
    from wardround.engines.images import write_annotations, write_mask, write_report

    made = [write_report(levels[:1], statement)]
    if nuclei is not None:
        drawn = (
            write_annotations(levels[0], statement, nuclei),
            write_mask(levels, statement, nuclei),
        )
        made += [one for one in drawn if one is not None]
    return made
