"""The verbs of radiology: take in a study, have its image read, make the signed report FHIR."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wardround.capabilities.radiology import fhir, showing
from wardround.capabilities.radiology.deciding import within
from wardround.capabilities.radiology.drafting import abstained, drafted
from wardround.capabilities.radiology.guardrails import guardrails
from wardround.capabilities.radiology.headline import headline
from wardround.capabilities.radiology.model import IMAGE, Report
from wardround.capabilities.radiology.prior import prior_of
from wardround.capabilities.radiology.studying import chosen, parts_of, study_of
from wardround.kernel import (
    Actor,
    Blocks,
    Context,
    Draft,
    Drafted,
    Guardrail,
    Json,
    Model,
    Order,
    Part,
    WardroundError,
    as_edited,
)

if TYPE_CHECKING:
    from wardround.capabilities.radiology.ports import ReadsImages


class Radiology:
    """Radiology: the findings of an image, each with its region, for a radiologist to decide."""

    name = "radiology"
    title = "Radiology report"

    def __init__(self, reader: "ReadsImages", bulk: Blocks) -> None:
        self._reader = reader
        self._bulk = bulk
        self._guardrails = guardrails()

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every draft and after every decision."""
        return self._guardrails

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the images of one study; raise ``InvalidInput`` for what is no image, or two."""
        return parts_of(parts)

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the model that reads, whatever was handed in."""
        del parts
        return self._reader.model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Read the image that the model is made for, or abstain; the study is kept either way."""
        from wardround.engines.images import read_image

        images = [context.open(item) for item in order.inputs]
        choice = chosen(images, self._reader)
        if choice.index is None:
            return abstained(self._reader.model, list(dict.fromkeys(choice.why)))
        read = self._reader.read(read_image(images[choice.index], IMAGE.format(choice.index)))
        if read.abstained:
            return abstained(self._reader.model, read.reasons)
        study = study_of(images, choice)
        prior = prior_of(order, study, context)
        return drafted(self._reader.model, study, choice.index, read, prior)

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return an edited report in its canonical form; a region must lie on an image."""
        report = as_edited(
            Report,
            content,
            "This cannot stand in a report.",
            "Decide the finding, or draw its region anew.",
        )
        for one in report.findings:
            within(report, one.regions)
        return report.model_copy(update={"headline": headline(report)}).model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return ImagingStudy, an Observation a finding, and DiagnosticReport."""
        return fhir.resources(draft, signer, at, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the report, and its images and findings as the page shows them."""
        del context
        return showing.page(draft)

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one record of a bulk run: ``{"id", "path"}``."""
        return self._bulk.batch(line)

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        """Answer many records at once, which is quicker than one by one."""
        return self._bulk.batch_many(lines)


def load_radiology() -> Radiology:
    """Return the capability with the model of the package."""
    from wardround.capabilities.radiology.asking import Asked
    from wardround.capabilities.radiology.bulk import BulkRadiology
    from wardround.capabilities.radiology.reading import shipped

    reader = shipped()
    return Radiology(Asked(reader), BulkRadiology(reader))
