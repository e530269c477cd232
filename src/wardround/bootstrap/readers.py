"""The models of images that are on: the shipped ones and those that the site added."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from wardround.bootstrap.adding import opened_model, opened_slide_model
from wardround.bootstrap.registry import file_of
from wardround.database import Database
from wardround.kernel import InvalidInput, Stage

if TYPE_CHECKING:
    from wardround.capabilities.pathology import AddedSlides, FindsSlideReaders
    from wardround.capabilities.radiology import FindsReaders, Offered, ReadsImages
    from wardround.engines.vision import Manifest, SlideModel, VisionModel
    from wardround.governance.registry import Models, Registered


def readers_on(database: Database, home: Path, provider: str) -> "FindsReaders":
    """Return what finds the models of images that are on, as the registry has them then.

    Their manifests are those that were registered; their files are opened when they are asked.
    """

    def find(shipped: "ReadsImages") -> "Sequence[Offered]":
        from wardround.capabilities.radiology import Added, Offered
        from wardround.governance.registry import Models

        with database.read() as tx:
            registry = Models(tx)
            on = [one for one in on_in(registry, "radiology") if one.model != shipped.model]
            said = {one.id: manifest_of(registry, one) for one in on}
            own = registry.of("radiology", shipped.model)
        found = [
            Offered(
                Added(
                    one.model,
                    known,
                    partial(checked_model, _folder(home, one), one.digest, provider),
                ),
                one.stage,
                one.since,
            )
            for one in on
            if (known := said[one.id]) is not None
        ]
        return found if own.stage is Stage.OFF else [Offered(shipped, own.stage), *found]

    return find


def slide_readers_on(database: Database, home: Path, provider: str) -> "FindsSlideReaders":
    """Return what finds the added models of slides that are live.

    What they tell stands in another model's draft: one in shadow or tried by a few tells nothing.
    """

    def find() -> "Sequence[AddedSlides]":
        from wardround.capabilities.pathology import AddedSlides
        from wardround.governance.registry import Models

        with database.read() as tx:
            registry = Models(tx)
            live = [(one, manifest_of(registry, one)) for one in registry.live("pathology")]
        return [
            AddedSlides(
                one.model,
                known,
                partial(
                    checked_slide_model if known.task == "slide" else checked_model,
                    _folder(home, one),
                    one.digest,
                    provider,
                ),
            )
            for one, known in live
            if known is not None
        ]

    return find


def on_in(registry: "Models", capability: str) -> "list[Registered]":
    """Return the versions of a capability that draft, in shadow or for people."""
    found = registry.stages()
    return [one for one in found if one.capability == capability and one.stage is not Stage.OFF]


def manifest_of(registry: "Models", one: "Registered") -> "Manifest | None":
    """Return the manifest that an added model was registered with; None for what has none."""
    from wardround.engines.vision import MANIFEST

    if Path(one.place).name != MANIFEST:
        return None
    kept = [it for it in registry.files(one.name) if (it.model, it.name) == (one.id, MANIFEST)]
    return _read(registry.content(one.name, kept[0].id)[1]) if kept else None


def checked_model(folder: Path, digest: str, provider: str) -> "VisionModel":
    """Return an added model; raise ``InvalidInput`` where its files are not those registered."""
    require_intact(folder, digest)
    return opened_model(folder, digest, provider)


def checked_slide_model(folder: Path, digest: str, provider: str) -> "SlideModel":
    """Return an added model of whole slides; raise ``InvalidInput`` as above."""
    require_intact(folder, digest)
    return opened_slide_model(folder, digest, provider)


def require_intact(folder: Path, digest: str) -> None:
    """Raise ``InvalidInput`` where a file of a model is not the one registered, each time anew."""
    from wardround.engines.vision import intact

    if not intact(folder, digest):
        raise InvalidInput(
            "Its files are not those that were registered: a digest differs, or a file is gone.",
            where="models",
            mend="Add the registered folder again: that mends the copy.",
        )


def _folder(home: Path, one: "Registered") -> Path:
    return file_of(home, one).parent


@cache
def _read(data: bytes) -> "Manifest":
    from wardround.engines.vision import read_manifest

    return read_manifest(data)
