"""A chest radiograph of nobody: drawn, seeded, with faults on request.

It is for demonstrations and tests; nothing of it is from a patient. Places are shares of the
picture's side, from the top left; the patient's right is on the left, as a radiograph is hung.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Box = tuple[int, int, int, int]

DRAWN = 512
"""The side at which shapes are drawn; they are made larger, and only then get their noise."""

FAULTS = frozenset(
    {"rotated", "upside down", "mirrored", "inverted", "lateral", "clipped", "overexposed"}
)
SIDES = {"right": 0.27, "left": 0.74}
ZONES = {"upper": 0.30, "middle": 0.47, "lower": 0.66}


@dataclass(frozen=True)
class Opacity:
    """A finding: a patch of denser lung, in one lung and one zone of it."""

    side: str = "right"
    zone: str = "lower"
    radius: float = 0.085
    density: float = 0.30


@dataclass(frozen=True)
class ChestPhantom:
    """What is drawn; equal phantoms give equal pictures."""

    seed: int = 0
    size: int = 2048
    opacity: Opacity | None = None
    faults: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if unknown := self.faults - FAULTS:
            raise ValueError(f"no such fault: {sorted(unknown)}")

    def finding(self) -> Box | None:
        """Return where the opacity is: left, top, right, bottom in pixels, before any fault."""
        if self.opacity is None:
            return None
        x, y = SIDES[self.opacity.side], ZONES[self.opacity.zone]
        half = self.opacity.radius
        left, top, right, bottom = (
            round(place * self.size) for place in (x - half, y - half, x + half, y + half)
        )
        return left, top, right, bottom


def draw_chest(phantom: ChestPhantom) -> Picture:
    """Return float32 (size, size) in [0, 1], bone bright and air dark, but for its faults."""
    from PIL import Image as Pillow

    draw = np.random.default_rng(phantom.seed)
    small = _lateral(draw) if "lateral" in phantom.faults else _frontal(phantom, draw)
    side = (phantom.size, phantom.size)
    picture = np.asarray(Pillow.fromarray(small).resize(side, Pillow.Resampling.BICUBIC))
    picture = picture + draw.normal(0, 0.012, picture.shape).astype(np.float32)
    return _spoilt(np.clip(picture, 0, 1).astype(np.float32), phantom.faults)


def _spoilt(picture: Picture, faults: frozenset[str]) -> Picture:
    if "clipped" in faults:
        picture = _without_a_side(picture)
    if "overexposed" in faults:
        picture = np.clip((picture - 0.45) * 3, 0, 1)
    if "inverted" in faults:
        picture = 1 - picture
    if "mirrored" in faults:
        picture = picture[:, ::-1]
    if "upside down" in faults:
        picture = picture[::-1, ::-1]
    if "rotated" in faults:
        picture = np.rot90(picture)
    return np.ascontiguousarray(np.clip(picture, 0, 1), np.float32)


def _without_a_side(picture: Picture) -> Picture:
    """Return the picture with the lower left part of the chest beyond its edge."""
    from PIL import Image as Pillow

    size = picture.shape[0]
    kept = picture[: int(size * 0.66), int(size * 0.34) :]
    return np.asarray(Pillow.fromarray(kept).resize((size, size), Pillow.Resampling.BICUBIC))


def _places() -> tuple[Picture, Picture]:
    along = ((np.arange(DRAWN) + 0.5) / DRAWN).astype(np.float32)
    return along[None, :], along[:, None]


def _within(distance: Picture, soft: float = 0.06) -> Picture:
    """Return 1 where a normalised distance is under 1, 0 beyond, with a soft edge."""
    return np.asarray(1 / (1 + np.exp(np.clip((distance - 1) / soft, -30, 30))), np.float32)


def _ellipse(x: float, y: float, across: float, down: float, slant: float = 0.0) -> Picture:
    u, v = _places()
    dx, dy = u - np.float32(x) - np.float32(slant) * (v - np.float32(y)), v - np.float32(y)
    return np.asarray(np.sqrt((dx / across) ** 2 + (dy / down) ** 2), np.float32)


def _cloud(draw: np.random.Generator, grain: int) -> Picture:
    """Return smooth noise of mean 0 and deviation 1 or so."""
    from PIL import Image as Pillow

    coarse = draw.normal(0, 1, (grain, grain)).astype(np.float32)
    wide = Pillow.fromarray(coarse).resize((DRAWN, DRAWN), Pillow.Resampling.BICUBIC)
    return np.asarray(wide, np.float32)


def _frontal(phantom: ChestPhantom, draw: np.random.Generator) -> Picture:
    u, v = _places()
    wide = float(draw.uniform(0.95, 1.05))
    heart = float(draw.uniform(0.9, 1.1))
    chest = _within(_ellipse(0.5, 0.9, 0.50 * wide, 0.85), 0.03)
    body = np.maximum(chest, 0.85 * _within(_ellipse(0.5, 0.24, 0.52, 0.16), 0.08))
    picture = 0.02 + 0.47 * body
    picture += 0.22 * _within(_ellipse(0.5, 0.0, 0.11, 0.14)) * body
    right = _within(_ellipse(0.29, 0.48, 0.145 * wide, 0.37, -0.24), 0.05)
    left = _within(_ellipse(0.73, 0.47, 0.125 * wide, 0.37, 0.26), 0.05)
    dome_right = 0.735 + 1.3 * (u - 0.29) ** 2
    dome_left = 0.765 + 1.3 * (u - 0.74) ** 2
    right = right * _within(1 + (v - dome_right) * 4)
    left = left * _within(1 + (v - dome_left) * 4)
    lungs = np.maximum(right, left)
    picture -= (0.26 + 0.025 * _cloud(draw, 40)) * lungs
    picture += 0.23 * _within(np.abs(u - 0.5) / 0.075, 0.12) * body
    picture += 0.18 * _within(_ellipse(0.565, 0.63, 0.135 * heart, 0.15, 0.25)) * body
    picture += 0.07 * _within(np.abs(u - 0.5) / 0.035, 0.1) * (1 + 0.4 * np.sin(v * 90)) * body
    picture -= 0.09 * _within(np.abs(u - 0.495) / 0.018, 0.15) * _within(v / 0.33)
    beneath = np.where(u < 0.5, dome_right, dome_left)
    picture += 0.24 * _within(1 - (v - beneath) * 6, 0.05) * body
    picture += _bones(u, v) * body
    if phantom.opacity is not None:
        picture += _patch(phantom.opacity, draw) * np.maximum(lungs, 0.15)
    return np.asarray(np.clip(picture, 0.0, 1.0), np.float32)


def _bones(u: Picture, v: Picture) -> Picture:
    """Return nine pairs of ribs, falling to the sides, and two clavicles."""
    aside = np.abs(u - 0.5)
    bones = np.zeros((DRAWN, DRAWN), np.float32)
    for rib in range(9):
        line = 0.10 + 0.072 * rib + 0.9 * (aside - 0.12) ** 2 + 0.10 * aside
        bones += 0.055 * _within(np.abs(v - line) / 0.011, 0.3) * (aside < 0.40)
    clavicle = 0.175 - 0.16 * (aside - 0.06)
    bones += 0.10 * _within(np.abs(v - clavicle) / 0.014, 0.25) * (aside > 0.05) * (aside < 0.36)
    return bones


def _patch(opacity: Opacity, draw: np.random.Generator) -> Picture:
    x, y = SIDES[opacity.side], ZONES[opacity.zone]
    distance = _ellipse(x, y, opacity.radius, opacity.radius)
    rough = np.clip(1 + 0.25 * _cloud(draw, 60), 0.3, 1.7)
    return np.asarray(opacity.density * _within(distance, 0.18) * rough, np.float32)


def _lateral(draw: np.random.Generator) -> Picture:
    """Return a chest from its left side: the spine behind, the heart in front."""
    u, v = _places()
    body = _within(_ellipse(0.5, 0.62, 0.40, 0.66), 0.03)
    lung = _within(_ellipse(0.53, 0.45, 0.25, 0.35, 0.1), 0.05)
    lung = lung * _within(1 + (v - 0.70 - 0.25 * (u - 0.45)) * 4)
    picture = 0.02 + 0.52 * body - (0.24 + 0.03 * _cloud(draw, 40)) * lung
    picture += 0.22 * _within(_ellipse(0.36, 0.60, 0.13, 0.15, -0.2))
    behind = np.asarray(0.76 + 0.06 * np.sin(v * 4), np.float32)
    spine = _within(np.abs(u - behind) / 0.045, 0.1) * (1 + 0.3 * np.sin(v * 80))
    picture += np.asarray(0.20 * spine * body, np.float32)
    return np.asarray(np.clip(picture, 0.0, 1.0), np.float32)
