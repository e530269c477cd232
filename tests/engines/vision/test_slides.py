"""A slide is cut, its tiles embedded and weighed, by models that the tests make."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import helper

from tests.engines.vision.made import CODES, Facts, Image, folder, network, tensor
from wardround.engines.vision import ModelFault, Tiles, cut, load_model, load_slide_model
from wardround.kernel import InvalidInput


def embedder() -> bytes:
    """The mean of each colour."""
    return network(
        [
            helper.make_node("GlobalAveragePool", ["tile"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["embedding"]),
        ],
        {"tile": ["n", 3, 16, 16]},
        {"embedding": ["n", 3]},
    )


def aggregator(*, raw: bool = False, batched: bool = True, fixed: int | None = None) -> bytes:
    """Attention to red (Ilse 2018): a softmax over tiles, and the weighted sum of embeddings."""
    bag: list[Any] = [1, fixed or "tiles", 3] if batched else [fixed or "tiles", 3]
    axis = 1 if batched else 0
    nodes = [
        helper.make_node("MatMul", ["bag", "look"], ["looked"]),
        helper.make_node("Softmax", ["looked"], ["attention"], axis=axis),
        helper.make_node("Mul", ["bag", "attention"], ["weighed"]),
        helper.make_node("ReduceSum", ["weighed", "axis"], ["summed"], keepdims=0),
        helper.make_node("MatMul", ["summed", "weigh"], ["score"]),
    ]
    at = helper.make_tensor("axis", 7, [1], [axis])
    return network(
        nodes,
        {"bag": bag},
        {"score": None, ("looked" if raw else "attention"): None},
        [tensor("look", [[8.0], [0.0], [0.0]]), tensor("weigh", [[4.0], [-4.0], [0.0]]), at],
    )


TILED = {
    "task": "slide",
    "input": {
        "modality": ["SM"],
        "channels": 3,
        "size": [16, 16],
        "steps": [{"window": "colour"}, {"resize": {"size": [16, 16]}}],
    },
    "outputs": [{"name": "score", "codes": CODES, "activation": "sigmoid"}],
    "features": "embedding",
    "attention": "attention",
    "tiles": {"mpp": 0.5, "size": 12, "halo": 2},
}
ROLES = {"e.onnx": "embedder", "a.onnx": "aggregator"}


def made(where: Path, aggregates: bytes | None = None, **changed: Any) -> Path:
    files = {"e.onnx": embedder(), "a.onnx": aggregates or aggregator()}
    return folder(where, files, ROLES, **{**TILED, **changed})


def tile(red: int, green: int) -> Image:
    values = np.zeros((16, 16, 3), np.uint8)
    values[..., 0], values[..., 1] = red, green
    return Image(values, Facts(modality="SM"))


@pytest.mark.requirement("VIS-06")
@pytest.mark.parametrize("batched", [True, False])
@pytest.mark.parametrize("raw", [True, False])
def test_the_tiles_that_the_answer_rests_on_are_told(
    tmp_path: Path, batched: bool, raw: bool
) -> None:
    name = "looked" if raw else "attention"
    model = load_slide_model(made(tmp_path, aggregator(batched=batched, raw=raw), attention=name))
    tiles = [tile(0, 255)] * 6 + [tile(255, 0)]
    embeddings = model.embed(np.stack([model.prepare(one) for one in tiles]))
    assert embeddings.shape == (7, 3)
    read = model.read(embeddings)
    assert read.attention is not None
    assert read.attention.sum() == pytest.approx(1)
    assert read.attention.argmax() == 6
    weights = np.exp(8 * embeddings[:, 0])
    weights /= weights.sum()
    assert read.attention == pytest.approx(weights, abs=1e-5)
    score = 4 * (weights @ embeddings[:, 0]) - 4 * (weights @ embeddings[:, 1])
    assert read.probabilities == pytest.approx([1 / (1 + np.exp(-score))], abs=1e-5)


def test_a_slide_of_one_tile_and_of_many(tmp_path: Path) -> None:
    model = load_slide_model(made(tmp_path))
    for count in (1, 5_000):
        read = model.read(np.zeros((count, 3), np.float32))
        assert read.attention == pytest.approx(np.full(count, 1 / count))
    with pytest.raises(InvalidInput, match="without tiles"):
        model.read(np.zeros((0, 3), np.float32))
    with pytest.raises(ModelFault):
        model.read(np.full((3, 3), np.nan, np.float32))


def test_an_aggregator_for_a_fixed_number_of_tiles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="any number of tiles"):
        load_slide_model(made(tmp_path, aggregator(fixed=10)))


def test_outputs_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"a\.onnx: weights"):
        load_slide_model(made(tmp_path, attention="weights"))
    with pytest.raises(InvalidInput, match=r"e\.onnx: other"):
        load_slide_model(made(tmp_path, features="other"))


def test_a_model_of_slides_is_not_one_of_images(tmp_path: Path) -> None:
    where = made(tmp_path / "slides")
    with pytest.raises(InvalidInput, match="model of slides"):
        load_model(where)
    with pytest.raises(InvalidInput, match="no model of slides"):
        load_slide_model(folder(tmp_path / "images"))


@pytest.mark.requirement("VIS-06")
@pytest.mark.parametrize("size", [(100, 77), (12, 12), (5, 300), (64, 36)])
@pytest.mark.parametrize("stride", [None, 5])
@pytest.mark.parametrize("mpp", [0.5, 0.25])
def test_every_pixel_of_a_slide_is_in_a_tile(
    size: tuple[int, int], stride: int | None, mpp: float
) -> None:
    seen = np.zeros(size[::-1], int)
    halo = round(2 * 0.5 / mpp)
    for one in cut(size, mpp, Tiles(mpp=0.5, size=12, halo=2, stride=stride)):
        assert (one.width, one.height) == (round(16 * 0.5 / mpp),) * 2
        top, left = one.y + halo, one.x + halo
        assert top >= 0
        assert left >= 0
        side = one.width - 2 * halo
        assert left + side <= max(size[0], side)
        assert top + side <= max(size[1], side)
        seen[top : top + side, left : left + side] += 1
    assert seen.min() >= 1


@pytest.mark.parametrize("mpp", [0.0, -1.0, float("nan")])
def test_a_slide_without_resolution_is_not_cut(mpp: float) -> None:
    with pytest.raises(InvalidInput, match="how large its pixels"):
        list(cut((100, 100), mpp, Tiles(mpp=0.5, size=12)))
