"""What spoils where an image lies and what it shows: turned, flipped, cut, covered, repeated.

An image is float32 (height, width) in [0, 1]; what is planted keeps its size.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Planting = Callable[[Grey, np.random.Generator], Grey]


def clip(image: NDArray[np.floating]) -> Grey:
    """Return an image cut off at 0 and 1."""
    return np.asarray(np.clip(image, 0, 1), dtype=np.float32)


def turned(times: int) -> Planting:
    """Turn by quarters, against the clock."""

    def plant(image: Grey, _: np.random.Generator) -> Grey:
        return np.ascontiguousarray(_same(np.rot90(image, times), image.shape))

    return plant


def turned_askew(least: float, most: float, mode: str = "nearest") -> Planting:
    """Turn by degrees to either side; ``mode`` says what the corners show."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        from scipy import ndimage

        angle = chance.uniform(least, most) * chance.choice([-1, 1])
        return clip(ndimage.rotate(image, angle, reshape=False, order=1, mode=mode))

    return plant


def flipped(image: Grey, _: np.random.Generator) -> Grey:
    """Exchange left and right."""
    return np.ascontiguousarray(image[:, ::-1])


def flipped_askew(image: Grey, chance: np.random.Generator) -> Grey:
    """Exchange left and right, a little turned, moved and exposed otherwise."""
    from scipy import ndimage

    askew = ndimage.rotate(
        image[:, ::-1], chance.uniform(-8, 8), reshape=False, order=1, mode="nearest"
    )
    return clip(np.roll(askew, chance.integers(-1, 2), axis=1) ** chance.uniform(0.8, 1.25))


def upside_down(image: Grey, _: np.random.Generator) -> Grey:
    """Exchange above and below."""
    return np.ascontiguousarray(image[::-1])


def transposed(image: Grey, _: np.random.Generator) -> Grey:
    """Exchange rows and columns, as a reader does that takes one for the other."""
    return np.ascontiguousarray(_same(image.T, image.shape))


def window(image: Grey, top: float, left: float, height: float, width: float) -> Grey:
    """Return a part of the image, in shares of its sides, drawn to the size of the whole."""
    from scipy import ndimage

    rows, columns = image.shape
    high, wide = max(2, round(height * rows)), max(2, round(width * columns))
    first, begin = min(round(top * rows), rows - high), min(round(left * columns), columns - wide)
    part = image[first : first + high, begin : begin + wide]
    grown = ndimage.zoom(part, (rows / high, columns / wide), order=1, mode="nearest")
    return clip(grown[:rows, :columns])


def cropped(image: Grey, chance: np.random.Generator) -> Grey:
    """Keep the middle, or one half: what is left of a lung field that was cut away."""
    size = chance.uniform(0.38, 0.66)
    halves = [
        ((1 - size) / 2, (1 - size) / 2, size, size),
        (0.0, 0.0, 0.5, 1.0),
        (0.5, 0.0, 0.5, 1.0),
        (0.0, 0.0, 1.0, 0.5),
        (0.0, 0.5, 1.0, 0.5),
    ]
    return window(image, *halves[chance.integers(len(halves))])


def cropped_anywhere(image: Grey, chance: np.random.Generator) -> Grey:
    """Keep a part that lies anywhere and is narrower, lower or both."""
    high, wide = chance.uniform(0.35, 0.68, 2)
    if chance.random() < 0.3:
        high, wide = (high, 1.0) if chance.random() < 0.5 else (1.0, wide)
    return window(image, (1 - high) * chance.random(), (1 - wide) * chance.random(), high, wide)


def quarter(image: Grey, chance: np.random.Generator) -> Grey:
    """Keep a corner."""
    size = chance.uniform(0.45, 0.6)
    top, left = chance.choice([0.0, 1 - size], 2)
    return window(image, float(top), float(left), size, size)


def doubled(image: Grey, chance: np.random.Generator) -> Grey:
    """Mirror one half upon the other."""
    half = image.shape[1] // 2
    out = image.copy()
    if chance.random() < 0.5:
        out[:, -half:] = out[:, :half][:, ::-1]
    else:
        out[:, :half] = out[:, -half:][:, ::-1]
    return out


def repeated(image: Grey, chance: np.random.Generator) -> Grey:
    """Put one half in the place of the other, as it is, or mirror the upper upon the lower."""
    out = image.copy()
    half, middle = image.shape[1] // 2, image.shape[0] // 2
    which = chance.integers(3)
    if which == 0:
        out[:, -half:] = out[:, :half]
    elif which == 1:
        out[:, :half] = out[:, -half:]
    else:
        out[-middle:] = out[:middle][::-1]
    return out


def half_black(image: Grey, chance: np.random.Generator) -> Grey:
    """Blacken one half: a transfer that broke off, a shutter that was closed."""
    out = image.copy()
    half, middle = image.shape[1] // 2, image.shape[0] // 2
    parts = [out[:middle], out[middle:], out[:, :half], out[:, half:]]
    parts[chance.integers(4)][...] = 0
    return out


def covered(image: Grey, chance: np.random.Generator) -> Grey:
    """Cover a box of a half to two thirds of each side with one grey."""
    rows, columns = image.shape
    high, wide = (round(share * side) for share, side in zip(
        chance.uniform(0.5, 0.66, 2), image.shape, strict=True
    ))  # fmt: skip
    top, left = chance.integers(rows - high + 1), chance.integers(columns - wide + 1)
    out = image.copy()
    out[top : top + high, left : left + wide] = chance.random()
    return out


def tiled(image: Grey, chance: np.random.Generator) -> Grey:
    """Show the whole image four or nine times, as an overview does."""
    from scipy import ndimage

    times = int(chance.integers(2, 4))
    size = [-(-side // times) for side in image.shape]
    small = ndimage.zoom(
        ndimage.uniform_filter(image, times),
        [new / old for new, old in zip(size, image.shape, strict=True)],
        order=1,
    )
    return clip(np.tile(small, (times, times))[: image.shape[0], : image.shape[1]])


def shuffled(image: Grey, chance: np.random.Generator) -> Grey:
    """Exchange the sixteen parts of an image, as tiles that were put together wrongly."""
    rows, columns = (side // 4 for side in image.shape)
    out = image.copy()
    for place, other in enumerate(chance.permutation(16)):
        (down, over), (from_down, from_over) = divmod(place, 4), divmod(int(other), 4)
        out[down * rows : (down + 1) * rows, over * columns : (over + 1) * columns] = image[
            from_down * rows : (from_down + 1) * rows,
            from_over * columns : (from_over + 1) * columns,
        ]
    return out


def bent(image: Grey, chance: np.random.Generator) -> Grey:
    """Pull places to and fro by up to an eighth of the side."""
    from scipy import ndimage

    rows, columns = image.shape
    push = [
        ndimage.zoom(chance.normal(0, 0.08, (4, 4)), (rows / 4, columns / 4), order=3) * side
        for side in image.shape
    ]
    y, x = np.mgrid[0:rows, 0:columns]
    return clip(ndimage.map_coordinates(image, [y + push[0], x + push[1]], order=1, mode="nearest"))


def ghost(image: Grey, chance: np.random.Generator) -> Grey:
    """Expose twice, moved by a quarter of the width."""
    move = round(image.shape[1] * chance.uniform(0.2, 0.35)) * int(chance.choice([-1, 1]))
    return clip((image + np.roll(image, move, axis=1)) / 2)


def drawn(draw: Callable[[np.random.Generator, int], Grey]) -> Planting:
    """Show another picture."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        return draw(chance, image.shape[0])

    return plant


def _same(image: Grey, shape: tuple[int, ...]) -> Grey:
    """Return an image that was turned, drawn to the size it had."""
    from scipy import ndimage

    if image.shape == shape:
        return image
    by = [new / old for new, old in zip(shape, image.shape, strict=True)]
    return clip(ndimage.zoom(image, by, order=1, mode="nearest"))
