"""A model that a site added, asked about one image: classes, boxes and masks become findings."""

from collections.abc import Callable, Iterator
from math import ceil, floor

from wardround.capabilities.radiology.readers.cautions import cautions
from wardround.capabilities.radiology.readers.ports import Reading, Seen
from wardround.capabilities.radiology.readers.suiting import need_of, showing_something, suiting
from wardround.capabilities.radiology.resting import covered
from wardround.engines.images import Facts, Image, Need, Region
from wardround.engines.vision import Code, Manifest, Output, Prepared, VisionModel
from wardround.engines.vision import Region as FoundRegion
from wardround.kernel import Model, WardroundError

EVEN = 0.5
"""The operating point of an output whose manifest names none."""
MOST = 20
"""The most regions of one finding that are shown; the surest, or the largest, stay."""

_Key = tuple[str, str]


class Added:
    """A model of images by its manifest; its files are opened, and checked, when it is asked.

    It abstains for what its manifest is not for, for a file that is not the one registered, and for
    an answer that is none: the image is kept, and the reason is told.
    """

    def __init__(
        self, model: Model, manifest: Manifest, opening: Callable[[], VisionModel]
    ) -> None:
        self.model = model
        self._manifest = manifest
        self._open = opening

    @property
    def need(self) -> Need:
        """What it asks of a study."""
        return need_of(self._manifest.input)

    def suits(self, facts: Facts) -> str | None:
        """Return why an image is none that it reads, by what its file says; None where it is."""
        against = suiting(facts, self._manifest.input)
        return next((one.says for one in against if not one.passed and one.stops), None)

    def read(self, image: Image) -> Reading:
        """Read one image, or abstain."""
        checks = (*suiting(image.facts, self._manifest.input), showing_something(image))
        against = tuple(one.says for one in checks if not one.passed and one.stops)
        if against:
            return Reading(checks=checks, abstained=True, reasons=against)
        try:
            model = self._open()
            prepared = model.prepared(image)
            findings = tuple(self._findings(model, prepared))
        except WardroundError as error:
            name = f"{self.model.name} {self.model.version}"
            return Reading(
                checks=checks, abstained=True, reasons=(f"{name} did not answer. {error.what}",)
            )
        return Reading(
            findings=findings,
            checks=checks,
            remarks=tuple(cautions(self._manifest, findings)),
            covered=covered(prepared.geometry),
        )

    def _findings(self, model: VisionModel, prepared: Prepared) -> Iterator[Seen]:
        """Yield each finding: of classes all, of boxes and masks those that are somewhere.

        Regions of one code are one finding, decided as one; its probability is that of the surest.
        """
        outputs = model.run(prepared.values[None])
        places: dict[_Key, list[FoundRegion]] = {}
        for one in model.regions(outputs, 0, prepared):
            places.setdefault(_key(one.code), []).append(one)
        size = prepared.geometry.original
        for output in self._manifest.outputs:
            if output.kind != "classes":
                continue
            chances = model.probabilities(outputs, output.name)[0]
            for code, chance in zip(output.codes, chances.tolist(), strict=True):
                yield _seen(code, chance, point_of(output, code), places.pop(_key(code), []), size)
        for found in places.values():
            known = [one.probability for one in found if one.probability is not None]
            yield _seen(found[0].code, max(known, default=None), 0.0, found, size)


def point_of(output: Output, code: Code) -> float:
    """Return from which probability on a code is a finding: its own, its output's, or even."""
    own = output.threshold if code.threshold is None else code.threshold
    return EVEN if own is None else own


def _seen(
    code: Code,
    chance: float | None,
    point: float,
    found: list[FoundRegion],
    size: tuple[int, int],
) -> Seen:
    """Return a finding. No error rate was set for an added model, so it is never called sure."""
    strongest = sorted(found, key=lambda one: (-(one.probability or 0.0), -one.area))
    areas = [one.area_mm2 for one in found if one.area_mm2 is not None]
    return Seen(
        code=code.code,
        system=code.system,
        display=code.display,
        probability=chance,
        likely=chance is None or chance >= point,
        sure=False,
        regions=tuple(_region(one, size) for one in strongest[:MOST]),
        area=sum(areas) if found and len(areas) == len(found) else None,
    )


def _region(found: FoundRegion, size: tuple[int, int]) -> Region:
    """Return a box in whole pixels of the image, one pixel at least."""
    left, top, right, bottom = found.box
    x = min(max(0, floor(left)), size[1] - 1)
    y = min(max(0, floor(top)), size[0] - 1)
    return Region(
        x=x,
        y=y,
        width=max(1, min(ceil(right), size[1]) - x),
        height=max(1, min(ceil(bottom), size[0]) - y),
    )


def _key(code: Code) -> _Key:
    return code.system, code.code
