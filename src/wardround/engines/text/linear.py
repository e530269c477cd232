"""The embedded text engine: logistic regressions over counted features, no download."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from wardround.engines.plain import read_plain
from wardround.engines.text import features
from wardround.engines.text.port import LABELS, ROLES, Said
from wardround.kernel import Unavailable

MODEL = Path(__file__).with_name("sections.skops")
"""The model file that the package carries."""


class LinearHead:
    """One logistic regression per label: ``weights`` (features + 1, labels), last row the bias."""

    def __init__(self, vocabulary: Sequence[str], weights: NDArray[np.floating[Any]]) -> None:
        self._place = {feature: place for place, feature in enumerate(vocabulary)}
        self._weights = np.asarray(weights, dtype=np.float32)

    def probabilities(self, samples: Iterable[Iterable[str]]) -> NDArray[np.float64]:
        """Return the probability of each label for each sample of features."""
        place = self._place
        rows = []
        for sample in samples:
            known = [place[feature] for feature in sample if feature in place]
            scale = 1.0 / max(1.0, float(len(known))) ** 0.5
            rows.append(self._weights[known].sum(axis=0) * scale + self._weights[-1])
        scores = np.array(rows, dtype=np.float64).reshape(-1, self._weights.shape[1])
        return np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float64)


class LinearTagger:
    """A ``SectionTagger`` of three linear heads, read from one file of plain arrays."""

    def __init__(self, content: dict[str, Any], digest: str) -> None:
        self.name: str = content["name"]
        self.version: str = content["version"]
        self.digest = digest
        self.casing: dict[str, str] = content["casing"]
        self.settings: dict[str, float] = content["settings"]
        self._sections = _head(content, "sections", LABELS)
        self._roles = _head(content, "roles", ROLES)
        self._ends = _head(content, "ends", ("end",))

    def sections(self, said: Sequence[Said]) -> NDArray[np.float64]:
        """Return for each sentence the probability of each of ``LABELS``."""
        return self._sections.probabilities(features.of_sentence(item) for item in said)

    def roles(self, said: Sequence[Said]) -> NDArray[np.float64]:
        """Return for each sentence the probability of each of ``ROLES``."""
        return self._roles.probabilities(features.of_sentence(item) for item in said)

    def ends(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return for each word the probability that a sentence ends after it."""
        samples = (features.of_end(words, index) for index in range(len(words)))
        return self._ends.probabilities(samples)[:, 0]


@cache
def load(path: Path = MODEL) -> LinearTagger:
    """Return the tagger kept at ``path``; raise ``Unavailable`` if it is missing or not ours.

    Only plain arrays, text and numbers are read; a file with any other type is refused.
    """
    try:
        data = path.read_bytes()
        content = read_plain(data)
        return LinearTagger(content, hashlib.sha256(data).hexdigest())
    except (OSError, BadZipFile, ValueError, KeyError, TypeError) as error:
        raise Unavailable(
            "The text engine's model file cannot be read.",
            where=path.name,
            mend="Reinstall wardround, or train it again with scripts/train_documentation.py.",
        ) from error


def _head(content: dict[str, Any], name: str, labels: Sequence[str]) -> LinearHead:
    part = content[name]
    vocabulary, weights = part["vocabulary"].split("\n"), part["weights"]
    if weights.shape != (len(vocabulary) + 1, len(labels)):
        raise ValueError(f"head {name} has the wrong shape")
    return LinearHead(vocabulary, weights)
