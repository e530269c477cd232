"""What goes to the image archive of one signed report."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wardround.bootstrap.identity import organization_of
from wardround.capabilities.radiology import SNOMED, Report, said
from wardround.kernel import Draft

if TYPE_CHECKING:
    from wardround.bootstrap.house import Wardround
    from wardround.engines.images import Statement


class Shipment(NamedTuple):
    """Objects of one study, and the images that they lie beside where the archive has none yet."""

    study: str
    objects: Sequence[bytes]
    images: Sequence[Path] = ()


@contextmanager
def study_shipment(wardround: "Wardround", draft: Draft) -> Iterator[Shipment]:
    """Give what is made of a radiology report; its images came from the archive."""
    report = Report.model_validate(draft.content)
    files = [wardround.blobs.get(one.sha256, draft.subject) for one in draft.inputs]
    statement = statement_of(draft, report, organization_of(wardround, draft))
    yield Shipment(report.study.uid, made_of(files, statement))


def statement_of(draft: Draft, report: Report, organization: str = "") -> "Statement":
    """Return what a signed report states, as DICOM objects say it."""
    from wardround.engines.images import Marked, Statement

    findings = tuple(
        Marked(
            name=one.display,
            present=one.stands,
            code=one.code if one.system == SNOMED else "",  # the scheme of objects is SCT
            probability=one.probability,
            words=one.words,
            regions=one.regions,
        )
        for one in report.findings
    )
    return Statement(
        key=draft.id,
        findings=findings,
        conclusion=said(report),
        signer=draft.decided_by.name if draft.decided_by else "",
        organization=organization,
        model=draft.model.name,
        version=draft.model.version,
        digest=draft.model.digest,
    )


def made_of(files: Sequence[bytes], statement: "Statement") -> list[bytes]:
    """Return the objects of a report: those that there is something to say in."""
    from wardround.engines.images import write_capture, write_report, write_segments, write_state

    marked = {place.image for one in statement.findings if one.present for place in one.regions}
    made = [write_report(files, statement)]
    made += [write_capture(files, statement, image) for image in sorted(marked)]
    made += write_segments(files, statement)
    state = write_state(files, statement)
    return made if state is None else [*made, state]
