"""The network that finds nuclei: pixels in, the chance and the depth of each out."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.kernel import InvalidInput, Unavailable

Maps = tuple[NDArray[np.float32], NDArray[np.float32]]
_CPU = "CPUExecutionProvider"
BLOCK = 16
"""The network halves a picture four times: sizes are filled up to multiples of this."""


class Network:
    """The ONNX network of a file; one thread: a batch runs in as many processes as cores."""

    def __init__(self, path: Path, provider: str = "cpu") -> None:
        self.digest = sha256(path.read_bytes()).hexdigest()
        self._run = _session(path, provider)

    def maps(self, rgb: NDArray[np.uint8]) -> Maps:
        """Return for each pixel of uint8 (H, W, 3) its chance to be of a nucleus, and its depth."""
        height, width = rgb.shape[:2]
        padded = np.pad(rgb, ((0, -height % BLOCK), (0, -width % BLOCK), (0, 0)), mode="symmetric")
        image = np.ascontiguousarray(padded.transpose(2, 0, 1)[None], np.float32)
        image *= np.float32(1 / 255)
        odds = self._run(image)
        if not np.isfinite(odds).all():
            raise Unavailable(
                "The network that finds nuclei answered with what is no number.",
                mend="Compare the digest of its file with its card.",
            )
        chance = np.exp(-odds[0, :, :height, :width])
        chance += 1
        np.reciprocal(chance, out=chance)
        return chance[0], chance[1]


def _session(path: Path, provider: str) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    import onnxruntime

    from wardround.engines.vision import provider_named, require_started

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    wanted = provider_named(provider)
    try:
        session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=list(dict.fromkeys((wanted, _CPU))), enable_fallback=0
        )
        out = session.get_outputs()[0]
        name = session.get_inputs()[0].name
    except Exception as error:
        raise InvalidInput("This is no network that finds nuclei.", where=path.name) from error
    require_started(wanted, session.get_providers(), provider)
    if out.shape[1] != 2:
        raise InvalidInput("A network that finds nuclei answers with two maps.", where=path.name)

    def run(image: NDArray[np.float32]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = session.run(None, {name: image})[0]
        return found

    return run


@cache
def load_network(provider: str = "cpu") -> Network:
    """Return the network that ships."""
    with as_file(files(__package__).joinpath("model", "nuclei.onnx")) as path:
        return Network(path, provider)
