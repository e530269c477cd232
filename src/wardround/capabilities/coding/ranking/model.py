"""The coder's model file: an archive of plain arrays, made by ``scripts/train_coding.py``."""

import hashlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.coding.finding.lexicon import Lexicon
from wardround.capabilities.coding.ranking.features import Describing, Statistics
from wardround.capabilities.coding.ranking.forest import Forest
from wardround.kernel import Unavailable

MODEL = Path(__file__).with_name("coding.npz")
"""The model file that the package carries."""
TEXTS = ("vocabulary", "codes", "displays")
"""What is kept as one text, a line each."""


class Thresholds(NamedTuple):
    """From which score a code is suggested, and from which a site may accept it unseen."""

    suggest: float
    auto_accept: float


class Model(NamedTuple):
    """Everything that the coder has learned."""

    name: str
    version: str
    digest: str
    lexicon: Lexicon
    describing: Describing
    forest: Forest
    calibration: tuple[NDArray[np.float64], NDArray[np.float64]]
    thresholds: Thresholds
    displays: list[str]
    billable: list[bool]
    successors: list[int]


@cache
def load(path: Path = MODEL) -> Model:
    """Return the model kept at ``path``; raise ``Unavailable`` if it is missing or not ours.

    Only plain arrays are read; a file with any other type is refused.
    """
    try:
        data = path.read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            content: dict[str, Any] = {name: archive[name] for name in archive.files}
        return _model(content, hashlib.sha256(data).hexdigest())
    except (OSError, BadZipFile, ValueError, KeyError, IndexError, EOFError) as error:
        raise Unavailable(
            "The coder's model file cannot be read.",
            where=path.name,
            mend="Reinstall wardround, or train it again with scripts/train_coding.py.",
        ) from error


def _model(content: Mapping[str, Any], digest: str) -> Model:
    plain = dict(content) | {name: text_of(content[name]).split("\n") for name in TEXTS}
    lexicon = Lexicon(plain)
    suggest, accept = content["thresholds"].tolist()
    name, version = text_of(content["name"]).split(" ")
    return Model(
        name=name,
        version=version,
        digest=digest,
        lexicon=lexicon,
        describing=Describing(lexicon, Statistics(content)),
        forest=Forest(content),
        calibration=(content["calibration_from"], content["calibration_to"]),
        thresholds=Thresholds(suggest, accept),
        displays=plain["displays"],
        billable=(content["billable"] == 1).tolist(),
        successors=content["successors"].tolist(),
    )


def text_of(letters: NDArray[np.uint8]) -> str:
    """Return the text kept as an array of its UTF-8 bytes."""
    return letters.tobytes().decode()


def letters_of(text: str) -> NDArray[np.uint8]:
    """Return a text as an array of its UTF-8 bytes."""
    return np.frombuffer(text.encode(), dtype=np.uint8)
