"""What was found on a slide is kept: nuclei by place, counts, and what was looked at."""

import resource
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from tests.capabilities.pathology.reports import read
from tests.capabilities.pathology.slides import PAINTED, Damaged, Vast
from tests.capabilities.pathology.test_report_service import Dark
from wardround.capabilities.pathology import Kept, Look, Nuclei, Plane, SlideRead, keep, read_slide
from wardround.capabilities.pathology.nuclei.learned import Network
from wardround.capabilities.pathology.slide import Slide
from wardround.kernel import InvalidInput, Unavailable

DARK = cast("Network", Dark())


def looked(slide: object, work: Path, core: int = 256) -> SlideRead:
    return read_slide(cast("Slide", slide), work / "ledger.jsonl", network=DARK, core=core)


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> tuple[SlideRead, Path]:
    """A painted section that was read tile by tile, and what was kept of it."""
    folder = tmp_path_factory.mktemp("kept")
    found = looked(Plane(PAINTED.rgb, (0.5, 0.5)), folder)
    keep(found, folder / "result.zip", "order-1")
    return found, folder / "result.zip"


@pytest.mark.requirement("PATH-13")
def test_what_was_kept_is_what_was_found(painted: tuple[SlideRead, Path]) -> None:
    found, path = painted
    assert found.nuclei is not None
    assert found.grid is not None
    assert found.looked is not None
    with Kept(path) as kept:
        parts = list(kept.parts())
        assert len(kept) == sum(map(len, parts)) == len(found.nuclei) > 50
        assert len(parts) > 3, "by tile"
        for mine, whole in zip(parts, (one for one in found.outlined() if len(one)), strict=True):
            assert np.abs(mine.outline - whole.outline).max() <= 1 / 16
            for name in ("x", "y", "area", "perimeter", "eccentricity", "density", "brown", "red"):
                assert np.array_equal(getattr(mine, name), getattr(whole, name)), name
        assert (kept.size, kept.mpp, kept.spots) == (found.size, found.mpp, found.spots)
        assert np.array_equal(kept.grid.density, found.grid.density)
        assert np.array_equal(kept.grid.tissue, found.grid.tissue)
        assert np.array_equal(kept.looked, found.looked)
        assert not kept.positive(parts[0]).any(), "haematoxylin and eosin have no classes"
        assert kept.positive_from is None


@pytest.mark.requirement("PATH-13")
@pytest.mark.parametrize("box", [(0, 0, 1400, 900), (300, 200, 700, 500), (511, 0, 513, 900)])
def test_the_nuclei_of_a_place(
    painted: tuple[SlideRead, Path], box: tuple[float, float, float, float]
) -> None:
    every = painted[0].nuclei
    assert every is not None
    left, top, right, low = box
    there = (every.x >= left) & (every.x < right) & (every.y >= top) & (every.y < low)
    with Kept(painted[1]) as kept:
        assert sum(map(len, kept.within(box))) == there.sum() > 0
        assert sum(map(len, kept.within((5000, 0, 6000, 900)))) == 0


@pytest.mark.requirement("PATH-13")
def test_the_same_result_is_the_same_file_and_another_order_has_its_own(
    painted: tuple[SlideRead, Path], tmp_path: Path
) -> None:
    found, path = painted
    keep(found, tmp_path / "again.zip", "order-1")
    keep(found, tmp_path / "other.zip", "order-2")
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()
    assert (tmp_path / "other.zip").read_bytes() != path.read_bytes()


def test_what_decayed_is_told(painted: tuple[SlideRead, Path], tmp_path: Path) -> None:
    data = bytearray(painted[1].read_bytes())
    (tmp_path / "cut.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(Unavailable, match="damaged"):
        Kept(tmp_path / "cut.zip")
    data[200:260] = bytes(60)
    (tmp_path / "hurt.zip").write_bytes(data)
    with Kept(tmp_path / "hurt.zip") as kept, pytest.raises(Unavailable, match="damaged"):
        list(kept.parts())
    with pytest.raises(InvalidInput, match="not read"):
        keep(read(), tmp_path / "none.zip")


@pytest.mark.requirement("PATH-14")
def test_what_was_not_looked_at_is_known(tmp_path: Path) -> None:
    rgb = PAINTED.rgb.copy()
    rgb[400:520, 500:800] = (20, 160, 60)  # green pen over the tissue
    with_pen = looked(Plane(rgb, (0.5, 0.5)), tmp_path)
    keep(with_pen, tmp_path / "pen.zip")
    with Kept(tmp_path / "pen.zip") as kept:
        part = {one.look: one.share for one in kept.shares}
        assert sum(part.values()) == pytest.approx(1)
        assert part[Look.PEN] == pytest.approx(120 * 300 / rgb[..., 0].size, rel=0.1)
        high, wide = kept.looked.shape
        assert kept.looked[460 * high // 900, 650 * wide // 1400] == Look.PEN
        inside = (520, 420, 780, 500)
        assert sum(map(len, kept.within(inside))) == 0, "nothing counts under the pen"
    torn = read_slide(
        cast("Slide", Damaged(until=300)), tmp_path / "torn.jsonl", network=DARK, core=256
    )
    keep(torn, tmp_path / "torn.zip")
    with Kept(tmp_path / "torn.zip") as kept:
        assert {Look.TORN, Look.LOOKED} <= {one.look for one in kept.shares}
        assert kept.looked[high // 2, 150 * wide // 1400] == Look.TORN


@pytest.mark.requirement("PATH-13")
def test_a_tile_at_a_time_is_held(tmp_path: Path) -> None:
    """Keeping, and reading again, holds tiles and not the slide: what is yielded is small."""
    found = looked(Vast(20_000, 6), tmp_path, core=512)
    assert found.nuclei is not None
    keep(found, tmp_path / "vast.zip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Kept(tmp_path / "vast.zip") as kept:
        largest = max(len(one) for one in _each(kept))
        assert largest < len(found.nuclei) / 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def _each(kept: Kept) -> list[Nuclei]:
    return [one.bare() for one in kept.parts()]
