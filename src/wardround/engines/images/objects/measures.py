"""Measures of a slide as groups of a report (PS3.16 TID 1501, TID 1410), with UCUM units.

Numbers that a model read name it as their algorithm; what a person counted otherwise names none.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from wardround.engines.images.objects.codes import NUCLEUS
from wardround.engines.images.objects.model import Measured, Statement
from wardround.engines.images.region import Region

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Places = Callable[[Region, Sequence["Dataset"]], Any]
_UNITS = {"1": "no units", "count": "no units", "%": "percent"}


def measure_groups(statement: Statement, sources: Sequence["Dataset"], placed: Places) -> list[Any]:
    """Return a group for the whole slide, by model and by person, and one for each region."""
    import highdicom as hd

    groups: list[Any] = []
    for own in (False, True):
        whole = [one for one in statement.measures if one.region is None and one.own is own]
        if whole:
            images = [hd.sr.SourceImageForMeasurementGroup.from_source_image(sources[0])]
            groups.append(
                hd.sr.MeasurementsAndQualitativeEvaluations(
                    tracking_identifier=_tracking(statement, f"whole:{own}", "Whole slide"),
                    source_images=images,
                    measurements=[_measurement(one) for one in whole],
                    **_shared(statement, own=own),
                )
            )
    for place, one in enumerate(statement.measures):
        if one.region is not None:
            groups.append(
                hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
                    tracking_identifier=_tracking(statement, f"measure:{place}", one.name[:32]),
                    referenced_region=placed(one.region, sources),
                    measurements=[_measurement(one)],
                    **_shared(statement, own=one.own),
                )
            )
    return groups


def _shared(statement: Statement, *, own: bool) -> dict[str, Any]:
    import highdicom as hd

    model = hd.sr.AlgorithmIdentification(statement.model, statement.version)
    named = {} if own else {"algorithm_id": model}
    return {"finding_type": hd.sr.CodedConcept(*NUCLEUS), **named}


def _tracking(statement: Statement, part: str, name: str) -> Any:
    import highdicom as hd

    return hd.sr.TrackingIdentifier(statement.uid(part), name)


def _measurement(one: Measured) -> Any:
    import highdicom as hd

    unit = "1" if one.unit == "count" else one.unit
    return hd.sr.Measurement(
        hd.sr.CodedConcept(one.code, "99WARDROUND", one.name[:64]),
        float(f"{one.value:.10g}"),
        hd.sr.CodedConcept(unit, "UCUM", _UNITS.get(one.unit, one.unit)),
    )
