"""Boosted trees as plain arrays: grown by the training script, asked here with numpy alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Forest:
    """Trees of one shape: ``feature``, ``threshold``, ``left``, ``right``: (trees, nodes).

    A row goes left where its feature is at most the threshold; a leaf has itself on both sides.
    ``value`` is what a leaf adds to the log-odds.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._feature: NDArray[np.intp] = content["feature"].astype(np.intp)
        self._threshold: NDArray[np.float64] = content["threshold"].astype(np.float64)
        self._value: NDArray[np.float64] = content["value"].astype(np.float64)
        trees, nodes = self._feature.shape
        offset = (np.arange(trees) * nodes)[:, None]
        self._sides = np.stack([content["right"] + offset, content["left"] + offset], axis=-1)
        self._sides = self._sides.reshape(-1, 2).astype(np.intp)
        self._roots = offset.ravel().astype(np.intp)
        self._depth = int(content["depth"])

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return for each row how likely it is, before calibration."""
        count = len(rows)
        if not count:
            return np.zeros(0)
        feature, threshold = self._feature.ravel(), self._threshold.ravel()
        flat, width = rows.astype(np.float64).ravel(), rows.shape[1]
        base = (np.arange(count) * width)[:, None]
        node = np.broadcast_to(self._roots, (count, len(self._roots)))
        for _ in range(self._depth):
            goes_left = flat[base + feature[node]] <= threshold[node]
            node = self._sides[node, goes_left.astype(np.intp)]
        odds = self._value.ravel()[node].sum(axis=1)
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))
