"""A place on an image: the evidence of a finding, and what is written back of it."""

from pydantic import Field

from wardround.kernel import Noun


class Region(Noun):
    """A rectangle of one frame, in pixels of the whole image; ``x``, ``y`` is its upper left.

    ``image`` counts the images of a study from 0; of a slide the pixels are its finest level's.
    """

    image: int = Field(default=0, ge=0)
    frame: int = Field(default=0, ge=0)
    x: int = Field(ge=0)
    y: int = Field(ge=0)
    width: int = Field(gt=0)
    height: int = Field(gt=0)

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The closed outline, corner by corner, column before row."""
        left, top = float(self.x), float(self.y)
        right, bottom = left + self.width, top + self.height
        return ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
