"""The verbs of pathology: take in a slide, have it read, make the signed report FHIR."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from wardround.capabilities.pathology import fhir, showing
from wardround.capabilities.pathology.bulk import Counting
from wardround.capabilities.pathology.deciding import within
from wardround.capabilities.pathology.drafting import drafted, headline
from wardround.capabilities.pathology.guardrails import guardrails
from wardround.capabilities.pathology.model import SLIDE, Report
from wardround.kernel import (
    Actor,
    Context,
    Draft,
    Drafted,
    Guardrail,
    InvalidInput,
    Json,
    Model,
    Order,
    Part,
    as_edited,
)

if TYPE_CHECKING:
    from wardround.capabilities.pathology.added.added import AddedSlides
    from wardround.capabilities.pathology.nuclei.learned import Network


FindsSlideReaders = Callable[[], Sequence["AddedSlides"]]
"""Finds the added models of slides that are live, as they are at that moment."""


class Pathology:
    """Pathology: the nuclei of a slide counted and measured, for a pathologist to decide."""

    name = "pathology"
    title = "Pathology report"

    def __init__(
        self,
        network: "Network",
        model: Model,
        work: Path | None = None,
        find: FindsSlideReaders | None = None,
    ) -> None:
        self._find = find
        self._network = network
        self._model = model
        self._work = work or Path(gettempdir()) / "wardround-slides"
        self._bulk = Counting()
        self._guardrails = guardrails()

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """The checks that run on every draft and after every decision."""
        return self._guardrails

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the one slide; raise ``InvalidInput`` for what is none."""
        from wardround.engines.images import open_slide

        if len(parts) != 1:
            raise InvalidInput("One slide is handed in at a time.", mend="Choose one file.")
        (part,) = parts
        if not part.file:
            raise InvalidInput("A slide is handed in as a file.", where="slide")
        with open_slide(part.file, "slide"):
            pass
        return [part.model_copy(update={"name": SLIDE, "media_type": "application/octet-stream"})]

    def model_for(self, parts: Sequence[Part]) -> Model:
        """Return the model that finds nuclei, whatever was handed in."""
        del parts
        return self._model

    def draft(self, order: Order, context: Context) -> Drafted:
        """Read the slide, or abstain. A reading that was cut off goes on where it was."""
        from wardround.capabilities.pathology.added.joining import joined
        from wardround.capabilities.pathology.reading import read_slide
        from wardround.capabilities.pathology.results.kept import MEDIA_TYPE, RESULT, keep
        from wardround.engines.images import open_slide

        (item,) = order.inputs
        self._work.mkdir(mode=0o700, parents=True, exist_ok=True)
        ledger = self._work / f"{item.sha256}.jsonl"
        with context.file(item) as path, open_slide(path, "slide") as slide:
            slide.mark = item.sha256  # the file is another each time; the slide is the same
            read = read_slide(slide, ledger, network=self._network)
            made = drafted(self._model, slide, read)
            if self._find is not None and not made.abstained:
                made = joined(made, [one.read(slide) for one in self._find()])
            if not made.abstained:
                result = self._work / f"{order.id}.zip"
                keep(read, result, order.id)
                part = Part(name=RESULT, file=str(result), media_type=MEDIA_TYPE)
                made = made.model_copy(update={"files": (part,)})
        ledger.unlink(missing_ok=True)
        return made

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return an edited report in its canonical form; a region must lie on the slide."""
        report = as_edited(
            Report,
            content,
            "This cannot stand in a report.",
            "Decide the measure, or draw the region anew.",
        )
        for one in report.marked:
            within(report, one.region)
        return report.model_copy(update={"headline": headline(report)}).model_dump(mode="json")

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        """Return an Observation for each measure that stands, and the DiagnosticReport."""
        return fhir.resources(draft, signer, at, context)

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        """Return the report, its slide and its measures as the page shows them."""
        del context
        return showing.page(draft)

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one record of a bulk run: ``{"id", "path"}``."""
        return self._bulk.batch(line)


def load_pathology(
    work: Path | None = None,
    provider: str = "cpu",
    find: FindsSlideReaders | None = None,
) -> Pathology:
    """Return the capability; ``work`` is where readings that were cut off wait to go on.

    ``provider`` is what onnxruntime runs models on; ``find`` finds the added models that are live.
    """
    from wardround.capabilities.pathology.nuclei.learned import load_network

    network = load_network(provider)
    model = Model(name="wardround-nuclei", version="1", digest=network.digest)
    return Pathology(network, model, work, find)
