"""Pictures that are no chest X-ray, drawn: other body parts, photographs, test charts.

No set of other X-rays is at hand, so the gates learn from outlines: bright shafts and joints on a
dark ground, a skull's ring, an abdomen's oval. What is measured on them says what such outlines do;
docs/evaluation.md says so.
"""

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]


def body_part(chance: np.random.Generator, size: int) -> Grey:
    """Return a phantom of a limb, a hand, a skull or an abdomen, (size, size) in [0, 1]."""
    drawn = (_limb, _hand, _skull, _abdomen)[chance.integers(4)](chance, size)
    ground = chance.uniform(0.0, 0.15)
    bright = chance.uniform(0.7, 1.0)
    noisy = ground + (bright - ground) * drawn + chance.normal(0, 0.02, drawn.shape)
    return np.asarray(np.clip(noisy, 0, 1), dtype=np.float32)


def picture(chance: np.random.Generator, size: int) -> Grey:
    """Return a picture in colours, (size, size, 3): patches over a ground whose hue changes."""
    ground = np.stack([_cloud(chance, size, 1.5) for _ in range(3)], axis=2)
    for _ in range(int(chance.integers(1, 6))):
        inside = _ellipse(size, *chance.uniform(0.1, 0.9, 2), *chance.uniform(0.1, 0.4, 2))
        hue = chance.random(3)
        ground = np.where(inside[..., None] > 0, 0.3 * ground + 0.7 * hue, ground)
    return np.asarray(np.clip(ground, 0, 1), dtype=np.float32)


def grey_picture(chance: np.random.Generator, size: int) -> Grey:
    """Return a picture without its colours, (size, size)."""
    return np.asarray(picture(chance, size).mean(axis=2), dtype=np.float32)


def test_chart(chance: np.random.Generator, size: int) -> Grey:
    """Return bars, rings or a ramp, as on a test chart, (size, size)."""
    y, x = _grid(size)
    which = chance.integers(3)
    if which == 0:
        drawn = np.sin((x + chance.random()) * 2 * np.pi * chance.integers(2, 6)) > 0
    elif which == 1:
        around = np.hypot(x - 0.5, y - 0.5)
        drawn = np.sin(around * 2 * np.pi * chance.integers(3, 7)) > 0
    else:
        drawn = x * chance.uniform(0.5, 1) + 0.2 * (y > 0.5)
    return np.asarray(np.clip(0.1 + 0.8 * np.asarray(drawn, dtype=np.float32), 0, 1))


def _grid(size: int) -> NDArray[np.float64]:
    return np.asarray((np.mgrid[0:size, 0:size] + 0.5) / size)


def _ellipse(size: int, down: float, over: float, high: float, wide: float) -> Grey:
    y, x = _grid(size)
    inside = ((y - down) / high) ** 2 + ((x - over) / wide) ** 2 < 1
    return np.asarray(inside, dtype=np.float32)


def _cloud(chance: np.random.Generator, size: int, slope: float) -> NDArray[np.float64]:
    """Return noise whose power falls with frequency, as in photographs, in [0, 1]."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size)))
    frequency[0, 0] = 1 / size
    wave = np.fft.fft2(chance.normal(size=(size, size))) / frequency**slope
    cloud = np.real(np.fft.ifft2(wave))
    return np.asarray((cloud - cloud.min()) / (np.ptp(cloud) + 1e-9))


def _bar(size: int, start: NDArray[np.float64], end: NDArray[np.float64], wide: float) -> Grey:
    """Return a bar with round ends from ``start`` to ``end`` (x, y), brighter at its rim."""
    y, x = _grid(size)
    along = end - start
    share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / (along @ along)
    share = np.clip(share, 0, 1)
    away = np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1])
    return np.where(away < wide, 0.55 + 0.45 * (away / wide) ** 2, 0).astype(np.float32)


def _limb(chance: np.random.Generator, size: int) -> Grey:
    lean = chance.uniform(-0.3, 0.3)
    middle = chance.uniform(0.35, 0.65)
    top, bottom = np.array([middle - lean, -0.1]), np.array([middle + lean, 1.1])
    flesh = 0.35 * (_bar(size, top, bottom, chance.uniform(0.18, 0.3)) > 0)
    bone = _bar(size, top, bottom, chance.uniform(0.06, 0.12))
    out = np.maximum(flesh, bone)
    if chance.random() < 0.6:
        joint = (top + bottom) / 2 + [0, chance.uniform(-0.2, 0.2)]
        out = np.maximum(out, 0.9 * _ellipse(size, joint[1], joint[0], 0.12, 0.17))
    if chance.random() < 0.5:
        start, end = top + np.array([0.17, 0]), bottom + np.array([0.15, 0])
        out = np.maximum(out, 0.8 * _bar(size, start, end, 0.05))
    return np.asarray(out if chance.random() < 0.5 else out.T)


def _hand(chance: np.random.Generator, size: int) -> Grey:
    palm = np.array([chance.uniform(0.42, 0.58), chance.uniform(0.6, 0.75)])
    out = 0.5 * _ellipse(size, palm[1], palm[0], 0.2, 0.18)
    for angle in np.linspace(-1.2, 0.6, 5) + chance.normal(0, 0.1, 5):
        tip = palm + chance.uniform(0.45, 0.6) * np.array([np.sin(angle), -np.cos(angle)])
        out = np.maximum(out, _bar(size, palm, tip, chance.uniform(0.035, 0.055)))
    return np.asarray(np.maximum(out, _bar(size, palm, np.array([palm[0], 1.1]), 0.1)))


def _skull(chance: np.random.Generator, size: int) -> Grey:
    down, over = chance.uniform(0.4, 0.55, 2)
    high, wide = chance.uniform(0.33, 0.45), chance.uniform(0.28, 0.42)
    outside = _ellipse(size, down, over, high, wide)
    inside = _ellipse(size, down, over, high * 0.85, wide * 0.85)
    out = 0.95 * outside - chance.uniform(0.3, 0.5) * inside
    for side in (-1, 1):
        out -= 0.25 * _ellipse(size, down + 0.12, over + side * 0.13, 0.07, 0.08) * inside
    return np.clip(out, 0, 1)


def _abdomen(chance: np.random.Generator, size: int) -> Grey:
    out = 0.55 * _ellipse(size, 0.5, 0.5, chance.uniform(0.5, 0.7), chance.uniform(0.38, 0.48))
    out = np.maximum(out, 0.95 * _bar(size, np.array([0.5, -0.1]), np.array([0.5, 0.75]), 0.06))
    for _ in range(int(chance.integers(2, 7))):
        gas = _ellipse(size, *chance.uniform(0.25, 0.8, 2), *chance.uniform(0.04, 0.1, 2))
        out = np.where(gas > 0, 0.25, out).astype(np.float32)
    for side in (-1, 1):
        out = np.maximum(out, 0.8 * _ellipse(size, 0.88, 0.5 + side * 0.22, 0.16, 0.15))
    return out.astype(np.float32)
