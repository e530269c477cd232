"""How many images a second: `make bench` measures it."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest

from wardround.capabilities.radiology import load_reader
from wardround.capabilities.radiology.measured import image_of
from wardround.engines.images import read_image


@pytest.mark.benchmark(max_time=2)
def test_small_images_together(benchmark: Any) -> None:
    """128 images of 28 by 28: at least 3,000 a second are wanted."""
    reader = load_reader()
    chance = np.random.default_rng(0)
    images = [image_of(chance.integers(0, 256, (28, 28), dtype=np.uint8)) for _ in range(128)]
    assert len(benchmark(reader.read_many, images)) == 128


@pytest.mark.benchmark(max_time=4)
def test_a_radiograph_end_to_end(benchmark: Any) -> None:
    """2,048 by 2,048 from its bytes: at most 400 ms on one core are wanted."""
    reader = load_reader()
    file = BytesIO()
    np.save(file, np.random.default_rng(0).integers(0, 4096, (2048, 2048), dtype=np.uint16))
    data = file.getvalue()
    assert benchmark(lambda: reader.read(read_image(data))).quality
