"""A model's folder, checked and ready to be copied: its manifest and the files it lists."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wardround.engines.vision.bundle import from_bundle, is_bundle
from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.manifest import Manifest
from wardround.engines.vision.model import LARGEST_MODEL, load_model
from wardround.engines.vision.reading import LARGEST, MANIFEST, bytes_of, read_manifest
from wardround.engines.vision.slides import load_slide_model
from wardround.kernel import InvalidInput, TooLarge, Unavailable

TOGETHER = 4 * 1024**3
"""Bytes of all files of a model."""


@dataclass(frozen=True)
class Packed:
    """A manifest, the bytes it is kept as, and where each file that it lists is now."""

    manifest: Manifest
    data: bytes
    places: dict[str, Path]
    remarks: tuple[str, ...] = ()
    """What whoever adds it should know."""
    bundle: bool = False
    """Whether it is a MONAI bundle, of which nothing but its model is taken."""

    @property
    def digest(self) -> str:
        """The sha256 of the manifest, which holds that of every file."""
        return hashlib.sha256(self.data).hexdigest()

    def write(self, folder: Path) -> None:
        """Copy manifest and files into a folder; raise where one is not what was listed."""
        (folder / MANIFEST).write_bytes(self.data)
        for one in self.manifest.files:
            source = self.places[one.name]
            _check_plain(source)
            try:
                shutil.copyfile(source, folder / one.name)
            except FileNotFoundError:
                raise Unavailable("This file is gone.", where=one.name) from None
        _check_files(folder, self.manifest)


def pack(folder: Path) -> Packed:
    """Return a model's folder ready to be copied; raise ``InvalidInput`` for what it lacks."""
    if not folder.is_dir():
        raise InvalidInput("There is no such folder.", where=str(folder), mend="Check the path.")
    if is_bundle(folder):
        data, places, remarks = from_bundle(folder)
        return Packed(read_manifest(data), data, places, remarks, bundle=True)
    if not (folder / MANIFEST).is_file():
        raise InvalidInput(
            f"This is no model's folder: it has no {MANIFEST}.",
            where=str(folder),
            mend="See docs/imaging-models.md for what a manifest says.",
        )
    data = bytes_of(folder / MANIFEST, LARGEST)
    manifest = read_manifest(data)
    places = {one.name: folder / one.name for one in manifest.files}
    for path in places.values():
        _check_plain(path)
    total = sum(path.stat().st_size for path in places.values())
    if total > TOGETHER:
        raise TooLarge(f"The files are more than {TOGETHER // 2**30} GiB.", where=str(folder))
    _check_files(folder, manifest)
    return Packed(manifest, data, places)


def intact(folder: Path, digest: str) -> bool:
    """Tell whether a folder's manifest has a digest, and each file is the one it lists."""
    try:
        data = bytes_of(folder / MANIFEST, LARGEST)
        if hashlib.sha256(data).hexdigest() != digest:
            return False
        return all(_hash(folder / one.name) == one.sha256 for one in read_manifest(data).files)
    except (InvalidInput, TooLarge, Unavailable, OSError):
        return False


def try_out(folder: Path) -> None:
    """Load the model of a folder and run it once; raise ``InvalidInput`` where it cannot answer.

    The image is a slope from dark to bright, once alone and three times in one batch.
    """
    manifest = read_manifest(bytes_of(folder / MANIFEST, LARGEST))
    said = manifest.input
    slope = np.linspace(0, 1, said.size[0] * said.size[1], dtype=np.float32).reshape(said.size)
    image = np.broadcast_to(slope, (1, said.channels, *said.size))
    batches = [np.ascontiguousarray(np.repeat(image, count, axis=0)) for count in (1, 3)]
    try:
        if manifest.task == "slide":
            slides = load_slide_model(folder)
            for batch in batches:
                slides.read(slides.embed(batch))
        else:
            model = load_model(folder)
            for batch in batches:
                model.run(batch)
    except ModelFault as fault:
        raise InvalidInput(
            f"The model was tried on a plain image. {fault.what}",
            where=fault.where,
            mend=fault.mend or "Compare the manifest's outputs with the model's.",
        ) from None


def _check_plain(path: Path) -> None:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise InvalidInput(
            "A model's folder holds plain files alone.", where=path.name, mend="Take it out."
        )
    if not path.exists():
        raise InvalidInput(
            "The manifest lists this file, and it is not there.",
            where=path.name,
            mend="Put it into the folder.",
        )


def _check_files(folder: Path, manifest: Manifest) -> None:
    for one in manifest.files:
        if _hash(folder / one.name) != one.sha256:
            raise InvalidInput(
                "The file is not the one that the manifest lists: its digest differs.",
                where=one.name,
                mend="Bring back the file, or write its sha256 into the manifest.",
            )


def _hash(path: Path) -> str:
    if path.stat().st_size > LARGEST_MODEL:
        raise TooLarge(f"This is more than {LARGEST_MODEL // 2**30} GiB.", where=path.name)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
