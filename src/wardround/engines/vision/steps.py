"""The steps of preprocessing as a manifest declares them; each is one key with its values."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from wardround.engines.vision.part import Part, Share

Pixels = Annotated[int, Field(ge=1, le=8192)]
Size = tuple[Pixels, Pixels]
Method = Literal["area", "linear", "sampled"]
"""``sampled`` takes the nearest four pixels and smooths nothing, as torch does by default."""


class Percentiles(Part):
    """A window from one percentile of the image's values to another."""

    percentiles: tuple[Annotated[float, Field(ge=0, le=100)], Annotated[float, Field(ge=0, le=100)]]


class Crop(Part):
    """Cut to the rows and columns that hold something above a level."""

    above: Share = 0.05
    margin: Annotated[int, Field(ge=0, le=1024)] = 0


class Square(Part):
    """Pad the shorter side, alike on both ends."""

    fill: float = 0.0


class Resize(Part):
    """Stretch to rows and columns."""

    size: Size
    method: Method = "area"


class Spacing(Part):
    """Resample to millimetres per row and column; an image that does not say its own is refused."""

    mm: tuple[Annotated[float, Field(gt=0, le=100)], Annotated[float, Field(gt=0, le=100)]]
    method: Method = "area"


class Fit(Part):
    """Cut or pad around the middle to rows and columns, without stretching."""

    size: Size
    fill: float = 0.0


class Normalise(Part):
    """Subtract a mean, divide by a deviation: one of each, or one for each channel.

    ``self`` takes both from the image itself.
    """

    mean: tuple[float, ...] | Literal["self"]
    deviation: tuple[Annotated[float, Field(gt=0)], ...] | Literal["self"]

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, said: Any) -> Any:
        if not isinstance(said, dict):
            return said
        return {
            key: (value,) if isinstance(value, int | float) else value
            for key, value in said.items()
        }

    @property
    def width(self) -> int:
        """Of how many channels it speaks; 1: of all alike; 0: of a number that cannot be."""
        widths = {len(one) for one in (self.mean, self.deviation) if one != "self"} - {1}
        return 1 if not widths else widths.pop() if len(widths) == 1 else 0


class Step(Part):
    """One step: exactly one of these keys."""

    window: Literal["file", "colour"] | tuple[float, float] | Percentiles | None = None
    """How values become 0 to 1: as the file says, between two values, between two percentiles, or
    as red, green and blue. A value outside is cut off."""
    invert: Literal[True] | None = None
    """Dark becomes bright: 1 less the value."""
    stretch: Literal[True] | None = None
    """The darkest becomes 0 and the brightest 1."""
    transpose: Literal[True] | None = None
    """Rows become columns, as MONAI's readers hand images over; sizes after it are so too."""
    crop: Crop | None = None
    square: Square | None = None
    middle: Literal[True] | None = None
    """Cut the longer side to a square, alike on both ends."""
    resize: Resize | None = None
    spacing: Spacing | None = None
    fit: Fit | None = None
    normalise: Normalise | None = None
    channels: Literal[3] | None = None
    """The one channel three times."""

    @model_validator(mode="before")
    @classmethod
    def _keyed(cls, said: Any) -> Any:
        """Take a word alone, such as ``- invert``, for what it says by default."""
        plain: dict[str, Any] = {"crop": {}, "square": {}}
        plain |= dict.fromkeys(("invert", "stretch", "transpose", "middle"), True)
        return {said: plain[said]} if isinstance(said, str) and said in plain else said

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("a step is one key with its values, such as: resize: {size: [64, 64]}")
        window = self.window
        if isinstance(window, Percentiles):
            window = window.percentiles
        if isinstance(window, tuple) and window[0] >= window[1]:
            raise ValueError("a window goes from a lower to a higher number")
        return self

    @property
    def kind(self) -> str:
        """The key."""
        return next(iter(self.model_fields_set))

    @property
    def changes_size(self) -> bool:
        """Whether the size after it may be another."""
        return self.kind in {
            "crop", "square", "middle", "resize", "spacing", "fit", "transpose",
        }  # fmt: skip

    @property
    def sized(self) -> tuple[int, ...]:
        """The size after it, where it is known beforehand."""
        said = self.resize or self.fit
        return said.size if said else ()
