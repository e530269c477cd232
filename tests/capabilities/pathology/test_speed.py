"""How fast a slide and a tile are read (``make bench``)."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.capabilities.pathology.painting import paint
from tests.capabilities.pathology.slides import Slow
from wardround.capabilities.pathology import read_slide, read_tile
from wardround.engines.images import open_slide


def test_a_real_slide(benchmark: BenchmarkFixture, data: Path, tmp_path: Path) -> None:
    """Of 6.6 megapixels at 20x, a third of it tissue."""
    path = data / "wsi" / "cmu-1-small-region.svs"

    def read() -> int:
        with open_slide(path) as slide:
            return read_slide(slide, tmp_path / "ledger", anew=True).tiles

    assert benchmark(read) > 0


def test_a_painted_slide(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Of 1.3 megapixels at 20x, all of it tissue and full of nuclei."""
    assert benchmark(lambda: read_slide(Slow(), tmp_path / "ledger", anew=True).tiles) > 0


@pytest.mark.parametrize("side", [256, 1024])
def test_a_tile(benchmark: BenchmarkFixture, side: int) -> None:
    rgb = paint(side, side, seed=1).rgb
    assert benchmark(read_tile, rgb, 0.5).nuclei is not None
