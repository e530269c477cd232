"""An image that was read: its values, and the facts its file declares."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.facts import Facts
from wardround.engines.images.voi import Grey, Voi

TAILS = (0.5, 99.5)
"""Percentiles that are shown black and white where a file says nothing of how it is shown."""

LEAST_USED = 0.25
"""The share of the range of the stored bits that values must use for it to be shown whole."""


@dataclass(frozen=True)
class Image:
    """One frame.

    ``values`` is float32 (H, W) after the modality LUT, greater always brighter, or uint8
    (H, W, 3) in colour. ``digest`` is the sha256 of the whole file.
    """

    values: NDArray[np.float32] | NDArray[np.uint8] = field(repr=False)
    facts: Facts
    name: str = ""
    digest: str = ""
    voi: Voi = field(default=Voi(), repr=False)

    @property
    def colour(self) -> bool:
        """Whether the image has three channels."""
        return self.values.ndim == 3

    @property
    def shown_by(self) -> str:
        """By which rule ``grey`` makes black and white."""
        if self.colour:
            return "luminance of the colours"
        if self.voi.tables:
            return "the file's VOI look-up table"
        if self.voi.windows:
            return "the file's window"
        if self._range() is not None:
            return "the range of the stored bits"
        return f"percentiles {TAILS[0]} to {TAILS[1]} of the values"

    def grey(self, choice: int = 0) -> Grey:
        """Return float32 (H, W) in [0, 1] as the file wants it shown; ``shown_by`` says how.

        ``choice`` picks one of several windows or tables that a file offers; the first is meant
        by default (PS3.3 C.11.2.1.2.1).
        """
        if self.colour:
            weights = np.array([0.299, 0.587, 0.114], np.float32) / np.float32(255)
            return np.asarray(self.values.astype(np.float32) @ weights, np.float32)
        values = np.asarray(self.values, np.float32)
        offered = self.voi.tables or self.voi.windows
        if not offered:
            return _spread(values, self._range() or _middle(values))
        way = offered[min(choice, len(offered) - 1)]
        if not self.voi.turned or self.voi.span is None:
            return way.apply(values)
        shown = way.apply(np.float32(sum(self.voi.span)) - values)
        return np.subtract(np.float32(1), shown, out=shown)

    def _range(self) -> tuple[float, float] | None:
        """Return the span of the stored bits, unless the values use too little of it to be seen."""
        span = self.voi.span
        if span is None or self.colour:
            return None
        used = float(self.values.max()) - float(self.values.min())
        return span if used >= LEAST_USED * (span[1] - span[0]) else None


def _middle(values: Grey) -> tuple[float, float]:
    low, high = np.percentile(values, TAILS)
    return (float(low), float(high)) if high > low else (float(values.min()), float(values.max()))


def _spread(values: Grey, span: tuple[float, float]) -> Grey:
    low, high = span
    shown = values - np.float32(low)
    if high > low:
        shown *= np.float32(1 / (high - low))
    return np.clip(shown, 0.0, 1.0, out=shown)
