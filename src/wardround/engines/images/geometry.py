"""Directions of an image in the patient: x to the left, y back, z to the head.

PS3.3 C.7.6.2.1.1.
"""

import numpy as np

TOWARDS = (("R", "L"), ("A", "P"), ("F", "H"))
PLANES = ("sagittal", "coronal", "axial")
SLANT = 0.2
"""The share of a direction that is still told, so that a slanted image reads "LP"."""


def letters(cosines: tuple[float, ...]) -> tuple[str, str]:
    """Return where rows and columns point, as Patient Orientation would say it."""
    if not _are_directions(cosines):
        return "", ""
    return _letters(cosines[:3]), _letters(cosines[3:])


def _letters(direction: tuple[float, ...]) -> str:
    order = sorted(range(3), key=lambda axis: -abs(direction[axis]))
    told = [axis for axis in order if abs(direction[axis]) > SLANT]
    return "".join(TOWARDS[axis][direction[axis] > 0] for axis in told)


def plane_of(cosines: tuple[float, ...]) -> str:
    """Return the plane that an image is nearest to, or the empty text."""
    if not _are_directions(cosines):
        return ""
    return PLANES[int(np.argmax(np.abs(_normal(cosines))))]


def position_along(cosines: tuple[float, ...], place: tuple[float, ...]) -> float | None:
    """Return millimetres along the normal, by which slices are put in order."""
    if not _are_directions(cosines) or len(place) != 3:
        return None
    return float(np.dot(_normal(cosines), place))


def _normal(cosines: tuple[float, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.cross(np.asarray(cosines[:3], np.float64), np.asarray(cosines[3:], np.float64))


def _are_directions(cosines: tuple[float, ...]) -> bool:
    if len(cosines) != 6:
        return False
    row, column = np.asarray(cosines[:3]), np.asarray(cosines[3:])
    lengths = (np.linalg.norm(row), np.linalg.norm(column))
    return bool(np.allclose(lengths, 1, atol=0.05) and abs(row @ column) < 0.05)
