"""A model of images taken into the home folder and the registry, whole or not at all."""

import time
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from wardround.bootstrap.registering import CARD, LARGEST, PLAN, enclosed, file_of_folder
from wardround.disk import folder_appearing
from wardround.kernel import Actor, InvalidInput, TooLarge

if TYPE_CHECKING:
    from wardround.engines.vision import Packed, SlideModel, VisionModel
    from wardround.governance.registry import Candidate, Registered, Registry

MODELS = "models"
"""The folder of models, below home."""

STALE = 24 * 3600
"""Seconds after which a half-written folder is nobody's any more: whoever wrote it was killed."""

_SLIDES = "SM"
"""DICOM's modality of whole slides."""
_WORDS = {".md": "text/markdown", ".txt": "text/plain"}


def add_model(
    registry: "Registry",
    home: Path,
    folder: Path,
    by: Actor,
    *,
    change: str | None = None,
    code: str | None = None,
) -> tuple["Registered", tuple[str, ...]]:
    """Add the model of a folder: copied under its sha256, tried out, registered; it is off.

    Return it with what should be known of it. The same folder again changes nothing, and mends a
    copy that was damaged. Raise ``InvalidInput`` where manifest, files and card do not belong
    together or the model does not answer, ``Conflict`` where its version is another model.
    """
    from wardround.engines.vision import intact, pack, try_out

    packed = pack(folder)
    one = _candidate(packed, folder, change, code)
    place = home / one.place
    known = [each for each in registry.stages() if each.model == one.model]
    if known and intact(place.parent, one.digest):
        return known[0], packed.remarks
    models = home / MODELS
    models.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(models)
    with folder_appearing(place.parent, instead=True) as made:
        packed.write(made)
        try_out(made)
        registered = known[0] if known else registry.add(one, by)
    return registered, packed.remarks


@cache
def opened_model(folder: Path, digest: str, provider: str = "cpu") -> "VisionModel":
    """Return an added model, loaded once; raise ``InvalidInput`` where it was changed."""
    from wardround.engines.vision import load_model

    model = load_model(folder, provider=provider)
    _require(model.digest, digest, folder)
    return model


@cache
def opened_slide_model(folder: Path, digest: str, provider: str = "cpu") -> "SlideModel":
    """Return an added model of slides, loaded once; raise ``InvalidInput`` as above."""
    from wardround.engines.vision import load_slide_model

    model = load_slide_model(folder, provider=provider)
    _require(model.digest, digest, folder)
    return model


def _require(found: str, digest: str, folder: Path) -> None:
    if found != digest:
        raise InvalidInput(
            "The manifest is not the one that was registered: its digest differs.",
            where=folder.name,
            mend="Bring back the registered folder, or add this one as a new version.",
        )


def _candidate(packed: "Packed", folder: Path, change: str | None, code: str | None) -> "Candidate":
    from wardround.engines.vision import MANIFEST
    from wardround.governance.cards import read_card
    from wardround.governance.registry import Candidate, Origin

    said, digest = packed.manifest, packed.digest
    if not (folder / CARD).is_file():
        raise InvalidInput(
            f"The model has no {CARD}.",
            where=str(folder),
            mend="Write what is known of it; wardround models card card.yaml checks it.",
        )
    files = _papers(folder, packed)
    card = read_card(files[CARD].decode("utf-8", errors="replace"), CARD)
    if (card.name, card.version) != (said.name, said.version):
        raise InvalidInput(
            f"The card is of another model than the manifest, {said.name} {said.version}.",
            where=CARD,
            mend="Bring name and version of both together.",
        )
    if card.digest not in {None, digest}:
        raise InvalidInput(
            "The card is of another version of the manifest: its digest differs.",
            where=CARD,
            mend=f"The digest of {MANIFEST} is {digest}.",
        )
    named = said.title or ", ".join(one.display for out in said.outputs for one in out.codes)
    return Candidate(
        capability="pathology" if said.tiles or _SLIDES in said.input.modality else "radiology",
        name=said.name,
        version=said.version,
        digest=digest,
        title=named[:200],
        origin=Origin.SITE,
        learned=True,
        device=True,
        place=f"{MODELS}/{digest}/{MANIFEST}",
        code=code,
        change=change,
        files=tuple(enclosed(files, said.name, spec=MANIFEST, words=_WORDS)),
    )


def _papers(folder: Path, packed: "Packed") -> dict[str, bytes]:
    """Return what goes along with a model: its card, its plan, reports, and its manifest."""
    from wardround.engines.vision import MANIFEST

    found = {MANIFEST: packed.data}
    total = 0
    papers = [folder / CARD, folder / PLAN] if packed.bundle else sorted(folder.iterdir())
    for path in papers:
        if packed.bundle and not path.exists():
            continue
        known = path.suffix.lower() in {".html", ".json", ".pdf", *_WORDS}
        if path.name in packed.places or path.name == MANIFEST:
            continue
        if path.name not in {CARD, PLAN} and not known:
            raise InvalidInput(
                "This is no file of a model's folder, and the manifest does not list it.",
                where=path.name,
                mend="Take it out, or list it under files. Reports end in .html, .pdf or .json.",
            )
        found[path.name] = file_of_folder(path)
        total += len(found[path.name])
    if total > LARGEST:
        raise TooLarge(f"Card and reports are more than {LARGEST // 2**20} MB.", where=str(folder))
    return found


def _sweep(models: Path) -> None:
    """Take away what a process that was killed left half-written, a day after."""
    for path in models.glob(".*"):
        if path.is_dir() and path.stat().st_mtime < time.time() - STALE:
            rmtree(path, ignore_errors=True)
