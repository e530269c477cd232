"""Where an answer rests: checked, in the image's own pixels, and never a region of a finding."""

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import yaml  # type: ignore[import-untyped]
from onnx import numpy_helper
from pydicom import dcmread

from tests.capabilities.radiology.planted import planted
from tests.capabilities.radiology.studies import (
    PLACED,
    RESTED,
    Held,
    draft,
    drafted,
    edited,
    radiograph,
    room,
)
from wardround.bootstrap.shipping import made_of, statement_of
from wardround.capabilities.radiology import Region, Report, deciding, load_reader
from wardround.capabilities.radiology.heat import Unseen, layer, place_of
from wardround.capabilities.radiology.measured import image_of, read_part
from wardround.capabilities.radiology.model import Picture, Resting
from wardround.capabilities.radiology.readers.asking import Asked
from wardround.capabilities.radiology.reading import PNEUMONIA, SHIPPED, Reader
from wardround.capabilities.radiology.resting import (
    CELLS,
    STEPS,
    covered,
    like,
    read_plain,
    resting,
)
from wardround.engines.images import ChestPhantom, Image, draw_chest
from wardround.engines.vision import Geometry, VisionModel, load_model
from wardround.engines.vision.saliency import Asked as Question
from wardround.engines.vision.saliency import checked, weighed


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="module")
def plain() -> Image:
    found = read_plain(SHIPPED)
    assert found is not None
    return found


def chest(seed: int = 0, columns: int = 256) -> Image:
    """Return a phantom, of which the shipped model says pneumonia."""
    return image_of(draw_chest(ChestPhantom(seed=seed, size=256))[:, :columns])


@pytest.mark.requirement("RAD-25")
def test_a_likely_finding_rests_on_a_part_of_its_image(reader: Reader, plain: Image) -> None:
    read = Asked(reader, plain).read(chest())
    found = read.findings[0]
    assert found.likely
    assert found.regions == ()
    assert found.resting is not None
    assert found.resting.faithful
    box, cells = found.resting.region, found.resting.cells
    assert box is not None
    assert 0 < box.width < 256
    assert max(one.weight for one in cells) == 1
    inside = [one for one in cells if one.weight == 1 and within(one.region, box)]
    assert inside, "the weightiest cell is in the box"
    assert 0 < found.resting.share <= 1
    assert read.covered == Region(x=0, y=0, width=256, height=256)


def within(one: Region, other: Region) -> bool:
    return (
        one.x >= other.x - 1
        and one.y >= other.y - 1
        and one.x + one.width <= other.x + other.width + 1
        and one.y + one.height <= other.y + other.height + 1
    )


@pytest.mark.requirement("RAD-25")
def test_what_is_unlikely_or_has_no_plain_image_is_not_asked(reader: Reader, plain: Image) -> None:
    healthy = Asked(reader, plain).read(plain).findings[0]
    assert (healthy.likely, healthy.resting) == (False, None)
    assert Asked(reader).read(chest()).findings[0].resting is None


@pytest.mark.requirement("RAD-25")
def test_where_the_image_adds_nothing_it_is_said(reader: Reader) -> None:
    """Held against itself, an image has nothing in which it differs: the check fails."""
    image = chest()
    assert resting(reader.model, image, image, PNEUMONIA) == Resting(faithful=False)


def scrambled(where: Path, seed: int) -> VisionModel:
    """Return the shipped model with the weights of every layer in random order (Adebayo 2018)."""
    where.mkdir()
    network = onnx.load(str(SHIPPED / "chest.onnx"))
    chance = np.random.default_rng(seed)
    for one in network.graph.initializer:
        values = numpy_helper.to_array(one)
        if values.dtype == np.float32 and values.ndim > 1:
            mixed = chance.permutation(values.ravel()).reshape(values.shape)
            one.CopyFrom(numpy_helper.from_array(mixed, one.name))
    data = network.SerializeToString()
    said: dict[str, Any] = yaml.safe_load((SHIPPED / "manifest.yaml").read_text("utf-8"))
    said["files"][0]["sha256"] = hashlib.sha256(data).hexdigest()
    (where / "manifest.yaml").write_text(yaml.safe_dump(said), "utf-8")
    (where / "chest.onnx").write_bytes(data)
    return load_model(where)


def question(model: VisionModel, image: Image, plain: Image) -> Question:
    values = model.prepare(image)
    return Question(model, values, like(model.prepare(plain), values), 0, PNEUMONIA, CELLS)


@pytest.mark.requirement("RAD-25")
def test_scrambled_weights_destroy_the_map(reader: Reader, plain: Image, tmp_path: Path) -> None:
    """What a scrambled model rests on is another map, and does not pass for the trained model's."""
    alike, passed, own = [], 0, 0
    for seed in range(10):
        image = chest(seed)
        asked = question(reader.model, image, plain)
        mine = weighed(asked)
        other = scrambled(tmp_path / str(seed), seed)
        theirs = weighed(question(other, image, plain))
        alike.append(np.corrcoef(mine.ravel(), theirs.ravel())[0, 1])
        own += checked(asked, mine, STEPS).faithful
        passed += checked(asked, theirs, STEPS).faithful
    assert own >= 9
    assert passed <= 2
    assert abs(float(np.mean(alike))) < 0.3


def test_a_box_lies_where_it_was_found_in_the_image(reader: Reader, plain: Image) -> None:
    """The same chest three times as large: the same place, three times as far."""
    small = chest()
    large = image_of(np.repeat(np.repeat(small.values.astype(np.uint8), 3, axis=0), 3, axis=1))
    one, other = (resting(reader.model, at, plain, PNEUMONIA) for at in (small, large))
    assert len(one.cells) == len(other.cells) > 1
    for cell, grown in zip(one.cells, other.cells, strict=True):
        assert grown.weight == pytest.approx(cell.weight, abs=0.02)
        assert (grown.region.x, grown.region.y) == pytest.approx(
            (3 * cell.region.x, 3 * cell.region.y), abs=3
        )
        assert grown.region.width == pytest.approx(3 * cell.region.width, abs=5)


@pytest.mark.requirement("RAD-25")
def test_the_draft_keeps_it_apart_from_regions() -> None:
    radiology, chart = room(RESTED), Held(radiograph())
    made = drafted(radiology, chart)
    report = Report.model_validate(made.content)
    assert report.findings[0].regions == ()
    assert RESTED.resting is not None
    box = RESTED.resting.region
    assert box is not None
    source = made.evidence[0].sources[0].model_dump()
    assert (source["x"], source["width"]) == (box.x, box.width)
    page = radiology.review(draft(made, chart), chart)
    assert [mark.rests for mark in page["marks"]] == [True]
    assert (page["rows"][0].drawn, page["rows"][0].regions) == ([], [0])
    assert "most at the middle left of the image as shown" in page["rows"][0].rests
    assert [one.level for one in page["layer"].shades] == [3, 1]
    edit = deciding.mark(report, "read-0", [Region(x=1, y=2, width=9, height=8)])
    after = radiology.review(draft(edited(radiology, made, edit), chart), chart)
    assert [mark.rests for mark in after["marks"]] == [False, True]
    assert after["rows"][0].drawn == [0]


@pytest.mark.requirement("RAD-25")
def test_a_failed_check_is_told() -> None:
    radiology = room(replace(RESTED, resting=Resting(faithful=False)))
    chart = Held(radiograph())
    page = radiology.review(draft(drafted(radiology, chart), chart), chart)
    assert page["rows"][0].rests == "Where this rests could not be shown: the check failed."
    assert page["marks"] == []
    assert page["layer"].shades == ()


@pytest.mark.requirement("RAD-26")
def test_what_is_written_back_holds_only_regions_that_were_drawn_or_detected() -> None:
    chart = Held(radiograph())
    radiology = room(RESTED)
    made = drafted(radiology, chart)
    report = Report.model_validate(made.content)
    confirmed = edited(radiology, made, deciding.confirm(report, "read-0"))
    assert kinds(objects(confirmed, chart)) == ["SR"]
    report = Report.model_validate(confirmed.content)
    drawn = Region(x=30, y=40, width=5, height=4)
    marked = edited(radiology, confirmed, deciding.mark(report, "read-0", [drawn]))
    found = objects(marked, chart)
    assert kinds(found) == ["OT", "PR", "SEG", "SR"]
    segment = next(one for one in found if one.Modality == "SEG")
    rows, columns = np.nonzero(segment.pixel_array.reshape(64, 48))
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (30, 34, 40, 43)
    detected = room(PLACED)
    made = drafted(detected, chart)
    report = Report.model_validate(made.content)
    confirmed = edited(detected, made, deciding.confirm(report, "read-0"))
    assert "SEG" in kinds(objects(confirmed, chart))


def objects(made: Any, chart: Held) -> list[Any]:
    """Return what goes to the archive of a signed draft."""
    kept = draft(made, chart)
    statement = statement_of(kept, Report.model_validate(kept.content))
    sent = made_of(list(chart.files.values()), statement)
    return [dcmread(BytesIO(one)) for one in sent]


def kinds(found: list[Any]) -> list[str]:
    return sorted(one.Modality for one in found)


@pytest.mark.requirement("RAD-25")
def test_what_the_model_was_not_given_is_known() -> None:
    """Of an image cut to its middle, the rest is dimmed; of a whole one nothing."""
    cut = Geometry.of((100, 200)).moved(0, -50, (100, 100)).resized((28, 28))
    seen_of = covered(cut)
    assert seen_of == Region(x=50, y=0, width=100, height=100)
    padded = Geometry.of((100, 50)).moved(0, 25, (100, 100)).resized((28, 28))
    assert covered(padded) == Region(x=0, y=0, width=50, height=100)
    assert covered(Geometry.of((9, 5)).transposed()) == Region(x=0, y=0, width=5, height=9)
    radiology, chart = room(RESTED), Held(radiograph())
    report = Report.model_validate(drafted(radiology, chart).content)
    part = Region(x=0, y=8, width=48, height=48)
    pictures = (report.study.pictures[0].model_copy(update={"covered": part}),)
    study = report.study.model_copy(update={"pictures": pictures})
    found = layer(report.model_copy(update={"study": study})).unseen
    assert found == (Unseen(part, 48, 64),)
    assert found[0].outline == "M0 0h48v64h-48zM0 8v48h48v-48z"
    assert layer(report).unseen == ()


@pytest.mark.parametrize(
    ("region", "says"),
    [
        (Region(x=0, y=0, width=10, height=10), "top left"),
        (Region(x=40, y=40, width=20, height=20), "middle"),
        (Region(x=40, y=90, width=20, height=10), "bottom middle"),
        (Region(x=0, y=0, width=100, height=100), "middle"),
    ],
)
def test_a_place_is_said_in_words(region: Region, says: str) -> None:
    assert place_of(region, Picture(input="image-0", rows=100, columns=100)) == says


@pytest.mark.data
@pytest.mark.requirement("RAD-25")
def test_it_points_at_what_was_planted(reader: Reader, plain: Image, data: Path) -> None:
    """A piece of an ill lung in a healthy chest that so turned likely: the place is known."""
    cases = planted(reader.model, *read_part(data, "val"), most=30)
    found = [(resting(reader.model, one, plain, PNEUMONIA), where) for one, where in cases]
    shown = [(one, where) for one, where in found if one.faithful]
    assert len(shown) >= 0.8 * len(found) >= 16
    hits = []
    for one, where in shown:
        top = max(one.cells, key=lambda cell: cell.weight).region
        hits.append(where[top.y + top.height // 2, top.x + top.width // 2])
    assert np.mean(hits) >= 0.8
    assert np.mean([where.mean() for _, where in shown]) < 0.2, "by chance it would seldom hit"
