"""Measures of a slide as groups of a report (PS3.16 TID 1501, TID 1410), with UCUM units.

Numbers that a model read name it as their algorithm; what a person counted otherwise names none.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wardround.engines.images.objects.model import Coded, Measured, Statement
from wardround.engines.images.region import Region

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_UNITS = {"1": "no units", "count": "no units", "%": "percent"}
Kind = tuple[bool, tuple[str, str], Coded]
"""Whose numbers a group has, by which model, and what of."""


def measure_groups(statement: Statement, sources: Sequence["Dataset"]) -> list[Any]:
    """Return a group for the slide by model, person and concept, and one for each single region."""

    def kind(one: Measured) -> Kind:
        return one.own, one.by or (statement.model, statement.version), one.about

    placed = [one for one in statement.measures if len(one.regions) == 1]
    others = sorted((one for one in statement.measures if one not in placed), key=kind)
    groups = [
        _whole(statement, sources, number, key, list(within))
        for number, (key, within) in enumerate(groupby(others, kind))
    ]
    return groups + [
        _placed(statement, sources, number, kind(one), one) for number, one in enumerate(placed)
    ]


def place(region: Region, source: "Dataset") -> dict[str, Any]:
    """Return a region as what the coordinates of an image are made of."""
    import highdicom as hd
    import numpy as np

    whole = is_slide(source)
    many = int(source.get("NumberOfFrames", 1) or 1) > 1 and not whole
    frames = [region.frame + 1] if many else None
    return {
        "graphic_type": hd.sr.GraphicTypeValues.POLYLINE,
        "graphic_data": np.array(region.corners, dtype=np.float32),
        "source_image": hd.sr.SourceImageForRegion.from_source_image(source, frames),
        "pixel_origin_interpretation": "VOLUME" if whole else None,
    }


def is_slide(source: "Dataset") -> bool:
    """Whether places are of the whole slide, and not of one of its tiles (PS3.3 C.18.6.1.2)."""
    return "TotalPixelMatrixRows" in source


def _whole(
    statement: Statement,
    sources: Sequence["Dataset"],
    number: int,
    kind: Kind,
    measures: Sequence[Measured],
) -> Any:
    import highdicom as hd

    return hd.sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=_tracking(statement, f"whole:{number}", "Whole slide"),
        source_images=[hd.sr.SourceImageForMeasurementGroup.from_source_image(sources[0])],
        measurements=[_measurement(one, sources) for one in measures],
        **_shared(kind),
    )


def _placed(
    statement: Statement, sources: Sequence["Dataset"], number: int, kind: Kind, one: Measured
) -> Any:
    import highdicom as hd

    (region,) = one.regions
    return hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=_tracking(statement, f"measure:{number}", one.name[:32]),
        referenced_region=hd.sr.ImageRegion(**place(region, sources[region.image])),
        measurements=[_measurement(one, ())],
        **_shared(kind),
    )


def _shared(kind: Kind) -> dict[str, Any]:
    import highdicom as hd

    own, model, about = kind
    named = {} if own else {"algorithm_id": hd.sr.AlgorithmIdentification(*model)}
    return {"finding_type": hd.sr.CodedConcept(*about), **named}


def _tracking(statement: Statement, part: str, name: str) -> Any:
    import highdicom as hd

    return hd.sr.TrackingIdentifier(statement.uid(part), name)


def _measurement(one: Measured, sources: Sequence["Dataset"]) -> Any:
    """Return a number, with the regions it rests on where these are several (TID 300)."""
    import highdicom as hd

    unit = "1" if one.unit == "count" else one.unit
    rests = [_rests(region, sources[region.image]) for region in one.regions] if sources else []
    return hd.sr.Measurement(
        hd.sr.CodedConcept(one.code, "99WARDROUND", one.name[:64]),
        float(f"{one.value:.10g}"),
        hd.sr.CodedConcept(unit, "UCUM", _UNITS.get(one.unit, one.unit)),
        referenced_coordinates=rests or None,
    )


def _rests(region: Region, source: "Dataset") -> Any:
    import highdicom as hd

    said = place(region, source)
    origin = said.pop("pixel_origin_interpretation")
    made = hd.sr.CoordinatesForMeasurement(**said)
    if origin is not None:
        made.PixelOriginInterpretation = origin
    return made
