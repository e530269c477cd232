"""MONAI's transforms, as a bundle's configuration lists them, in the words of a manifest's steps.

Only what is known to do the same is taken; everything else is named, for a person to say. Names and
defaults are those of ``monai.transforms``. MONAI's readers hand images over with columns first, so
the steps transpose before anything that has a size.
"""

from dataclasses import dataclass, field
from typing import Any

_NOTHING = frozenset(
    "LoadImage EnsureChannelFirst EnsureType CastToType ToTensor ToDevice AddChannel "
    "AsChannelFirst DeleteItems Identity".split()
)
"""They move data or change its type, and no value."""


@dataclass
class Read:
    """What was understood, and what was not."""

    steps: list[Any] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    activation: str = ""
    threshold: float | None = None
    size: list[int] = field(default_factory=list)
    """In which the steps end."""


def read_steps(config: dict[str, Any], *, colour: bool) -> Read:
    """Return the steps of an inference configuration; ``colour``: images with three channels."""
    read = Read()
    before = _listed(config.get("preprocessing"))
    if before is None:
        read.unknown.append("configs/inference.json has no list of preprocessing transforms")
    else:
        _before(before, colour, read)
    for name, said in _listed(config.get("postprocessing")) or []:
        if name == "Activations":
            chosen = [one for one in ("sigmoid", "softmax") if said.get(one) is True]
            read.activation = chosen[0] if len(chosen) == 1 else ""
        elif name == "AsDiscrete" and isinstance(said.get("threshold"), int | float):
            read.threshold = float(said["threshold"])
    return read


def _before(transforms: list[tuple[str, dict[str, Any]]], colour: bool, read: Read) -> None:
    repeated = "RepeatChannel" in [name for name, _ in transforms]
    turned, scaled = True, False
    steps: list[Any] = []
    window: Any = "colour" if colour and not repeated else {"percentiles": [0, 100]}
    for name, said in transforms:
        if name in _NOTHING:
            turned = turned and _turns(name, said, read)
        elif name == "ScaleIntensityRange" and not scaled and not steps:
            scaled, window = True, _ranged(said, window, read)
        else:
            scaled = _taken(name, said, steps, read, window == "colour") or scaled
    if not scaled:
        _not(read, "intensity", "no transform scales it, and a network sees raw values")
    if window != "colour":
        read.remarks.append(
            "Grey images whose file says that dark is bright (MONOCHROME1) are turned here, and "
            "are not by MONAI's readers: hold some answers against MONAI's own."
        )
    read.steps = [{"window": window}, *(["transpose"] if turned else []), *steps]


def _turns(name: str, said: dict[str, Any], read: Read) -> bool:
    """Return whether columns come first after a transform that changes no value."""
    if name == "LoadImage" and said.get("reader") not in {None, *_TURNING}:
        _not(read, name, f"the reader {str(said['reader'])[:40]} is not known")
        return False
    return True


def _taken(name: str, said: dict[str, Any], steps: list[Any], read: Read, colour: bool) -> bool:
    """Add the step of a transform, or say that there is none; return whether it scales values."""
    if any(isinstance(one, str) and one.startswith(("$", "@")) for one in said.values()):
        _not(read, name, "it is computed")
    elif name == "Transpose" and said.get("indices") == [0, 2, 1]:
        steps.append("transpose")
    elif name == "Resize":
        _resize(said, steps, read)
    elif name == "ScaleIntensity" and _defaults(said, {"minv": 0, "maxv": 1}):
        steps.append("stretch")
        return True
    elif name == "NormalizeIntensity":
        return _normalise(said, steps, read, colour)
    elif name == "RepeatChannel" and said.get("repeats") == 3:
        steps.append({"channels": 3})
    else:
        _not(read, name, "it has no step here, or not with these settings")
    return False


_TURNING = frozenset({"PILReader", "ITKReader", "PydicomReader", "NibabelReader"})
"""Readers that hand an image over with columns first."""


def _resize(said: dict[str, Any], steps: list[Any], read: Read) -> None:
    size: Any = said.get("spatial_size")
    mode = _one(said.get("mode", "area"))
    smooth = _one(said.get("anti_aliasing", False))
    method = {"area": "area", "bilinear": "sampled"}.get(str(mode))
    whole = isinstance(size, list) and len(size) == 2 and all(isinstance(n, int) for n in size)
    plain = said.get("size_mode", "all") == "all" and not smooth
    if not whole or method is None or not plain or _one(said.get("align_corners")):
        _not(read, "Resize", "only two numbers, by area or bilinear, without corners aligned")
        return
    if method == "area":
        read.remarks.append(
            "Resizing by area weighs a pixel by the part that is covered, where MONAI counts it "
            "whole: hold some answers against MONAI's own."
        )
    read.size = list(size)
    steps.append({"resize": {"size": read.size, "method": method}})


def _ranged(said: dict[str, Any], window: Any, read: Read) -> Any:
    low, high = said.get("a_min"), said.get("a_max")
    numbers = isinstance(low, int | float) and isinstance(high, int | float) and low < high
    unit = said.get("b_min") == 0 and said.get("b_max") == 1 and said.get("clip") is True
    if not numbers or not unit or (window == "colour" and (low, high) != (0, 255)):
        _not(read, "ScaleIntensityRange", "only to 0 and 1, clipped; of colour only from 0 to 255")
        return window
    return window if window == "colour" else [low, high]


def _normalise(said: dict[str, Any], steps: list[Any], read: Read, colour: bool) -> bool:
    """Take a normalisation of the image by itself; numbers of raw values are not known here."""
    own = said.get("subtrahend") is None and said.get("divisor") is None
    if own and not said.get("nonzero") and not (colour and said.get("channel_wise")):
        steps.append({"normalise": {"mean": "self", "deviation": "self"}})
        return True
    _not(read, "NormalizeIntensity", "only the whole image by its own mean and deviation")
    return False


def _listed(part: Any) -> list[tuple[str, dict[str, Any]]] | None:
    """Return transforms by name, without the d of those for dictionaries; None where none are."""
    if not isinstance(part, dict) or not isinstance(part.get("transforms"), list):
        return None
    found: list[tuple[str, dict[str, Any]]] = []
    for one in part["transforms"]:
        if not isinstance(one, dict) or not isinstance(one.get("_target_"), str):
            found.append(("what is not written out", {}))
            continue
        name = str(one["_target_"]).rsplit(".", 1)[-1]
        name = name.removesuffix("Dict").removesuffix("d").removesuffix("D")
        settings = {k: v for k, v in one.items() if k not in {"_target_", "keys"}}
        found.append((name[:60], settings))
    return found


def _defaults(said: dict[str, Any], known: dict[str, Any]) -> bool:
    return all(key in known and known[key] == value for key, value in said.items())


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _not(read: Read, name: str, why: str) -> None:
    read.unknown.append(f"{name} ({why})")
