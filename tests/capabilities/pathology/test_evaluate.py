"""What is measured: on published tiles the network beats what needs no learning."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.capabilities.pathology.painting import paint
from wardround.capabilities.pathology.evaluate import OURS, evaluate, recorded
from wardround.capabilities.pathology.labelled import FOLDS, folded, read_labelled
from wardround.kernel import InvalidInput


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.requirement("PATH-02")
def test_the_network_beats_otsu_and_watershed(data: Path) -> None:
    report = evaluate(data)
    whole = {one.way: one for one in report.measured[:3]}
    assert whole[OURS].tiles == 70
    for way in ("Otsu", "watershed"):
        assert whole[OURS].dice > whole[way].dice
        assert whole[OURS].f1 > whole[way].f1 + 0.1
        assert whole[OURS].count_error < whole[way].count_error
    assert report.met


@pytest.mark.data
def test_every_tile_is_in_one_fold_and_was_measured_unseen(data: Path) -> None:
    tiles = read_labelled(data)
    assert set(recorded()["folds"]) == {tile.name for tile in tiles}
    folds = folded(tiles)
    for look in {tile.look for tile in tiles}:
        here = [fold for tile, fold in zip(tiles, folds, strict=True) if tile.look == look]
        dealt = np.bincount(here, minlength=FOLDS)
        assert dealt.max() - dealt.min() <= 1


@pytest.mark.requirement("PATH-02")
def test_a_tile_that_nobody_has_measured_is_read_now(tmp_path: Path) -> None:
    folder = tmp_path / "nuclei"
    folder.mkdir()
    painted = paint(320, 256, margin=10, seed=4)
    labels = np.zeros((256, 320), np.uint16)
    ys, xs = np.mgrid[:256, :320]
    for number, (x, y) in enumerate(painted.places, start=1):
        labels[np.hypot(xs - x, ys - y) < 6.5] = number
    Image.fromarray(painted.rgb).save(folder / "a.png")
    Image.fromarray(labels).save(folder / "a_mask.png")
    report = evaluate(tmp_path)
    ours = next(one for one in report.measured if one.way == OURS)
    assert ours.f1 > 0.9
    assert ours.marked == len(painted.places)


def test_no_tiles_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no tiles"):
        evaluate(tmp_path)
