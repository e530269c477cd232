"""A structured report: TID 1500, each finding with its region, its probability and who signed.

Of a slide it has the measures too, and the diagnosis where an image has an impression.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardround.engines.images.objects.measures import is_slide, measure_groups, place
from wardround.engines.images.objects.model import Marked, Statement
from wardround.engines.images.objects.sources import MANUFACTURER, filed, read_sources, written

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

CONTEXT = ("408729009", "SCT", "Finding context")
PRESENT = ("410515003", "SCT", "Known present")
ABSENT = ("410516002", "SCT", "Known absent")
PROBABILITY = ("PROBABILITY", "99WARDROUND", "Calibrated probability")
NO_UNITS = ("1", "UCUM", "no units")
IMPRESSION = ("121073", "DCM", "Impression")
DIAGNOSIS = ("22637-3", "LN", "Pathology report final diagnosis")
EVALUATIONS = ("C0034375", "UMLS", "Qualitative Evaluations")
NOTHING = Marked("Imaging finding", present=False, code="365853002")
"""What a report says in which nothing was found: the template wants something said."""
PROCEDURE = ("363679005", "SCT", "Imaging procedure")


def write_report(files: Sequence[bytes | Path], statement: Statement) -> bytes:
    """Return a verified Comprehensive SR beside the images (PS3.16 TID 1500, PS3.3 A.35.3)."""
    import highdicom as hd

    sources = read_sources(files)
    person = hd.sr.ObserverContext(
        observer_type=hd.sr.CodedConcept("121006", "DCM", "Person"),
        observer_identifying_attributes=hd.sr.PersonObserverIdentifyingAttributes(
            name=_person(statement.signer)
        ),
    )
    device = hd.sr.ObserverContext(
        observer_type=hd.sr.CodedConcept("121007", "DCM", "Device"),
        observer_identifying_attributes=hd.sr.DeviceObserverIdentifyingAttributes(
            uid=statement.uid("device"),
            name=statement.model,
            manufacturer_name=MANUFACTURER,
            model_name=f"{statement.model} {statement.version}",
            serial_number=statement.serial,
        ),
    )
    measures = measure_groups(statement, sources)
    findings = statement.findings or (() if measures else (NOTHING,))
    groups = [group for one in findings for group in _groups(one, sources, statement)]
    content = hd.sr.MeasurementReport(
        observation_context=hd.sr.ObservationContext(person, device),
        procedure_reported=hd.sr.CodedConcept(*PROCEDURE),
        imaging_measurements=[*groups, *measures],
        title=hd.sr.CodedConcept("126000", "DCM", "Imaging Measurement Report"),
        referenced_images=[one for one in sources if one.get("PatientOrientation")] or None,
    )
    if statement.conclusion:
        _conclude(content[0], DIAGNOSIS if is_slide(sources[0]) else IMPRESSION, statement)
    made = hd.sr.ComprehensiveSR(
        evidence=sources,
        content=content[0],
        **filed(statement, "report", 9001),
        is_complete=True,
        is_final=True,
        is_verified=True,
        verifying_observer_name=_person(statement.signer),
        verifying_organization=statement.organization,
    )
    return written(made, sources, statement)


def _groups(finding: Marked, sources: Sequence["Dataset"], statement: Statement) -> list[Any]:
    """Return a group for each region, or one on the images where the finding has no one place."""
    import highdicom as hd

    said = hd.sr.QualitativeEvaluation(
        hd.sr.CodedConcept(*CONTEXT),
        hd.sr.CodedConcept(*(PRESENT if finding.present else ABSENT)),
    )
    shared: dict[str, Any] = {
        "finding_type": hd.sr.CodedConcept(*finding.coded),
        "algorithm_id": hd.sr.AlgorithmIdentification(statement.model, statement.version),
        "qualitative_evaluations": [said],
    }
    if finding.probability is not None:
        shared["measurements"] = [
            hd.sr.Measurement(
                hd.sr.CodedConcept(*PROBABILITY),
                round(finding.probability, 4),
                hd.sr.CodedConcept(*NO_UNITS),
            )
        ]
    name = finding.name[:32]
    if not finding.regions:
        tracking = hd.sr.TrackingIdentifier(statement.uid(f"finding:{finding.name}"), name)
        images = [hd.sr.SourceImageForMeasurementGroup.from_source_image(sources[0])]
        return [
            hd.sr.MeasurementsAndQualitativeEvaluations(
                tracking_identifier=tracking, source_images=images, **shared
            )
        ]
    return [
        hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            tracking_identifier=hd.sr.TrackingIdentifier(
                statement.uid(f"finding:{finding.name}:{number}"), f"{name} {number + 1}"
            ),
            referenced_region=hd.sr.ImageRegion(**place(region, sources[region.image])),
            **shared,
        )
        for number, region in enumerate(finding.regions)
    ]


def _conclude(root: "Dataset", name: tuple[str, str, str], statement: Statement) -> None:
    """Add impression or diagnosis to the report's qualitative evaluations (TID 1500, row 12)."""
    import highdicom as hd

    contains = hd.sr.RelationshipTypeValues.CONTAINS
    holder = hd.sr.ContainerContentItem(
        name=hd.sr.CodedConcept(*EVALUATIONS), relationship_type=contains
    )
    text = hd.sr.TextContentItem(
        name=hd.sr.CodedConcept(*name), value=statement.conclusion, relationship_type=contains
    )
    holder.ContentSequence = hd.sr.ContentSequence([text])
    root.ContentSequence.append(holder)


def _person(name: str) -> str:
    """Return a name as DICOM writes one: family before given (PS3.5 6.2.1)."""
    words = [word for word in name.split() if word.rstrip(".") not in {"Dr", "Prof"}]
    return f"{words[-1]}^{' '.join(words[:-1])}" if len(words) > 1 else name
