"""How stored values are shown: windows and VOI look-up tables (PS3.3 C.11.2)."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]


@dataclass(frozen=True)
class Window:
    """A window of values that is spread over black to white."""

    center: float
    width: float
    function: str = "LINEAR"
    says: str = ""

    def apply(self, values: Grey) -> Grey:
        """Return values in [0, 1], by one of the three functions of PS3.3 C.11.2.1.2 and 3."""
        if self.function == "SIGMOID":
            steep = np.clip((values - self.center) * (-4.0 / self.width), -80.0, 80.0)
            return np.asarray(1.0 / (1.0 + np.exp(steep)), np.float32)
        exact = self.function == "LINEAR_EXACT"
        width = self.width if exact else self.width - 1
        center = self.center if exact else self.center - 0.5
        if width <= 0:
            return np.asarray(values > center, np.float32)
        low = np.float32(center - width / 2)
        shown = values - low
        shown *= np.float32(1 / width)
        np.clip(shown, 0.0, 1.0, out=shown)
        return shown


@dataclass(frozen=True)
class Table:
    """A VOI look-up table: entry by entry, from the first value that it maps."""

    first: int
    entries: NDArray[np.float32] = field(repr=False)
    says: str = ""

    def apply(self, values: Grey) -> Grey:
        """Return values in [0, 1]; beyond either end of the table, its end."""
        at = np.clip(values - self.first, 0, len(self.entries) - 1).astype(np.intp)
        return np.asarray(self.entries[at], np.float32)


@dataclass(frozen=True)
class Voi:
    """Everything a file says about how its values are shown, and the span they could take."""

    tables: tuple[Table, ...] = ()
    windows: tuple[Window, ...] = ()
    span: tuple[float, float] | None = None
    """The least and the greatest value that the stored bits could say, after the modality LUT."""
    turned: bool = False
    """Whether the image was MONOCHROME1: its values were turned within the span."""
