"""The shipped reader as the route asks it: what it says of one image, and where it is unsure."""

from typing import TYPE_CHECKING

from wardround.capabilities.radiology.model import Resting
from wardround.capabilities.radiology.readers.ports import Reading, Seen
from wardround.capabilities.radiology.readers.suiting import need_of
from wardround.capabilities.radiology.reading import PNEUMONIA, UNCERTAIN, Read, Reader
from wardround.capabilities.radiology.resting import covered, resting
from wardround.capabilities.radiology.screening import declared
from wardround.engines.images import Region
from wardround.kernel import Model

if TYPE_CHECKING:
    from wardround.engines.images import Facts, Image, Need

EVEN = 0.5
"""The operating point of a model whose manifest names none."""
LIMIT = 1.0
"""Where the distance from what was learned makes the model abstain; it is counted in limits."""


class Asked:
    """A reader of one finding, asked about one image at a time.

    Doubt alone leaves the image to be drafted, with the finding said to be unsure: a person decides
    it anyway. What a gate stops is not drafted. With a plain image to hold it against, a likely
    finding is asked where it rests.
    """

    def __init__(self, reader: Reader, plain: "Image | None" = None) -> None:
        self._reader = reader
        self._plain = plain
        manifest = reader.model.manifest
        files = manifest.files
        digest = files[0].sha256 if len(files) == 1 else reader.model.digest
        self.model = Model(name=manifest.name, version=str(manifest.version), digest=digest)
        threshold = manifest.output(PNEUMONIA).threshold
        self._point = EVEN if threshold is None else float(threshold)

    @property
    def need(self) -> "Need":
        """What it asks of a study."""
        return need_of(self._reader.model.manifest.input)

    def suits(self, facts: "Facts") -> str | None:
        """Return why an image is none that it reads, by what its file says; None where it is."""
        against = declared(facts, self._reader.model.manifest.input)
        return next((one.says for one in against if not one.passed and one.stops), None)

    def read(self, image: "Image") -> Reading:
        """Read one image, or abstain."""
        read = self._reader.read(image)
        doubt = any(one.kind == "uncertain" for one in read.reasons)
        return Reading(
            findings=tuple(
                self._seen(read, place, image, sure=not doubt)
                for place in range(len(read.findings))
            ),
            checks=read.quality,
            unlike=read.ood,
            limit=LIMIT,
            abstained=read.stopped,
            reasons=tuple(one.says for one in read.reasons if one.kind != "uncertain"),
            remarks=(UNCERTAIN,) if doubt else (),
            covered=None if read.stopped else covered(self._reader.model.prepared(image).geometry),
        )

    def _seen(self, read: Read, place: int, image: "Image", *, sure: bool) -> Seen:
        found = read.findings[place]
        likely = found.probability >= self._point
        return Seen(
            code=found.code,
            system=found.system,
            display=found.display,
            probability=found.probability,
            likely=likely,
            sure=sure,
            regions=(Region(**found.region),) if found.region else (),
            resting=self._resting(image) if likely and not read.stopped else None,
        )

    def _resting(self, image: "Image") -> Resting | None:
        if self._plain is None:
            return None
        return resting(self._reader.model, image, self._plain, PNEUMONIA)
