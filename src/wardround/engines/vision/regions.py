"""Boxes and masks of a network, decoded as declared and put back onto the original image."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.manifest import Manifest
from wardround.engines.vision.meaning import Numbers, probabilities
from wardround.engines.vision.outputs import Code, Output
from wardround.engines.vision.preparing import Prepared

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Region:
    """Something found, in pixels of the original image; places are on the edges of pixels."""

    code: Code
    probability: float | None
    """Calibrated; of a mask the mean over the region; None where the model only says which."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    contour: tuple[tuple[float, float], ...]
    """The outer edge as x, y; of a box its corners."""
    area: float
    """In pixels; holes of a mask do not count."""
    area_mm2: float | None
    """None where the image does not say how large its pixels are."""


def found_regions(
    manifest: Manifest, outputs: Arrays, at: int, prepared: Prepared
) -> tuple[Region, ...]:
    """Return what a model of boxes or masks found in the image at a place of a batch."""
    kinds = {one.kind: one for one in manifest.outputs}
    found: list[Region] = []
    if "boxes" in kinds and "scores" in kinds:
        boxes, scores = kinds["boxes"], kinds["scores"]
        labels = outputs[kinds["labels"].name][at] if "labels" in kinds else None
        pair = outputs[boxes.name][at], outputs[scores.name][at]
        found += _boxed(boxes, scores, pair, labels, prepared)
    if "mask" in kinds:
        mask = kinds["mask"]
        found += _masked(mask, outputs[mask.name][at], prepared)
    return tuple(found)


def kept_apart(boxes: Numbers, scores: Numbers, overlap: float) -> NDArray[np.intp]:
    """Return which boxes stay, the surest first: none overlaps a surer one by more (IoU)."""
    order = np.argsort(-scores, kind="stable")
    kept = []
    while len(order):
        first, rest = order[0], order[1:]
        kept.append(first)
        order = rest[_overlaps(boxes[first], boxes[rest]) <= overlap]
    return np.array(kept, dtype=np.intp)


def _overlaps(one: Numbers, others: Numbers) -> Numbers:
    """Return intersection over union of a box with others."""
    width = np.minimum(one[2], others[:, 2]) - np.maximum(one[0], others[:, 0])
    height = np.minimum(one[3], others[:, 3]) - np.maximum(one[1], others[:, 1])
    shared = np.maximum(width, 0) * np.maximum(height, 0)
    both = _areas(one[None]) + _areas(others) - shared
    return np.asarray(shared / np.maximum(both, 1e-12))


def _areas(boxes: Numbers) -> Numbers:
    return np.asarray((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))


def _boxed(
    boxes: Output,
    scores: Output,
    pair: tuple[NDArray[Any], NDArray[Any]],
    labels: NDArray[Any] | None,
    prepared: Prepared,
) -> Iterator[Region]:
    corners = prepared.geometry.boxes(_corners(boxes, pair[0], prepared.geometry.size))
    whole = (corners[:, 2:] > corners[:, :2]).all(axis=1)
    chances = _chances(scores, pair[1], labels)
    for at, code in enumerate(scores.codes):
        least = code.threshold if code.threshold is not None else scores.threshold or 0.0
        chosen = np.flatnonzero(whole & (chances[:, at] >= max(least, 1e-9)))
        kept = kept_apart(corners[chosen], chances[chosen, at], boxes.overlap)[: boxes.most]
        for one in chosen[kept]:
            left, top, right, bottom = (float(edge) for edge in corners[one])
            area = (right - left) * (bottom - top)
            yield Region(
                code=code,
                probability=float(chances[one, at]),
                box=(left, top, right, bottom),
                contour=((left, top), (right, top), (right, bottom), (left, bottom)),
                area=area,
                area_mm2=_mm2(area, prepared),
            )


def _corners(declared: Output, raw: NDArray[Any], size: tuple[int, int]) -> Numbers:
    values = np.asarray(raw, dtype=np.float64)
    if declared.unit == "fraction":
        values = values * np.array([size[1], size[0], size[1], size[0]])
    if declared.format == "xywh":
        values = np.concatenate([values[:, :2], values[:, :2] + values[:, 2:]], axis=1)
    elif declared.format == "cxcywh":
        half = values[:, 2:] / 2
        values = np.concatenate([values[:, :2] - half, values[:, :2] + half], axis=1)
    return values


def _chances(scores: Output, raw: NDArray[Any], labels: NDArray[Any] | None) -> Numbers:
    """Return (boxes, codes): where labels say which code a box is, 0 for the others."""
    if raw.ndim == 2:
        return probabilities(scores, raw)
    columns = [at for at in range(scores.columns) if at != scores.background]
    every = probabilities(scores, np.repeat(raw[:, None], scores.columns, axis=1))
    if labels is None:
        if len(scores.codes) > 1:
            raise ModelFault("One score a box, several codes, and no labels.", where=scores.name)
        return every
    which = np.asarray(labels).reshape(-1)
    if len(which) != len(raw):
        raise ModelFault("There are not as many labels as boxes.", where=scores.name)
    return np.where(which[:, None] == np.array(columns)[None], every, 0.0)


def _masked(mask: Output, raw: NDArray[Any], prepared: Prepared) -> Iterator[Region]:
    from scipy import ndimage

    values = raw[0] if mask.activation == "argmax" and raw.ndim == 3 else raw
    for code, chosen, chances in _layers(mask, values):
        parts, count = ndimage.label(chosen, structure=np.ones((3, 3)))
        shape = (chosen.shape[0], chosen.shape[1])
        by = (prepared.geometry.size[0] / shape[0], prepared.geometry.size[1] / shape[1])
        sizes = np.bincount(parts.ravel(), minlength=count + 1)[1:] * by[0] * by[1]
        order = [one for one in np.argsort(-sizes, kind="stable") if sizes[one] >= mask.least_area]
        boxes = ndimage.find_objects(parts)
        for one in order[: mask.most]:
            rows, columns = boxes[one]
            inside = parts[rows, columns] == one + 1
            chance = None if chances is None else float(chances[rows, columns][inside].mean())
            edge = _edge(inside, (rows.start, columns.start), by, prepared)
            area = float(sizes[one]) * prepared.geometry.area
            if np.ptp(edge[:, 0]) > 0 and np.ptp(edge[:, 1]) > 0:  # not in what was padded
                yield Region(
                    code=code,
                    probability=chance,
                    box=(
                        float(edge[:, 0].min()),
                        float(edge[:, 1].min()),
                        float(edge[:, 0].max()),
                        float(edge[:, 1].max()),
                    ),
                    contour=tuple((float(x), float(y)) for x, y in edge),
                    area=area,
                    area_mm2=_mm2(area, prepared),
                )


def _layers(
    mask: Output, raw: NDArray[Any]
) -> Iterator[tuple[Code, NDArray[np.bool_], Numbers | None]]:
    """Yield each code with where it is, and how surely."""
    columns = [at for at in range(mask.columns) if at != mask.background]
    if mask.activation == "argmax":
        for column, code in zip(columns, mask.codes, strict=True):
            yield code, raw == column, None
        return
    planes = raw if raw.ndim == 3 else raw[None]
    chances = probabilities(mask, np.moveaxis(planes, 0, -1))
    wins = planes.argmax(axis=0) if mask.activation == "softmax" else None
    for at, (column, code) in enumerate(zip(columns, mask.codes, strict=True)):
        chance = chances[..., at]
        least = code.threshold if code.threshold is not None else mask.threshold or 0.0
        chosen = chance >= least
        yield code, chosen if wins is None else chosen & (wins == column), chance


def _edge(
    inside: NDArray[np.bool_], start: tuple[int, int], by: tuple[float, float], prepared: Prepared
) -> Numbers:
    """Return the outer edge of a part of a mask, (n, 2) as x, y of the original."""
    from skimage.measure import find_contours

    lines = find_contours(np.pad(inside, 1).astype(np.float64), 0.5)
    outer = max(lines, key=lambda line: np.ptp(line[:, 0]) + np.ptp(line[:, 1]))
    places = (outer - 0.5 + np.array(start)) * np.array(by)
    back = prepared.geometry.points(places[:, ::-1])
    rows, columns = prepared.geometry.original
    return np.clip(back, 0, np.array([columns, rows]))


def _mm2(area: float, prepared: Prepared) -> float | None:
    spacing = prepared.spacing
    if spacing is None or not all(np.isfinite(one) and one > 0 for one in spacing):
        return None
    return area * spacing[0] * spacing[1]
