"""An image is prepared as declared, and every place finds its way back."""

from typing import Any

import numpy as np
import pytest

from tests.engines.vision.made import Facts, Image
from wardround.engines.vision import Input, prepare
from wardround.kernel import InvalidInput, TooLarge


def declared(*steps: Any, size: tuple[int, int] = (64, 64), **more: Any) -> Input:
    return Input.model_validate({"modality": ["DX"], "size": size, "steps": steps, **more})


SQUARE = ({"window": "file"}, "square", {"resize": {"size": [64, 64]}})
MIDDLE = ({"window": "file"}, "middle", {"resize": {"size": [64, 64]}})
CROPPED = (
    {"window": [0, 200]},
    {"crop": {"above": 0.1, "margin": 4}},
    "square",
    {"resize": {"size": [64, 64], "method": "linear"}},
)
TURNED = (
    {"window": "file"},
    "transpose",
    {"spacing": {"mm": [2.0, 3.0]}},
    "square",
    {"resize": {"size": [64, 64]}},
)
SPACED = ({"window": "file"}, {"spacing": {"mm": [4.0, 4.0]}}, {"fit": {"size": [64, 64]}})


def marked(shape: tuple[int, int], box: tuple[int, int, int, int]) -> np.ndarray:
    values = np.zeros(shape)
    x0, y0, x1, y1 = box
    values[y0:y1, x0:x1] = 200
    return values


@pytest.mark.requirement("VIS-05")
@pytest.mark.parametrize(
    "steps",
    [SQUARE, MIDDLE, CROPPED, SPACED, TURNED],
    ids=["square", "middle", "cropped", "spaced", "turned"],
)
@pytest.mark.parametrize("box", [(40, 60, 90, 100), (15, 0, 60, 40), (90, 90, 135, 120)])
def test_a_known_box_is_found_again_in_the_original(
    steps: tuple[Any, ...], box: tuple[int, int, int, int]
) -> None:
    """What the network sees as bright lies, on the way back, where it was put."""
    values = marked((120, 150), box)
    ready = prepare(Image(values, Facts(spacing=(2.0, 1.5))), declared(*steps))
    rows, columns = np.nonzero(ready.values[0] > 0.5)
    seen = [[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]]
    back = ready.geometry.boxes(np.array(seen))[0]
    pixel = max(1 / one for one in ready.geometry.scale)
    assert back == pytest.approx(np.array(box, dtype=float), abs=pixel)


@pytest.mark.requirement("VIS-05")
def test_there_and_back_is_the_same_place() -> None:
    image = Image(marked((311, 97), (10, 20, 60, 200)), Facts(spacing=(0.7, 0.9)))
    every = (
        {"window": {"percentiles": [0, 100]}},
        {"crop": {"above": 0.2, "margin": 2}},
        {"spacing": {"mm": [0.5, 1.1]}},
        "transpose",
        {"square": {"fill": 0.5}},
        {"resize": {"size": [50, 40]}},
        {"fit": {"size": [64, 64]}},
    )
    geometry = prepare(image, declared(*every)).geometry
    points = np.random.default_rng(0).uniform(0, 97, (50, 2))
    assert geometry.points(geometry.prepared(points)) == pytest.approx(points, abs=1e-9)
    assert geometry.original == (311, 97)
    assert geometry.size == (64, 64)


@pytest.mark.requirement("VIS-01")
def test_values_come_through_the_steps_as_declared() -> None:
    values = np.array([[0.0, 50, 100, 300]]).repeat(4, axis=0)
    ready = prepare(
        Image(values),
        declared(
            {"window": [0, 100]},
            "invert",
            {"resize": {"size": [4, 4]}},
            {"channels": 3},
            {"normalise": {"mean": [0.5, 0.0, 0.25], "deviation": 0.5}},
            size=(4, 4),
            channels=3,
        ),
    ).values
    assert ready.shape == (3, 4, 4)
    assert ready[0, 0].tolist() == [1.0, 0.0, -1.0, -1.0]
    assert ready[1, 0].tolist() == [2.0, 1.0, 0.0, 0.0]
    assert ready[2, 0].tolist() == [1.5, 0.5, -0.5, -0.5]


def test_a_percentile_window_passes_over_a_single_bright_mark() -> None:
    values = np.random.default_rng(1).uniform(0, 10, (64, 64))
    values[0, 0] = 10_000
    steps = ({"window": {"percentiles": [1, 99]}}, {"resize": {"size": [64, 64]}})
    ready = prepare(Image(values), declared(*steps)).values
    assert ready.mean() == pytest.approx(0.5, abs=0.05)


def test_an_image_normalised_by_itself() -> None:
    steps = (*SQUARE, {"normalise": {"mean": "self", "deviation": "self"}})
    ready = prepare(Image(np.random.default_rng(2).random((90, 80))), declared(*steps)).values
    assert (ready.mean(), ready.std()) == pytest.approx((0, 1), abs=1e-4)
    flat = prepare(Image(np.zeros((9, 9))), declared(*steps)).values
    assert np.isfinite(flat).all()


def test_colour_is_kept_where_it_is_asked_for_and_grey_where_not() -> None:
    values = np.zeros((64, 64, 3), np.uint8)
    values[..., 0] = 255
    colour = declared({"window": "colour"}, {"resize": {"size": [64, 64]}}, channels=3)
    assert prepare(Image(values), colour).values[:, 0, 0].tolist() == [1.0, 0.0, 0.0]
    assert prepare(Image(values), declared(*SQUARE)).values.shape == (1, 64, 64)
    with pytest.raises(InvalidInput, match="no colour"):
        prepare(Image(np.zeros((64, 64))), colour)


@pytest.mark.parametrize("spacing", [None, (0.0, 1.0), (float("nan"), 1.0), (-1.0, 1.0)])
def test_a_model_that_goes_by_millimetres_refuses_an_image_without(spacing: Any) -> None:
    with pytest.raises(InvalidInput, match=r"spacing|large"):
        prepare(Image(np.ones((64, 64)), Facts(spacing=spacing)), declared(*SPACED))


def test_a_spacing_that_cannot_be_meant_does_not_fill_the_memory() -> None:
    image = Image(np.ones((64, 64)), Facts(spacing=(1e6, 1e6)))
    with pytest.raises(TooLarge, match="pixels"):
        prepare(image, declared(*SPACED))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_an_image_with_values_that_are_no_numbers_is_refused(value: float) -> None:
    values = np.ones((64, 64))
    values[3, 3] = value
    with pytest.raises(InvalidInput, match="no numbers"):
        prepare(Image(values), declared(*SQUARE))


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (2000, 2)])
def test_the_smallest_images_are_prepared(shape: tuple[int, int]) -> None:
    for steps in (SQUARE, CROPPED):
        assert prepare(Image(np.ones(shape)), declared(*steps)).values.shape == (1, 64, 64)


def test_an_image_without_pixels_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no pixels"):
        prepare(Image(np.ones((0, 5))), declared({"window": [0, 1]}, *SQUARE[1:]))


def test_transposing_turns_the_image_and_its_sizes() -> None:
    values = np.arange(12.0).reshape(3, 4)
    steps = ({"window": "file"}, {"resize": {"size": [3, 4]}}, "transpose")
    ready = prepare(Image(values), declared(*steps, size=(4, 3)))
    assert ready.values[0] == pytest.approx(values.T / 11)
    assert ready.geometry.points(np.array([[1.0, 4.0]])).tolist() == [[4.0, 1.0]]


def test_spacing_after_transposing_is_that_of_the_axes_as_they_are_then() -> None:
    image = Image(np.ones((20, 30)), Facts(spacing=(2.0, 1.0)))
    steps = ({"window": "file"}, "transpose", {"spacing": {"mm": [1.0, 1.0]}})
    ready = prepare(image, declared(*steps, {"fit": {"size": [30, 40]}}, size=(30, 40)))
    assert ready.geometry.scale == (1.0, 2.0)
    assert ready.geometry.shift == (0.0, 0.0)


@pytest.mark.requirement("VIS-05")
@pytest.mark.parametrize("shape", [(120, 150), (150, 120), (121, 90), (100, 100)])
def test_the_middle_is_cut_alike_on_both_ends(shape: tuple[int, int]) -> None:
    values = np.random.default_rng(0).random(shape) * 200
    side = min(shape)
    ready = prepare(
        Image(values, Facts()),
        declared({"window": [0, 200]}, "middle", {"resize": {"size": [64, 64]}}),
    )
    top, left = (shape[0] - side + 1) // 2, (shape[1] - side + 1) // 2
    cut = prepare(
        Image(values[top : top + side, left : left + side], Facts()),
        declared({"window": [0, 200]}, {"resize": {"size": [64, 64]}}),
    )
    assert np.array_equal(ready.values, cut.values)
