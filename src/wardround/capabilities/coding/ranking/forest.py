"""Boosted trees as plain arrays: grown by the training script, asked here with numpy alone.

A tree is asked by crossing out leaves (QuickScorer; Lucchese and others, SIGIR 2015): each node
whose answer is "greater" crosses out the leaves on its left, and the first leaf that is left over
is where a row ends. All nodes that ask of one feature cross out as one, looked up by where the
row's number stands among their thresholds.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAVES = 32
"""The most leaves that a tree may have: a bit for each."""
_BLOCK = 512
"""Rows asked at once, so that what is written stays near."""


class Forest:
    """Trees whose node ``i`` asks of ``tree[i]`` whether ``feature[i]`` exceeds ``threshold[i]``.

    If so the leaves whose bits are clear in ``mask[i]`` are crossed out. ``value``: (trees,
    leaves), the leaves from left to right, is what each adds to the log-odds.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._value: NDArray[np.float64] = content["value"].astype(np.float64)
        trees = len(self._value)
        self._asked: list[tuple[int, NDArray[np.float64], NDArray[np.uint32]]] = []
        feature, threshold = content["feature"], content["threshold"]
        order = np.lexsort((threshold, feature))
        for number in np.unique(feature).tolist():
            own = order[feature[order] == number]
            table = np.full((len(own) + 1, trees), 0xFFFFFFFF, dtype=np.uint32)
            table[np.arange(1, len(own) + 1), content["tree"][own]] = content["mask"][own]
            np.bitwise_and.accumulate(table, axis=0, out=table)
            self._asked.append((number, threshold[own].astype(np.float64), table))
        self._places = np.arange(trees)

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return for each row how likely it is, before calibration."""
        odds = np.zeros(len(rows))
        for begin in range(0, len(rows), _BLOCK):
            odds[begin : begin + _BLOCK] = self._odds(rows[begin : begin + _BLOCK])
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    def _odds(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        left = np.full((len(rows), len(self._value)), 0xFFFFFFFF, dtype=np.uint32)
        for number, thresholds, table in self._asked:
            column = rows[:, number].astype(np.float64)
            left &= table[np.searchsorted(thresholds, column, side="left")]
        # The lowest bit that is set, by the exponent of the number that it is alone.
        lowest = (left & (~left + np.uint32(1))).astype(np.float32)
        leaf = np.frexp(lowest)[1] - 1
        return np.asarray(self._value[self._places, leaf].sum(axis=1))
