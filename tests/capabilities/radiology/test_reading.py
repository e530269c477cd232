"""From an image to a read: findings, checks, reasons, each image by itself."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from wardround.capabilities.radiology import Reader, load_reader
from wardround.capabilities.radiology.measured import image_of, read_part
from wardround.capabilities.radiology.reading import SHIPPED
from wardround.engines.images import read_image
from wardround.engines.vision import load_model
from wardround.kernel import InvalidInput


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.mark.requirement("RAD-03")
@pytest.mark.parametrize(
    "values",
    [
        np.zeros((1, 1), dtype=np.uint8),
        np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8),
        np.zeros((20, 300), dtype=np.uint8),
    ],
)
def test_what_is_no_chest_x_ray_has_no_probability(reader: Reader, values: np.ndarray) -> None:
    read = reader.read(image_of(values))
    assert read.abstained
    assert read.stopped
    assert not read.findings
    assert all(one.says for one in read.reasons)


@pytest.mark.requirement("RAD-03")
def test_noise_is_stopped_and_keeps_its_number(reader: Reader) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64), dtype=np.uint8)
    read = reader.read(image_of(noise))
    assert read.stopped
    assert read.ood > 1
    assert 0 <= read.findings[0].probability <= 1


@pytest.mark.parametrize("kind", [np.int16, np.float32, np.float64, np.uint16, bool])
def test_every_kind_of_number_is_read(reader: Reader, kind: type) -> None:
    values: np.ndarray = (np.random.default_rng(2).random((40, 40)) * 1000).astype(kind)
    file = BytesIO()
    np.save(file, values)
    assert reader.read(read_image(file.getvalue())).quality


@pytest.mark.requirement("RAD-07")
def test_limits_of_another_model_are_refused() -> None:
    limits = load_reader().limits.model_copy(update={"model": "0" * 64})
    with pytest.raises(InvalidInput, match="another model"):
        Reader(load_model(SHIPPED), limits)


def test_a_site_declares_its_share(reader: Reader) -> None:
    rare = load_reader(prevalence=0.05)
    assert rare.share_of(0.0) == pytest.approx(0.05)
    assert reader.share_of(0.0) == pytest.approx(reader.limits.prevalence)
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        load_reader(prevalence=1.0)


@pytest.mark.requirement("RAD-04")
@pytest.mark.data
def test_an_answer_does_not_depend_on_its_neighbours(reader: Reader, data: Path) -> None:
    images = [image_of(one) for one in read_part(data, "test")[0][:9]]
    images.append(image_of(np.random.default_rng(0).random((300, 280))))
    together = reader.read_many(images)
    for image, read in zip(images, together, strict=True):
        alone = reader.read(image)
        assert alone.odds == pytest.approx(read.odds, abs=1e-4)
        assert [one[:2] for one in alone.quality] == [one[:2] for one in read.quality]
        assert alone.reasons == read.reasons


@pytest.mark.data
def test_a_large_image_is_read_as_a_small_one(reader: Reader, data: Path) -> None:
    for small in read_part(data, "test")[0][:5]:
        large = np.kron(small, np.ones((20, 20), dtype=np.uint8))
        a, b = reader.read(image_of(small)), reader.read(image_of(large))
        assert a.odds == pytest.approx(b.odds, abs=0.05)
