"""A slide in tiles: borders, a kill, damage, and a size that fits in no memory."""

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from tests.capabilities.pathology.slides import PAINTED, Damaged, Slow, Vast
from tests.house.sources import ROOT
from wardround.capabilities.pathology.reading import read_slide
from wardround.capabilities.pathology.slide import Plane
from wardround.kernel import Conflict


@pytest.mark.requirement("PATH-04")
def test_a_nucleus_on_a_border_counts_once(tmp_path: Path) -> None:
    whole = read_slide(Slow(), tmp_path / "whole", core=2000)
    assert whole.tiles == 1
    assert whole.nuclei is not None
    for core in (61, 97):
        tiled = read_slide(Slow(), tmp_path / f"{core}", core=core)
        assert tiled.nuclei is not None
        assert tiled.tiles > 20
        assert len(tiled.nuclei) == pytest.approx(len(whole.nuclei), rel=0.015)
        apart = _apart(tiled.nuclei.x, tiled.nuclei.y)
        assert apart > 8, "two middles within one nucleus"


def _apart(x: np.ndarray, y: np.ndarray) -> float:
    from scipy.spatial import cKDTree

    places = np.column_stack([x, y])
    return float(cKDTree(places).query(places, k=2)[0][:, 1].min())


@pytest.mark.requirement("PATH-04", "PATH-10")
def test_nuclei_lie_where_they_were_painted(tmp_path: Path) -> None:
    from scipy.spatial import cKDTree

    read = read_slide(Slow(), tmp_path / "ledger")
    assert read.nuclei is not None
    away, _ = cKDTree(np.column_stack([read.nuclei.x, read.nuclei.y])).query(PAINTED.places)
    assert (away < 4).mean() > 0.97
    assert len(read.nuclei) == pytest.approx(len(PAINTED.places), rel=0.03)


@pytest.mark.requirement("PATH-05")
def test_a_killed_sweep_goes_on_and_finds_the_same(tmp_path: Path) -> None:
    ledger = tmp_path / "killed"
    command = [sys.executable, "-m", "tests.capabilities.pathology.slow_sweep", str(ledger), "0.2"]
    with subprocess.Popen(command, cwd=ROOT) as running:
        _wait(ledger, lines=4)
        os.kill(running.pid, signal.SIGKILL)
    lines = ledger.read_bytes().count(b"\n")
    with ledger.open("ab") as file:
        file.write(b'{"tile":99,"nuclei":"half a li')
    told: list[tuple[int, int]] = []
    again = Slow()
    went_on = read_slide(again, ledger, lambda done, of: told.append((done, of)), core=128)
    straight = Slow()
    anew = read_slide(straight, tmp_path / "straight", core=128)
    assert again.read == straight.read - (lines - 1) < straight.read
    assert went_on.nuclei is not None
    assert anew.nuclei is not None
    for name, values in vars(anew.nuclei).items():
        assert np.array_equal(
            np.sort(values, axis=0), np.sort(getattr(went_on.nuclei, name), axis=0)
        )
    assert told[-1] == (anew.tiles, anew.tiles)


def _wait(ledger: Path, lines: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if ledger.exists() and ledger.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.05)
    pytest.fail("the sweep wrote nothing")


@pytest.mark.requirement("PATH-05")
def test_what_another_slide_left_is_refused_unless_anew(tmp_path: Path) -> None:
    read_slide(Slow(mark="one"), tmp_path / "ledger", core=600)
    with pytest.raises(Conflict, match="another slide"):
        read_slide(Slow(mark="two"), tmp_path / "ledger", core=600)
    assert read_slide(Slow(mark="two"), tmp_path / "ledger", core=600, anew=True).tiles


@pytest.mark.requirement("PATH-06")
def test_what_is_damaged_is_skipped_and_told(tmp_path: Path) -> None:
    read = read_slide(Damaged(until=400), tmp_path / "some", core=128)
    assert 0 < len(read.skipped) < read.tiles
    assert read.skipped[0][1] == "This part of the slide is damaged."
    assert any("could not be decoded" in one for one in read.remarks)
    assert read.nuclei is not None
    assert read.nuclei.x.min() > 400
    assert not read.abstained
    all_of_it = read_slide(Damaged(until=9999), tmp_path / "all", core=128)
    assert all_of_it.reasons == ("No tile of the slide could be decoded.",)


@pytest.mark.requirement("PATH-09")
def test_a_slide_of_fifty_thousand_pixels_is_read_in_little_memory(tmp_path: Path) -> None:
    slide = Vast(50_000, pieces=4)
    tracemalloc.start()
    read = read_slide(slide, tmp_path / "ledger")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read.nuclei is not None
    assert len(read.nuclei) == pytest.approx(slide.painted, rel=0.04)
    assert read.empty > 2000
    assert slide.largest < 2_000_000
    assert most < 200e6


@pytest.mark.requirement("PATH-07")
def test_without_a_resolution_there_is_no_density(tmp_path: Path) -> None:
    read = read_slide(Plane(PAINTED.rgb), tmp_path / "ledger")
    assert read.mpp is None
    assert read.tissue_mm2 is None
    assert read.spots == ()
    assert any("how large a pixel is" in one for one in read.remarks)


@pytest.mark.requirement("PATH-01")
def test_a_slide_of_glass_is_not_read(tmp_path: Path) -> None:
    read = read_slide(Plane(np.full((900, 900, 3), 243, np.uint8), (0.5, 0.5)), tmp_path / "l")
    assert read.abstained
    assert read.nuclei is None
    assert not (tmp_path / "l").exists()
