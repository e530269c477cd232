"""One ONNX file on onnxruntime: loaded from checked bytes, threads bounded, errors named."""

from collections.abc import Mapping, Sequence
from threading import Timer
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision.contents import contents_of, refuse
from wardround.engines.vision.faults import ModelFault
from wardround.kernel import InvalidInput, Unavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PROVIDERS = {
    "cpu": "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "tensorrt": "TensorrtExecutionProvider",
    "rocm": "ROCMExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}
"""What may run a model, by the word for it in settings, and onnxruntime's name."""

BLOCK = 64
"""The most images that go in at once; more are run in blocks, so that memory is bounded."""

SECONDS = 600.0
"""The longest that one block may take; a network that does not end is ended."""

Arrays = dict[str, NDArray[Any]]
_QUIET = 4
"""onnxruntime's own messages stay out of the log: they name paths."""


class Session:
    """A network that takes one array whose first axis counts images."""

    def __init__(
        self,
        data: bytes,
        name: str,
        *,
        weights: Mapping[str, bytes],
        provider: str = "cpu",
        threads: int = 1,
    ) -> None:
        self.name = name
        self._weights = dict(weights)  # onnxruntime reads them where they lie: kept as long as it
        found = contents_of(data, name)
        refuse(found, frozenset(weights), name)
        self._session = self._opened(data, provider, threads)
        inputs = self._session.get_inputs()
        if len(inputs) != 1:
            raise InvalidInput(
                f"The model takes {len(inputs)} inputs; models of images take one.",
                where=name,
                mend="Export it with the image as its one input.",
            )
        self.input = inputs[0]
        self.outputs = {one.name: one for one in self._session.get_outputs()}
        kind = _KINDS.get(self.input.type)
        if kind is None:
            raise InvalidInput(
                f"The model's input is {self.input.type}; images are numbers.", where=name
            )
        self._kind = kind

    @property
    def shape(self) -> tuple[int | None, ...]:
        """The input's shape; None where it may be any number."""
        return tuple(one if isinstance(one, int) else None for one in self.input.shape)

    def run(self, batch: NDArray[np.float32], wanted: Sequence[str]) -> Arrays:
        """Return the outputs for a batch of any length; raise ``ModelFault``."""
        fixed = self.shape[0] if self.shape else None
        block = fixed or BLOCK
        found: dict[str, list[NDArray[Any]]] = {name: [] for name in wanted}
        for start in range(0, len(batch), block):
            part = batch[start : start + block]
            count = len(part)
            if fixed and count < fixed:
                part = np.concatenate([part, np.repeat(part[-1:], fixed - count, axis=0)])
            for name, values in zip(wanted, self._answers(part, wanted), strict=True):
                found[name].append(self._counted(name, np.asarray(values), len(part))[:count])
        return {name: _joined(self.name, name, parts) for name, parts in found.items()}

    def whole(self, batch: NDArray[np.float32], wanted: Sequence[str]) -> Arrays:
        """Return the outputs for one array that is not cut into blocks."""
        answers = self._answers(batch, wanted)
        return {
            name: _sound(self.name, name, np.asarray(values))
            for name, values in zip(wanted, answers, strict=True)
        }

    def _answers(self, part: NDArray[np.float32], wanted: Sequence[str]) -> list[Any]:
        from onnxruntime import RunOptions

        options = RunOptions()
        options.log_severity_level = _QUIET

        def end() -> None:
            options.terminate = True

        timer = Timer(SECONDS, end)
        timer.daemon = True
        timer.start()
        try:
            given = {self.input.name: part.astype(self._kind, copy=False)}
            return list(self._session.run(list(wanted), given, options))
        except Exception as error:  # noqa: BLE001 - its errors share no other class
            raise ModelFault(
                f"The model failed: {_first_words(error)}.",
                where=self.name,
                mend="Look at the shape its input declares, and export it again.",
            ) from None
        finally:
            timer.cancel()

    def _counted(self, name: str, values: NDArray[Any], images: int) -> NDArray[Any]:
        if values.ndim == 0 or (len(values) != images and images != 1):
            raise ModelFault(
                f"The output has the shape {list(values.shape)} for {images} images.",
                where=f"{self.name}: {name}",
                mend="Its first axis must count images.",
            )
        return _sound(self.name, name, values if len(values) == images else values[None])

    def _opened(self, data: bytes, provider: str, threads: int) -> "InferenceSession":
        import onnxruntime

        wanted = provider_named(provider)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _QUIET
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if self._weights:
            names, blobs = list(self._weights), list(self._weights.values())
            options.add_external_initializers_from_files_in_memory(
                names, blobs, [len(blob) for blob in blobs]
            )
        chosen = [wanted] if provider == "cpu" else [wanted, PROVIDERS["cpu"]]
        try:
            session = onnxruntime.InferenceSession(
                data, options, providers=chosen, enable_fallback=0
            )
        except Exception as error:  # noqa: BLE001 - its errors share no other class
            raise InvalidInput(
                f"onnxruntime {onnxruntime.__version__} cannot load the model: "
                f"{_first_words(error)}.",
                where=self.name,
                mend="Export it again, with operators and an opset that this version knows.",
            ) from None
        require_started(wanted, session.get_providers(), provider)
        return session


def require_started(wanted: str, started: Sequence[str], word: str) -> None:
    """Raise ``Unavailable`` where a session goes without its provider: onnxruntime only logs it."""
    if wanted not in started:
        raise Unavailable(
            "onnxruntime has this provider and could not start it on this machine.",
            where=word,
            mend="Check its driver and libraries, or run models on cpu.",
        )


def provider_named(word: str) -> str:
    """Return onnxruntime's name of what may run a model; raise ``Unavailable`` where it has none.

    Nothing is run elsewhere instead: whoever set it would believe that it runs there.
    """
    import onnxruntime

    available = onnxruntime.get_available_providers()
    wanted = PROVIDERS.get(word)
    if wanted is None or wanted not in available:
        there = [known for known, name in PROVIDERS.items() if name in available]
        raise Unavailable(
            "This installation of onnxruntime cannot run models there.",
            where=word,
            mend=f"It can on: {', '.join(there)}.",
        )
    return wanted


_KINDS: dict[str, np.dtype[Any]] = {
    "tensor(float)": np.dtype(np.float32),
    "tensor(float16)": np.dtype(np.float16),
    "tensor(double)": np.dtype(np.float64),
}


def _sound(model: str, name: str, values: NDArray[Any]) -> NDArray[Any]:
    """Return an output of numbers; raise ``ModelFault`` where one is none."""
    if values.dtype.kind not in "fiub":
        raise ModelFault("The output holds no numbers.", where=f"{model}: {name}")
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise ModelFault(
            "The output holds a value that is no number.",
            where=f"{model}: {name}",
            mend="The image is kept; look at it without the model.",
        )
    return values


def _joined(model: str, name: str, parts: list[NDArray[Any]]) -> NDArray[Any]:
    if not parts:
        return np.zeros((0,), dtype=np.float32)
    if len({part.shape[1:] for part in parts}) > 1:
        raise ModelFault("The output's shape changes.", where=f"{model}: {name}")
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _first_words(error: Exception) -> str:
    """Return what onnxruntime says, on one line and short; it speaks of operators and shapes."""
    said = str(error).rsplit(" : ", 1)[-1]
    return " ".join(said.split())[:200].rstrip(". ") or "it gave no reason"
