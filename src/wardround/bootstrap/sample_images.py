"""A study and a slide of the sample clinic, drawn by Wardround itself and read as any other."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from wardround.bootstrap.house import Wardround
from wardround.bootstrap.identity import identity_of
from wardround.clinic import SampleClinic
from wardround.disk import passing
from wardround.kernel import Part

XRAY_OF, SLIDE_OF = "Patient/wren-castellanos", "Patient/marisol-vega"
"""A child with a cough has a chest X-ray; of a woman a piece of tissue is looked at."""


def imaged(clinic: SampleClinic) -> list[tuple[str, str, str]]:
    """Return what is handed in: capability, patient, and the practitioner of their visit."""
    seen = {visit.patient: visit.practitioner for visit in reversed(clinic.visits)}
    asked = (("radiology", XRAY_OF), ("pathology", SLIDE_OF))
    return [(room, patient, seen[patient]) for room, patient in asked if patient in seen]


@contextmanager
def drawn(wardround: Wardround, room: str, patient: str, day: date) -> Iterator[list[Part]]:
    """Give the files of a study or of a slide, drawn for this patient; afterwards they are gone."""
    with passing(wardround.settings.home) as folder:
        path = folder / "image"
        if room == "radiology":
            path.write_bytes(_xray(wardround, patient, day))
        else:
            from wardround.engines.images import SlidePhantom, write_slide

            write_slide(SlidePhantom(seed=7), path)
        yield [Part(name="image", file=str(path))]


def _xray(wardround: Wardround, patient: str, day: date) -> bytes:
    from wardround.engines.images import ChestPhantom, Opacity, Written, write_chest

    whose = identity_of(wardround, patient)
    written = Written(
        patient_id=whose.number,
        patient_name=whose.name,
        birth_date=whose.born,
        sex=whose.sex,
        date=day.strftime("%Y%m%d"),
    )
    return write_chest(ChestPhantom(seed=3, size=1024, opacity=Opacity()), written)
