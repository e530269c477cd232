"""A MONAI bundle read for what it says of its model; what it does not say is listed, not guessed.

MONAI Bundle Specification (docs.monai.io, mb_specification): ``configs/metadata.json`` with
``network_data_format``, ``models/*.onnx``, and by custom ``configs/inference.json`` with the
transforms. Nothing in a bundle is ever run.
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from wardround.engines.vision.model import LARGEST_MODEL
from wardround.engines.vision.reading import LARGEST, MANIFEST, bytes_of, checked, read_keys
from wardround.engines.vision.session import Session
from wardround.engines.vision.transforms import Read, read_steps
from wardround.kernel import InvalidInput, WardroundError

METADATA = Path("configs", "metadata.json")

MODALITIES = frozenset("CR CT DX IO MG MR NM OP PT PX RF SM US XA XC ES".split())
"""DICOM's own (PS3.3 C.7.3.1.1.1) of those that make images. A bundle writes what it likes."""


@dataclass
class Draft:
    """A manifest in the making: what is known, and what is missing, place by place."""

    keys: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def is_bundle(folder: Path) -> bool:
    """Tell whether a folder is a MONAI bundle."""
    return (folder / METADATA).is_file()


def from_bundle(folder: Path) -> tuple[bytes, dict[str, Path], tuple[str, ...]]:
    """Return the manifest of a bundle, where its files are, and what should be known.

    A ``manifest.yaml`` in the bundle's folder says what the bundle does not; what it says counts.
    Raise ``InvalidInput`` that lists whatever is missing after that.
    """
    import yaml  # type: ignore[import-untyped]

    said: dict[str, Any] = {}
    if (folder / MANIFEST).is_file():
        said = read_keys(bytes_of(folder / MANIFEST, LARGEST))
    model = _model(folder)
    data = bytes_of(model, LARGEST_MODEL)
    draft = _drafted(folder, Session(data, model.name, weights={}))
    draft.keys["files"] = [{"name": model.name, "sha256": hashlib.sha256(data).hexdigest()}]
    keys = _completed(draft.keys, said)
    missing = {place: why for place, why in draft.missing.items() if not _is_said(said, place)}
    if missing:
        listed = "; ".join(f"{place}: {why}" for place, why in missing.items())
        raise InvalidInput(
            f"The bundle does not say all that a manifest must. Missing: {listed}.",
            where=folder.name,
            mend=f"Write these keys into {MANIFEST} in the bundle's folder; nothing is guessed.",
        )
    checked(keys)
    written = yaml.safe_dump(keys, sort_keys=False, allow_unicode=True).encode()
    return written, {model.name: model}, tuple(draft.remarks)


def _model(folder: Path) -> Path:
    found = sorted((folder / "models").glob("*.onnx"))
    if len(found) != 1 or found[0].is_symlink():
        raise InvalidInput(
            f"The bundle has {len(found)} ONNX files in models/; one is taken."
            if len(found) != 1
            else "A model's folder holds plain files alone.",
            where=str(folder.name),
            mend="Export it: python -m monai.bundle onnx_export (and leave one file there).",
        )
    return found[0]


def _drafted(folder: Path, session: Session) -> Draft:
    metadata = _json(folder / METADATA)
    draft = Draft()
    formats = metadata.get("network_data_format")
    formats = formats if isinstance(formats, dict) else {}
    given, gives = _only(formats.get("inputs")), _only(formats.get("outputs"))
    _name(metadata, folder, draft)
    read = _transforms(folder, given, draft)
    _input(given, read, session, draft)
    _output(gives, read, session, draft)
    return draft


def _name(metadata: dict[str, Any], folder: Path, draft: Draft) -> None:
    called = metadata.get("name")
    called = called if isinstance(called, str) and called else folder.resolve().name
    draft.keys["name"] = re.sub(r"[^a-z0-9.]+", "-", called.lower()).strip("-.")[:80]
    version = metadata.get("version")
    if isinstance(version, str) and version:
        draft.keys["version"] = version
    else:
        draft.missing["version"] = "metadata.json has none"
    task = metadata.get("task")
    if isinstance(task, str):
        draft.keys["title"] = " ".join(task.split())[:200]


def _transforms(folder: Path, given: dict[str, Any], draft: Draft) -> Read:
    channels = given.get("num_channels")
    config = folder / "configs" / "inference.json"
    if not config.is_file():
        draft.missing["input.steps"] = "there is no configs/inference.json"
        return Read()
    read = read_steps(_json(config), colour=channels == 3)
    if read.unknown:
        draft.missing["input.steps"] = "; ".join(read.unknown)
    draft.remarks += read.remarks
    return read


def _input(given: dict[str, Any], read: Read, session: Session, draft: Draft) -> None:
    modality = given.get("modality")
    keys: dict[str, Any] = {"channels": given.get("num_channels"), "steps": read.steps}
    if isinstance(modality, str) and modality.upper() in MODALITIES:
        keys["modality"] = [modality.upper()]
    else:
        draft.missing["input.modality"] = (
            f"the bundle says {_short(modality)}, which is none of DICOM's, such as DX or MG"
        )
    draft.missing["input.body_part"] = "bundles do not say it; an empty list means any"
    shape = given.get("spatial_shape")
    shape = shape if isinstance(shape, list) else []
    fixed = [one for one in shape if isinstance(one, int)]
    network = [one for one in session.shape[2:] if one is not None]
    ends = read.size
    sizes = {tuple(one) for one in (fixed, network, ends) if len(one) == 2}
    if len(shape) == 3 or len(session.shape) == 5:
        raise InvalidInput(
            "The bundle's model takes volumes; models of single images are run here.",
            where="network_data_format.inputs",
        )
    if len(sizes) == 1:
        keys["size"] = list(sizes.pop())
    elif sizes:
        draft.missing["input.size"] = (
            f"metadata.json says {fixed or 'any'}, the steps end in {ends or 'none'}, the ONNX "
            f"file takes {network or 'any'}"
        )
    else:
        draft.missing["input.size"] = "neither metadata.json nor the steps nor the ONNX file says"
    if keys["channels"] not in {1, 3}:
        draft.missing["input.channels"] = f"num_channels is {_short(keys['channels'])}, not 1 or 3"
    draft.keys["input"] = keys


def _output(gives: dict[str, Any], read: Read, session: Session, draft: Draft) -> None:
    names = list(session.outputs)
    ranks = {2: "classification", 4: "segmentation"}
    rank = len(session.outputs[names[0]].shape) if names else 0
    if len(names) != 1 or rank not in ranks:
        draft.missing["task"] = f"the ONNX file has {len(names)} outputs, the first of {rank} axes"
        draft.missing["outputs"] = "which output is what"
        return
    draft.keys["task"] = ranks[rank]
    channels = gives.get("channel_def")
    named = channels if isinstance(channels, dict) else {}
    columns = [str(named.get(str(at), "")) for at in range(len(named))]
    output: dict[str, Any] = {"name": names[0]}
    if rank == 4:
        output["kind"] = "mask"
    if not columns or "" in columns:
        draft.missing["outputs.0.codes"] = "channel_def does not name each channel"
    system = f"urn:wardround:model:{draft.keys['name']}"
    plain = [at for at, one in enumerate(columns) if one.strip().lower() == "background"]
    if len(plain) == 1 and read.activation != "sigmoid":
        output["background"] = plain[0]
    codes = [one for at, one in enumerate(columns) if at != output.get("background")]
    output["codes"] = [
        {
            "code": re.sub(r"[^a-z0-9]+", "-", one.lower()).strip("-"),
            "system": system,
            "display": one,
        }
        for one in codes
    ]
    if read.activation:
        output["activation"] = read.activation
    else:
        draft.missing["outputs.0.activation"] = (
            "the bundle names none; say softmax, sigmoid, or none where it gives probabilities"
        )
    if read.threshold is not None:
        output["threshold"] = read.threshold
    elif rank == 4 and read.activation != "softmax":
        draft.missing["outputs.0.threshold"] = "a mask needs one"
    draft.keys["outputs"] = [output]


def _completed(drafted: Any, said: Any) -> Any:
    """Return what was drafted with what a person said in its place, key by key."""
    if isinstance(drafted, dict) and isinstance(said, dict):
        return {
            key: _completed(drafted[key], said[key])
            if key in drafted and key in said
            else said.get(key, drafted.get(key))
            for key in [*drafted, *(one for one in said if one not in drafted)]
        }
    if isinstance(drafted, list) and isinstance(said, list) and len(drafted) == len(said) == 1:
        return [_completed(drafted[0], said[0])]
    return said


def _is_said(said: Any, place: str) -> bool:
    """Tell whether a person said what a place asks for, such as ``outputs.0.activation``."""
    for step in place.split("."):
        if isinstance(said, dict) and step in said:
            said = said[step]
        elif isinstance(said, list) and step.isdigit() and int(step) < len(said):
            said = said[int(step)]
        else:
            return False
    return True


def _only(named: Any) -> dict[str, Any]:
    """Return the one tensor of inputs or outputs; of several none can be told to be the one."""
    if isinstance(named, dict) and len(named) == 1:
        one = next(iter(named.values()))
        return one if isinstance(one, dict) else {}
    return {}


def _json(path: Path) -> dict[str, Any]:
    try:
        found = orjson.loads(bytes_of(path, LARGEST))
    except orjson.JSONDecodeError:
        found = None
    except WardroundError:
        raise
    if not isinstance(found, dict):
        raise InvalidInput("This is no JSON of a MONAI bundle.", where=path.name)
    return found


def _short(value: Any) -> str:
    return repr(value)[:40]
