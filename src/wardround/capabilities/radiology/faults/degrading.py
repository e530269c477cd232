"""What spoils how sharp, clean and well exposed an image is.

An image is float32 (height, width) in [0, 1]. Lengths are shares of the width, so that a fault is
the same at every size; 1/28 is a pixel of 28.
"""

import numpy as np

from wardround.capabilities.radiology.faults.planting import Grey, Planting, clip


def noise(low: float, high: float) -> Planting:
    """Add normal noise of this deviation."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        return clip(image + chance.normal(0, chance.uniform(low, high), image.shape))

    return plant


def only_noise(image: Grey, chance: np.random.Generator) -> Grey:
    """Show noise alone."""
    return chance.random(image.shape, dtype=np.float32)


def speckle(image: Grey, chance: np.random.Generator) -> Grey:
    """Multiply by noise."""
    return clip(image * chance.gamma(2.0, 0.5, image.shape))


def pepper(image: Grey, chance: np.random.Generator) -> Grey:
    """Blacken some pixels, and whiten as many."""
    struck = chance.random(image.shape)
    return np.where(struck < 0.15, 0, np.where(struck > 0.85, 1, image)).astype(np.float32)


def stripes(image: Grey, chance: np.random.Generator) -> Grey:
    """Add noise that is the same along each row."""
    return clip(image + chance.normal(0, 0.3, (image.shape[0], 1)))


def inverted(image: Grey, _: np.random.Generator) -> Grey:
    """Exchange black and white."""
    return 1 - image


def inverted_and_bent(image: Grey, chance: np.random.Generator) -> Grey:
    """Exchange black and white, exposed otherwise."""
    return clip((1 - image) ** chance.uniform(0.6, 1.7))


def blurred(low: float, high: float) -> Planting:
    """Blur by a Gaussian of this deviation."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        from scipy import ndimage

        return clip(ndimage.gaussian_filter(image, chance.uniform(low, high) * image.shape[1]))

    return plant


def moved(low: float, high: float) -> Planting:
    """Blur along a straight way of this length, in any direction."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        from scipy import ndimage

        length = chance.uniform(low, high) * image.shape[1]
        angle = chance.uniform(0, np.pi)
        steps = np.linspace(-length / 2, length / 2, max(3, int(np.ceil(length)) + 1))
        shown = [
            ndimage.shift(image, (step * np.sin(angle), step * np.cos(angle)), order=1,
                          mode="nearest")
            for step in steps
        ]  # fmt: skip
        return clip(np.mean(shown, axis=0))

    return plant


def moved_straight(image: Grey, chance: np.random.Generator) -> Grey:
    """Blur along rows or columns."""
    from scipy import ndimage

    length = max(3, round(chance.uniform(0.22, 0.32) * image.shape[0]))
    return clip(ndimage.uniform_filter1d(image, length, axis=int(chance.integers(2))))


def coarse(low: int, high: int) -> Planting:
    """Leave so many pixels across, each shown as a block."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        rows, columns = image.shape
        across = int(chance.integers(low, high + 1))
        down = np.minimum(np.arange(rows) * across // rows, across - 1)
        over = np.minimum(np.arange(columns) * across // columns, across - 1)
        place = (down[:, None] * across + over[None, :]).ravel()
        count = np.bincount(place, minlength=across**2)
        mean = np.bincount(place, image.ravel(), across**2) / np.maximum(count, 1)
        return clip(mean[place].reshape(image.shape))

    return plant


def enlarged(image: Grey, chance: np.random.Generator) -> Grey:
    """Leave five to eight pixels across, shown smoothly: a thumbnail that was enlarged."""
    from scipy import ndimage

    across = int(chance.integers(5, 9))
    small = coarse(across, across)(image, chance)
    places = ((np.arange(across) + 0.5) * image.shape[0] / across).astype(int)
    few = small[np.ix_(places, (places * image.shape[1] // image.shape[0]))]
    by = [side / across for side in image.shape]
    return clip(ndimage.zoom(few, by, order=3, mode="nearest", grid_mode=True))


def out_of_focus(image: Grey, chance: np.random.Generator) -> Grey:
    """Blur by a disc of two to three and a half pixels of 28 around each place."""
    from scipy import ndimage

    radius = chance.uniform(2.2, 3.6) / 28 * image.shape[1]
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = (np.hypot(y, x) <= radius).astype(np.float32)
    return clip(ndimage.convolve(image, disc / disc.sum(), mode="nearest"))


def ringing(image: Grey, _: np.random.Generator) -> Grey:
    """Sharpen until edges swing to the other side (an unsharp mask five times over)."""
    from scipy import ndimage

    return clip(image + 5 * (image - ndimage.gaussian_filter(image, image.shape[1] / 28)))


def jpeg(image: Grey, chance: np.random.Generator) -> Grey:
    """Compress as JPEG at quality 5."""
    from io import BytesIO

    from PIL import Image as Picture

    del chance
    file = BytesIO()
    Picture.fromarray(np.round(image * 255).astype(np.uint8)).save(file, "JPEG", quality=5)
    with Picture.open(file) as read:
        return clip(np.asarray(read, dtype=np.float32) / 255)


def posterised(image: Grey, chance: np.random.Generator) -> Grey:
    """Leave three or four greys."""
    last = int(chance.integers(2, 4))
    return clip(np.round(image * last) / last)


def powered(image: Grey, chance: np.random.Generator) -> Grey:
    """Expose by a gamma of a fifth or of five."""
    return clip(image ** chance.choice([0.2, 5.0]))


def faded(image: Grey, chance: np.random.Generator) -> Grey:
    """Leave a twelfth of the contrast around a grey."""
    return clip(chance.uniform(0.2, 0.8) + (image - image.mean()) / 12)


def narrowed(image: Grey, chance: np.random.Generator) -> Grey:
    """Show a tenth of the greys, the rest black and white: a window set wrongly."""
    low, high = np.quantile(image, chance.choice([0.1, 0.5, 0.9]) + np.array([-0.05, 0.05]))
    return clip((image - low) / max(float(high - low), 1e-3))


def interlaced(image: Grey, chance: np.random.Generator) -> Grey:
    """Move every second row sideways by an eighth of the width."""
    out = image.copy()
    out[::2] = np.roll(out[::2], max(1, image.shape[1] // 8) * int(chance.choice([-1, 1])), axis=1)
    return out
