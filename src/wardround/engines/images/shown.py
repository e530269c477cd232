"""What a DICOM header says of how values are meant and shown: modality LUT, padding, VOI."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.elements import (
    functional,
    items,
    number,
    numbers,
    text,
    texts,
    value,
    whole,
)
from wardround.engines.images.facts import Facts
from wardround.engines.images.voi import Table, Window

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Array = NDArray[Any]
Values = NDArray[np.float32]
MOST_VALUE = 1e30
"""The greatest value that is still reckoned with in float32."""

FUNCTIONS = {"LINEAR", "LINEAR_EXACT", "SIGMOID"}


def entries_of(item: "Dataset", *, signed: bool) -> tuple[int, NDArray[np.float32], int] | None:
    """Return a look-up table: the first value mapped, the entries, and bits of an entry.

    The descriptor's first number is 0 for 65,536 entries; its second is signed where the values
    that go in are (PS3.3 C.11.1.1.1). None where the table is broken.
    """
    described = numbers(item, "LUTDescriptor")
    data = value(item, "LUTData")
    if len(described) != 3 or data is None:
        return None
    count, first, bits = (int(one) for one in described)
    count = count or 65536
    if isinstance(data, bytes):
        kind = "<u1" if len(data) == count else "<u2"
        entries = np.frombuffer(data[: len(data) - len(data) % np.dtype(kind).itemsize], kind)
    else:
        entries = np.atleast_1d(np.asarray(data))
    if signed and first > 32767:
        first -= 65536
    if len(entries) < count or not 8 <= bits <= 16:
        return None
    return first, entries[:count].astype(np.float32), bits


class Modality:
    """From stored values to what was measured (PS3.3 C.11.1): a table, or slope and intercept."""

    def __init__(self, dataset: "Dataset", facts: Facts, frame: int, remarks: list[str]) -> None:
        self.slope, self.intercept = 1.0, 0.0
        self.table: tuple[int, NDArray[np.float32], int] | None = None
        self.signed = facts.signed
        tables = items(dataset, "ModalityLUTSequence")
        if tables:
            self.table = entries_of(tables[0], signed=facts.signed)
            if self.table is None:
                remarks.append("The modality look-up table is broken; values are as stored.")
            return
        holder = functional(dataset, frame, "PixelValueTransformationSequence")
        slope, intercept = number(holder, "RescaleSlope"), number(holder, "RescaleIntercept")
        if slope == 0:
            remarks.append("The rescale slope is zero; values are as stored.")
            return
        self.slope = 1.0 if slope is None else slope
        self.intercept = 0.0 if intercept is None else intercept
        if max(map(abs, self.span(facts))) > MOST_VALUE:
            remarks.append("The rescale slope or intercept cannot be; values are as stored.")
            self.slope, self.intercept = 1.0, 0.0

    def apply(self, stored: Array) -> Values:
        """Return float32 of the same shape."""
        if self.table is not None:
            first, entries, _ = self.table
            at = np.clip(stored.astype(np.int64) - first, 0, len(entries) - 1)
            return entries[at]
        values = stored.astype(np.float32)
        if self.slope != 1:
            values *= np.float32(self.slope)
        if self.intercept:
            values += np.float32(self.intercept)
        return values

    def span(self, facts: Facts) -> tuple[float, float]:
        """Return the least and the greatest value that the stored bits could come to."""
        if self.table is not None:
            return 0.0, float(2 ** self.table[2] - 1)
        half = 2 ** (facts.bits - 1)
        low, high = (-half, half - 1) if facts.signed else (0, 2 * half - 1)
        ends = sorted(self.slope * end + self.intercept for end in (low, high))
        return ends[0], ends[1]


def padding_of(dataset: "Dataset", stored: Array) -> NDArray[np.bool_] | None:
    """Return where pixels were only put in to fill the rectangle (PS3.3 C.7.5.1.1.2), or None.

    Pixel Padding Value names one stored value, with Pixel Padding Range Limit a range.
    """
    low = number(dataset, "PixelPaddingValue")
    if low is None or text(dataset, "PixelPaddingValue") == "":
        return None
    limit = number(dataset, "PixelPaddingRangeLimit")
    low, high = sorted((low, low if limit is None else limit))
    mask = stored == low if low == high else (stored >= low) & (stored <= high)
    return mask if mask.any() and not mask.all() else None


def windows_of(dataset: "Dataset", frame: int, remarks: list[str]) -> tuple[Window, ...]:
    """Return the windows a header offers; one whose width cannot be is left out."""
    holder = functional(dataset, frame, "FrameVOILUTSequence")
    centers, widths = numbers(holder, "WindowCenter"), numbers(holder, "WindowWidth")
    says = texts(holder, "WindowCenterWidthExplanation")
    function = text(holder, "VOILUTFunction").upper() or "LINEAR"
    if function not in FUNCTIONS:
        remarks.append(
            "The VOI LUT function is none that the standard knows; it is read as LINEAR."
        )
        function = "LINEAR"
    least = 1.0 if function == "LINEAR" else np.finfo(np.float32).tiny
    found = []
    for at, (center, width) in enumerate(zip(centers, widths, strict=False)):
        if width < least:
            remarks.append("A window has a width that cannot be; it is left out.")
            continue
        found.append(Window(center, width, function, says[at] if at < len(says) else ""))
    return tuple(found)


def tables_of(dataset: "Dataset", *, signed: bool, remarks: list[str]) -> tuple[Table, ...]:
    """Return the VOI look-up tables that a header offers; their entries are put into [0, 1]."""
    found = []
    for item in items(dataset, "VOILUTSequence"):
        read = entries_of(item, signed=signed)
        if read is None:
            remarks.append("A VOI look-up table is broken; it is left out.")
            continue
        first, entries, bits = read
        shown = np.clip(entries / np.float32(2**bits - 1), 0, 1).astype(np.float32)
        found.append(Table(first, shown, text(item, "LUTExplanation")))
    return tuple(found)


def through_palette(stored: Array, dataset: "Dataset") -> NDArray[np.uint8]:
    """Return the colours of a PALETTE COLOR image, uint8 (H, W, 3) (PS3.3 C.7.6.3.1.5, 6)."""
    if "SegmentedRedPaletteColorLookupTableData" in dataset:
        from pydicom.pixels.processing import apply_color_lut

        colours = np.asarray(apply_color_lut(stored, dataset))[..., :3]
        return (colours >> 8 if colours.dtype == np.uint16 else colours).astype(np.uint8)
    return np.stack([_channel(stored, dataset, one) for one in ("Red", "Green", "Blue")], axis=-1)


def _channel(stored: Array, dataset: "Dataset", colour: str) -> NDArray[np.uint8]:
    """Return one colour of each pixel; entries of 8 bits may stand in bytes or in words."""
    described = numbers(dataset, f"{colour}PaletteColorLookupTableDescriptor")
    data = value(dataset, f"{colour}PaletteColorLookupTableData")
    if len(described) != 3 or not isinstance(data, bytes):
        raise ValueError("the palette is broken")
    count, first, bits = (int(one) for one in described)
    count = count or 65536
    in_bytes = bits == 8 and len(data) < 2 * count
    entries = np.frombuffer(data, np.uint8 if in_bytes else "<u2", count)
    at = np.clip(stored.astype(np.int64) - first, 0, count - 1)
    return (entries[at] >> (bits - 8)).astype(np.uint8)


def within_bits(stored: Array, dataset: "Dataset", facts: Facts) -> Array:
    """Return stored values with only the stored bits, the highest one in its usual place.

    The bits beside them may hold anything, as an old file's overlay (PS3.5 8.1.1, 8.1.2).
    """
    allocated = 8 * stored.dtype.itemsize
    high = whole(dataset, "HighBit", facts.bits - 1)
    if stored.dtype.kind == "f" or facts.bits >= allocated or high >= allocated:
        return stored
    high = max(high, facts.bits - 1)
    half = 2 ** (facts.bits - 1)
    low, top = (-half, half - 1) if stored.dtype.kind == "i" else (0, 2 * half - 1)
    if high == facts.bits - 1 and stored.max() <= top and (not low or stored.min() >= low):
        return stored
    return (stored << (allocated - 1 - high)) >> (allocated - facts.bits)
