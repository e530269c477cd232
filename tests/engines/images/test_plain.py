"""PNG, JPEG and arrays, for research."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from wardround.engines.images import read_facts, read_image


def saved(picture: Pillow.Image, kind: str = "PNG", **told: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **told)
    return out.getvalue()


def array(values: np.ndarray) -> bytes:
    out = BytesIO()
    np.save(out, values)
    return out.getvalue()


@pytest.mark.requirement("IMG-01")
def test_an_array_is_read_as_it_is() -> None:
    values = np.random.default_rng(0).integers(0, 255, (28, 28)).astype(np.uint8)
    image = read_image(array(values), name="a")
    assert (image.values == values).all()
    assert image.values.dtype == np.float32
    assert np.allclose(image.grey(), values / 255, atol=1e-6)
    assert (image.facts.source, image.facts.bits, image.name) == ("npy", 8, "a")


@pytest.mark.requirement("IMG-02")
def test_floats_between_0_and_1_are_shown_as_they_are() -> None:
    values = np.array([[0.25, 0.5], [0.1, 0.9]], np.float64)
    assert np.allclose(read_image(array(values)).grey(), values)
    wide = read_image(array(values * 1000))
    assert wide.shown_by.startswith("percentiles")
    assert wide.grey().max() == 1


@pytest.mark.requirement("IMG-01")
@pytest.mark.parametrize("kind", ["<i2", ">u2", "<f2", "?", "<u4", "<i8"])
def test_arrays_of_any_numbers_are_read(kind: str) -> None:
    values = np.array([[0, 1], [1, 0]]).astype(kind)
    assert read_image(array(values)).values.tolist() == [[0, 1], [1, 0]]
    assert read_image(array(np.asfortranarray(values.T))).values.tolist() == [[0, 1], [1, 0]]


@pytest.mark.requirement("IMG-01")
def test_an_array_of_colours_is_read() -> None:
    values = np.random.default_rng(0).integers(0, 255, (5, 6, 3)).astype(np.uint8)
    image = read_image(array(values))
    assert (image.values == values).all()
    assert image.colour
    assert image.grey().shape == (5, 6)


@pytest.mark.requirement("IMG-01")
def test_a_picture_of_16_bits_keeps_them() -> None:
    values = np.array([[0, 1000], [40000, 65535]], np.uint16)
    image = read_image(saved(Pillow.fromarray(values)))
    assert (image.values == values).all()
    assert image.facts.bits == 16


@pytest.mark.requirement("IMG-01")
def test_a_grey_picture_saved_in_colour_is_grey() -> None:
    grey = Pillow.fromarray(np.arange(64, dtype=np.uint8).reshape(8, 8))
    image = read_image(saved(grey.convert("RGB")))
    assert image.values.shape == (8, 8)
    assert any("equal" in remark for remark in image.facts.remarks)


@pytest.mark.requirement("IMG-01")
def test_transparency_is_shown_on_white() -> None:
    picture = Pillow.new("RGBA", (2, 1), (10, 200, 30, 255))
    picture.putpixel((1, 0), (10, 200, 30, 0))
    image = read_image(saved(picture))
    assert image.values.tolist() == [[[10, 200, 30], [255, 255, 255]]]
    assert any("white" in remark for remark in image.facts.remarks)


@pytest.mark.requirement("IMG-01")
def test_a_photograph_is_turned_as_it_was_held() -> None:
    picture = Pillow.new("L", (8, 16), 0)
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = read_image(saved(picture, "JPEG", exif=exif))
    assert image.values.shape == (8, 16)
    assert any("EXIF" in remark for remark in image.facts.remarks)


@pytest.mark.requirement("IMG-01")
def test_what_a_file_is_is_told_by_its_content(tmp_path: Path) -> None:
    import hashlib

    path = tmp_path / "named.dcm"
    path.write_bytes(array(np.zeros((3, 3))))
    image = read_image(path)
    assert image.facts.source == "npy"
    assert image.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_facts(path) == image.facts
    assert read_image(str(path)).digest == image.digest
