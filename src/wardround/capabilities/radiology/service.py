"""The verbs of radiology: take in a study, have its image read, make the signed report FHIR."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardround.capabilities.radiology import fhir, showing
from wardround.capabilities.radiology.deciding import within
from wardround.capabilities.radiology.drafting import abstained, drafted
from wardround.capabilities.radiology.guardrails import guardrails
from wardround.capabilities.radiology.headline import headline
from wardround.capabilities.radiology.model import IMAGE, Report
from wardround.capabilities.radiology.prior import prior_of
from wardround.capabilities.radiology.readers.selecting import (
    FindsReaders,
    Offered,
    select,
    suiting,
)
from wardround.capabilities.radiology.studying import (
    REQUEST,
    asked_for,
    facts_of,
    is_request,
    parts_of,
    study_of,
)
from wardround.kernel import (
    Actor,
    Blocks,
    Context,
    Draft,
    Drafted,
    Guardrail,
    InvalidInput,
    Json,
    Model,
    Order,
    Part,
    Stage,
    WardroundError,
    as_edited,
)

if TYPE_CHECKING:
    from wardround.capabilities.radiology.readers.ports import ReadsImages


class Radiology:
    """Radiology: the findings of an image, each with its region, for a radiologist to decide."""

    name = "radiology"
    title = "Radiology report"

    def __init__(
        self, reader: "ReadsImages", bulk: Blocks, find: FindsReaders | None = None
    ) -> None:
        self._reader = reader
        self._bulk = bulk
        self._find = find
        self._guardrails = guardrails()

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every draft and after every decision."""
        return self._guardrails

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the images of one study; raise ``InvalidInput`` for what is no image, or two."""
        return parts_of(parts)

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the model that reads what was accepted: of those that are on, by rule."""
        request = next((part.data for part in parts if is_request(part)), None)
        offered = self._offered(request)
        if len(offered) == 1 or not parts:
            return offered[0].reader.model
        images = [part.data or part.file for part in parts if not is_request(part)]
        return select(facts_of(images), offered).reader.model

    def in_shadow(self, parts: Sequence[Part]) -> list[str]:
        """Return the names of the models in shadow that would read a study, and do not yet."""
        offered = self._offered()
        if not any(one.stage is Stage.SHADOW for one in offered):
            return []
        facts = facts_of([part.data or part.file for part in parts if not is_request(part)])
        reads = select(facts, offered).offered
        found = [one for one in suiting(facts, offered) if one.stage is Stage.SHADOW]
        return [one.reader.model.name for one in found if one is not reads]

    def draft(self, order: Order, context: Context) -> Drafted:
        """Read the image that a model is made for, or abstain; the study is kept either way.

        The images lie in files meanwhile, so that of a large study one is in memory.
        """
        request = next((context.open(one) for one in order.inputs if is_request(one)), None)
        with ExitStack() as files:
            images = [
                files.enter_context(context.file(one))
                for one in order.inputs
                if not is_request(one)
            ]
            return self._drafted(order, context, images, request)

    def _drafted(
        self, order: Order, context: Context, images: Sequence[str], request: bytes | None
    ) -> Drafted:
        from wardround.engines.images import read_image

        selected = select(facts_of(images), self._offered(request))
        reader, choice = selected.reader, selected.choice
        if choice.index is None:
            return abstained(reader.model, list(dict.fromkeys(choice.why)))
        read = reader.read(read_image(images[choice.index], IMAGE.format(choice.index)))
        if read.abstained:
            return abstained(reader.model, read.reasons)
        read = replace(read, remarks=(*read.remarks, *selected.remarks))
        study = study_of(images, choice)
        prior = prior_of(order, study, context)
        return drafted(reader.model, study, choice.index, read, prior)

    def _offered(self, request: bytes | None = None) -> Sequence[Offered]:
        """Return the models that are on, or the one asked for; where none is, the shipped one.

        Whether that one is on is the route's to ask, and it says so where it is not.
        """
        found = self._find(self._reader) if self._find else ()
        if request is not None:
            name = asked_for(request)
            found = [one for one in found if one.reader.model.name == name]
            if not found:
                raise InvalidInput("No model of this name is on.", where=REQUEST)
        return found or [Offered(self._reader)]

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return an edited report in its canonical form; a region must lie on an image."""
        report = as_edited(
            Report,
            content,
            "This cannot stand in a report.",
            "Decide the finding, or draw its region anew.",
        )
        for one in report.findings:
            rests = one.resting.region if one.resting else None
            within(report, (*one.regions, *([rests] if rests else [])))
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


def load_radiology(
    find: FindsReaders | None = None, provider: str = "cpu", sites: Path | None = None
) -> Radiology:
    """Return the capability: the model of the package, and those that ``find`` finds on.

    ``provider`` is what onnxruntime runs models on; ``sites`` is where the site's own calibration
    of the package's model is kept.
    """
    from wardround.capabilities.radiology.bulk import BulkRadiology
    from wardround.capabilities.radiology.limits.siting import read_site
    from wardround.capabilities.radiology.readers.asking import Asked
    from wardround.capabilities.radiology.reading import SHIPPED, shipped
    from wardround.capabilities.radiology.resting import read_plain

    reader = shipped(provider)
    reader = reader.at(read_site(sites, reader.limits.model))
    return Radiology(Asked(reader, read_plain(SHIPPED)), BulkRadiology(reader), find)
