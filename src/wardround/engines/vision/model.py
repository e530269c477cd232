"""A model of images: a folder with a manifest, ONNX files and a card, loaded and run."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision import meaning
from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.manifest import File, Manifest
from wardround.engines.vision.preparing import Prepared, Seen, prepare
from wardround.engines.vision.reading import LARGEST, MANIFEST, bytes_of, read_manifest
from wardround.engines.vision.regions import Region, found_regions
from wardround.engines.vision.session import Arrays, Session
from wardround.kernel import InvalidInput

LARGEST_MODEL = 2 * 1024**3
"""Bytes of one file: protocol buffers have no more."""


@dataclass(frozen=True)
class VisionModel:
    """A manifest with its networks."""

    manifest: Manifest
    digest: str
    """The sha256 of the manifest, which holds that of every file."""
    sessions: tuple[Session, ...]

    def prepared(self, image: Seen) -> Prepared:
        """Return an image as the network takes it, with the way back to its own pixels."""
        return prepare(image, self.manifest.input)

    def prepare(self, image: Seen) -> NDArray[np.float32]:
        """Return an image as the network takes it: (channels, rows, columns)."""
        return self.prepared(image).values

    def run(self, batch: NDArray[np.float32]) -> Arrays:
        """Return the raw outputs for (images, channels, rows, columns), by name.

        Of an ensemble each output is the mean of its models', and the features stand beside one
        another. Raise ``ModelFault`` where an output is no number or not shaped as declared.
        """
        said = self.manifest.input
        if batch.ndim != 4 or batch.shape[1:] != (said.channels, *said.size):
            raise InvalidInput(
                f"A batch has the shape (N, {said.channels}, {said.size[0]}, {said.size[1]}).",
                where="batch",
                mend="Prepare each image by the manifest's steps.",
            )
        names = [one.name for one in self.manifest.outputs]
        features = self.manifest.features
        wanted = list(dict.fromkeys([*names, *([features] if features else [])]))
        if self.manifest.task == "detection" and self._one_by_one:
            return self._checked(_each(self.sessions[0], batch, wanted), len(batch))
        found = [session.run(batch, wanted) for session in self.sessions]
        out: Arrays = {}
        for name in wanted:
            given = [one[name] for one in found]
            if name == features and name not in names:
                out[name] = np.concatenate(
                    [one.reshape(len(one), -1) if one.size else one for one in given], axis=-1
                )
            else:
                out[name] = _mean(given, name)
        return self._checked(out, len(batch))

    def regions(self, outputs: Arrays, at: int, prepared: Prepared) -> tuple[Region, ...]:
        """Return what was found in the image at a place of a batch, in its own pixels."""
        return found_regions(self.manifest, outputs, at, prepared)

    @property
    def _one_by_one(self) -> bool:
        """Whether a detector gives as many boxes as it finds: then images cannot be batched."""
        shape = self.sessions[0].outputs[self.manifest.of_kind("boxes").name].shape
        return len(shape) != 3 or not isinstance(shape[1], int)

    def _checked(self, out: Arrays, images: int) -> Arrays:
        for output in self.manifest.outputs:
            if images:
                meaning.check(output, out[output.name])
        return out

    def probabilities(self, outputs: Arrays, name: str | None = None) -> NDArray[np.float64]:
        """Return calibrated probabilities (images, codes) of an output of classes."""
        return meaning.chance(self.log_odds(outputs, name))

    def log_odds(self, outputs: Arrays, name: str | None = None) -> NDArray[np.float64]:
        """Return calibrated log-odds (images, codes), for another calibration to go on from."""
        output = self.manifest.output(name) if name else self.manifest.of_kind("classes")
        return meaning.log_odds(output, outputs[output.name])


def load_model(folder: Path, *, provider: str = "cpu", threads: int = 1) -> VisionModel:
    """Return the model of a folder, its files as its manifest says, by sha256.

    ``threads`` is how many one network may use; processes beside one another share the cores.
    Raise ``InvalidInput`` where a file has changed, is no ONNX, has other inputs or outputs than
    declared, or asks for operators or files that are never loaded.
    """
    data = bytes_of(folder / MANIFEST, LARGEST)
    manifest = read_manifest(data)
    if manifest.task == "slide":
        raise InvalidInput("This is a model of slides.", where=MANIFEST, mend="Load it as one.")
    sessions = opened(folder, manifest, "model", provider=provider, threads=threads)
    for session in sessions:
        _check_shapes(manifest, session)
    return VisionModel(manifest, sha256(data).hexdigest(), sessions)


def opened(
    folder: Path, manifest: Manifest, role: str, *, provider: str, threads: int
) -> tuple[Session, ...]:
    """Return a session for each file of a role; raise ``InvalidInput`` where a file has changed."""
    kept = {
        one.name: _checked_bytes(folder, one)
        for one in manifest.files
        if one.role in {role, "weights"}
    }
    weights = {one.name: kept[one.name] for one in manifest.files if one.role == "weights"}
    return tuple(
        Session(kept[one.name], one.name, weights=weights, provider=provider, threads=threads)
        for one in manifest.files
        if one.role == role
    )


def _checked_bytes(folder: Path, one: File) -> bytes:
    path = folder / one.name
    if path.is_symlink():
        raise InvalidInput("A model's folder holds plain files alone.", where=one.name)
    data = bytes_of(path, LARGEST_MODEL)
    if sha256(data).hexdigest() != one.sha256:
        raise InvalidInput(
            "The file is not the one that the manifest lists: its digest differs.",
            where=one.name,
            mend="Bring back the file, or add this one as a new version.",
        )
    return data


def _check_shapes(manifest: Manifest, session: Session) -> None:
    """Raise ``InvalidInput`` where input or outputs are not what the manifest declares."""
    said = (None, manifest.input.channels, *manifest.input.size)
    shape = session.shape
    if len(shape) != 4 or any(
        a is not None and b is not None and a != b for a, b in zip(shape, said, strict=True)
    ):
        raise InvalidInput(
            f"The model's input is {_written(shape)}; the manifest declares {_written(said)}.",
            where=session.name,
            mend="Correct channels and size in the manifest, or export the model anew.",
        )
    names = [one.name for one in manifest.outputs]
    for name in [*names, *([manifest.features] if manifest.features else [])]:
        if name not in session.outputs:
            raise InvalidInput(
                "The model has no output of this name.",
                where=f"{session.name}: {name[:80]}",
                mend=f"It has: {', '.join(sorted(session.outputs))[:300]}.",
            )
    for output in manifest.outputs:
        meaning.check_declared(output, session.outputs[output.name].shape, session.name)


def _written(shape: tuple[Any, ...]) -> str:
    return f"({', '.join('N' if one is None else str(one) for one in shape)})"


def _each(session: Session, batch: NDArray[np.float32], wanted: list[str]) -> Arrays:
    """Run images one by one; fewer boxes are filled up with boxes of no size, which find nothing.

    A detector without an axis for images, as torchvision exports it, gets one.
    """
    fixed = session.shape[0] or 1
    found = []
    for image in batch:
        given = session.whole(np.repeat(image[None], fixed, axis=0), wanted)
        batched = len(session.outputs[wanted[0]].shape) == 3 or given[wanted[0]].ndim == 3
        found.append({name: one[0] if batched else one for name, one in given.items()})
    out: Arrays = {}
    for name in wanted:
        most = max((len(one[name]) for one in found), default=0)
        out[name] = np.stack([_filled(one[name], most) for one in found]) if found else _NOTHING
    return out


_NOTHING: NDArray[Any] = np.zeros((0,), dtype=np.float32)


def _filled(values: NDArray[Any], most: int) -> NDArray[Any]:
    return np.pad(values, [(0, most - len(values)), *[(0, 0)] * (values.ndim - 1)])


def _mean(given: list[NDArray[Any]], name: str) -> NDArray[Any]:
    if len(given) == 1:
        return given[0]
    if len({one.shape for one in given}) > 1:
        raise ModelFault("The models of the ensemble differ in shape.", where=name)
    return np.asarray(np.mean(np.stack(given), axis=0, dtype=np.float64))
