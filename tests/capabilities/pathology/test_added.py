"""An added model of slides: what it tells stands in the slide's draft as that model's."""

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from onnx import helper

from tests.capabilities.pathology.reports import Held, order
from tests.capabilities.pathology.test_report_service import Dark, room
from tests.engines.vision import test_slides
from tests.engines.vision.made import CODES, classifier, folder, network, tensor
from wardround.capabilities.pathology import AddedSlides, Pathology, Report
from wardround.capabilities.pathology.added.added import Answer
from wardround.capabilities.pathology.added.tiling import TOGETHER, cut_over_tissue
from wardround.capabilities.pathology.fhir import resources
from wardround.engines.images import Slide, SlidePhantom, open_slide, write_slide
from wardround.engines.vision import (
    VisionModel,
    load_model,
    load_slide_model,
    read_manifest,
)
from wardround.kernel import ImageRegion, InvalidInput, Model

TUMOUR = [{**CODES[0], "code": "108369006", "display": "Tumour"}]
INPUT = {
    "modality": ["SM"],
    "channels": 3,
    "size": [64, 64],
    "steps": [{"window": "colour"}, {"resize": {"size": [64, 64]}}],
}
TILES = {"mpp": 1.0, "size": 64}
NAME = Model(name="made", version="1", digest="a" * 64)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slide") / "slide.tiff"
    write_slide(SlidePhantom(width=1536, height=1024), path)
    return path


def darkness() -> bytes:
    """How dark a tile is: the log-odds rise as its mean falls below 0.8."""
    return network(
        [
            helper.make_node("GlobalAveragePool", ["tile"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["flat"]),
            helper.make_node("MatMul", ["flat", "w"], ["sum"]),
            helper.make_node("Add", ["sum", "b"], ["score"]),
        ],
        {"tile": ["n", 3, 64, 64]},
        {"score": ["n", 1]},
        [tensor("w", [[-30.0]] * 3), tensor("b", [72.0])],
    )


def tiled(where: Path, data: bytes | None = None, **changed: Any) -> AddedSlides:
    outputs = [{"name": "score", "codes": TUMOUR, "activation": "sigmoid", "threshold": 0.5}]
    said = {"input": INPUT, "outputs": outputs, "tiles": TILES, "features": None, **changed}
    one = folder(where, {"m.onnx": data or darkness()}, **said)
    manifest = read_manifest((one / "manifest.yaml").read_bytes())
    return AddedSlides(NAME, manifest, lambda: load_model(one))


def weighed(where: Path, **changed: Any) -> AddedSlides:
    one = test_slides.made(where, **changed)
    manifest = read_manifest((one / "manifest.yaml").read_bytes())
    return AddedSlides(NAME, manifest, lambda: load_slide_model(one))


def answer(path: Path, model: AddedSlides) -> Answer:
    with open_slide(path, "slide") as slide:
        return model.read(slide)


def shade(path: Path, place: Any) -> float:
    with open_slide(path, "slide") as slide:
        return float(slide.region(place.x, place.y, place.width, place.height).mean())


@pytest.mark.requirement("PATH-21")
def test_tiles_over_tissue_are_classified_and_the_surest_are_shown(
    path: Path, tmp_path: Path
) -> None:
    found = answer(path, tiled(tmp_path))
    (told,) = found.told
    assert found.failure == ""
    assert (told.unit, told.of.code) == ("%", "108369006")
    assert 0 < told.value <= 100
    assert 0 < len(told.regions) <= 5
    shades = [shade(path, place) for place in told.regions]
    assert shades == sorted(shades), "the darkest first"
    assert max(shades) < 0.8 * 255
    assert "tiles with tissue" in found.remarks[0]
    assert "no check for slides unlike" in found.remarks[0]


@pytest.mark.requirement("PATH-21")
def test_a_slide_is_weighed_by_attention(path: Path, tmp_path: Path) -> None:
    found = answer(path, weighed(tmp_path, tiles={"mpp": 4.0, "size": 12, "halo": 2}))
    (told,) = found.told
    assert found.failure == ""
    assert told.unit == "1"
    assert 0 <= told.value <= 1
    assert len(told.regions) == 5
    side = 12 * 8  # at 4 µm, of a slide of 0.5
    assert {(one.width, one.height) for one in told.regions} <= {
        (width, height) for width in range(1, side + 1) for height in range(1, side + 1)
    }


@pytest.mark.requirement("PATH-21")
def test_a_few_tiles_are_held_at_once_and_glass_is_not_looked_at(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    run = VisionModel.run

    def counted(self: VisionModel, batch: Any) -> Any:
        sizes.append(len(batch))
        return run(self, batch)

    monkeypatch.setattr(VisionModel, "run", counted)
    model = tiled(tmp_path, tiles={"mpp": 0.5, "size": 64})
    with open_slide(path, "slide") as slide:
        tiles = cut_over_tissue(slide, model._manifest)
        assert model.read(slide).failure == ""
    assert sum(sizes) == len(tiles.places) > TOGETHER
    assert max(sizes) == TOGETHER
    assert tiles.empty > 0
    assert len(tiles.places) + tiles.empty == 24 * 16


@pytest.mark.requirement("PATH-21")
def test_it_stands_in_the_draft_as_that_models(path: Path, tmp_path: Path) -> None:
    network = Dark()
    pathology: Pathology = room(tmp_path / "work", network)
    plain = pathology.draft(order(), Held(path))
    pathology._find = lambda: [tiled(tmp_path / "model")]
    made = pathology.draft(order(), Held(path))
    report, before = (Report.model_validate(one.content) for one in (made, plain))
    assert report.measures[: len(before.measures)] == before.measures
    measure = report.measures[-1]
    assert (measure.model, measure.display) == ("made 1", "Tumour, share of tissue tiles")
    assert len(report.undecided) == len(report.measures)
    assert made.model == plain.model
    assert made.evidence[-1].claim == f"/measures/{len(report.measures) - 1}"
    assert isinstance(made.evidence[-1].sources[0], ImageRegion)
    assert len(made.evidence[-1].sources) == 1 + len(measure.more)
    content = pathology.validate(
        {**made.content, "measures": [{**measure.model_dump(mode="json"), "state": "confirmed"}]}
    )
    from tests.capabilities.pathology.reports import AT, ROSS, draft

    signed = draft(made.model_copy(update={"content": content}))
    observation = resources(signed, ROSS, AT, Held(path))[0]
    assert observation["method"]["text"] == "made 1"
    said = observation["component"][0]["valueCodeableConcept"]["coding"][0]
    assert said["code"] == "108369006"


def changed_file() -> VisionModel:
    raise InvalidInput("Its files are not those that were registered.")


@pytest.mark.requirement("PATH-22")
@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"tiles": {"mpp": 0.1, "size": 64}}, "it needs 0.1 or finer"),
        ({"tiles": None}, "does not say how a slide is cut"),
        ({"input": {**INPUT, "bits": 12}}, "more than the 8 bits"),
        (
            {"data": classifier(size=(64, 64), channels=3, weight=np.full(12288, 3e35))},
            "is no number",
        ),
    ],
)
def test_what_it_cannot_answer_is_told_and_costs_nothing_else(
    path: Path, tmp_path: Path, how: dict[str, Any], why: str
) -> None:
    pathology = room(tmp_path / "work", Dark())
    pathology._find = lambda: [tiled(tmp_path / "model", **how)]
    made = pathology.draft(order(), Held(path))
    report = Report.model_validate(made.content)
    assert made.abstained is None
    (failed,) = [one for one in report.checks if one.name == "model"]
    assert not failed.passed
    assert failed.says.startswith("made 1 did not answer.")
    assert why in failed.says
    assert not any(one.model for one in report.measures)


@pytest.mark.requirement("PATH-22")
def test_a_slide_without_resolution_or_a_changed_file(path: Path, tmp_path: Path) -> None:
    class Silent:
        mpp = None
        dimensions = (64, 64)

    model = tiled(tmp_path)
    assert "how large its pixels are" in model.read(cast("Slide", Silent())).failure
    changed = AddedSlides(NAME, model._manifest, changed_file)
    assert "not those that were registered" in answer(path, changed).failure
