"""A line in, a line out: counts, reasons, and errors with their place."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.capabilities.pathology.painting import paint
from wardround.capabilities.pathology import Counting
from wardround.kernel import InvalidInput

PAINTED = paint(400, 320, margin=20, seed=9)


def count_of(told: dict) -> int:
    return int(next(one["value"] for one in told["findings"] if one["code"] == "nuclei"))


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    path = tmp_path / "tile.png"
    Image.fromarray(PAINTED.rgb).save(path)
    return path


@pytest.mark.requirement("PATH-11")
def test_nuclei_are_a_finding(tile: Path) -> None:
    told = Counting().batch({"id": "a", "path": str(tile)})
    assert (told["id"], told["status"], told["abstained"]) == ("a", "drafted", False)
    first = told["findings"][0]
    assert first == {
        "code": "nuclei", "display": "Nuclei", "value": count_of(told), "unit": "count",
    }  # fmt: skip
    assert count_of(told) == pytest.approx(len(PAINTED.places), rel=0.06)
    assert {one["name"] for one in told["quality"]} == {"size", "stain", "focus", "ink"}
    assert told["ood"]["score"] < told["ood"]["limit"]


@pytest.mark.requirement("PATH-11")
def test_an_array_is_read_as_the_picture_is(tile: Path, tmp_path: Path) -> None:
    array = tmp_path / "tile.npy"
    np.save(array, PAINTED.rgb)
    same = [Counting().batch({"id": "1", "path": str(path)}) for path in (tile, array)]
    assert same[0] == same[1]


@pytest.mark.requirement("PATH-07")
def test_a_resolution_gives_micrometres(tile: Path) -> None:
    plain = Counting().batch({"id": "1", "path": str(tile)})
    told = Counting().batch({"id": "1", "path": str(tile), "mpp": 0.5})
    areas = [
        next(one for one in line["findings"] if one["code"] == "nuclear-area")
        for line in (plain, told)
    ]
    assert [one["unit"] for one in areas] == ["{pixel}", "um2"]
    assert areas[1]["value"] == pytest.approx(areas[0]["value"] / 4, abs=0.01)
    dense = next(one for one in told["findings"] if one["unit"] == "/mm2")
    assert dense["value"] == pytest.approx(count_of(told) / (400 * 320 * 0.25e-6), rel=0.01)


@pytest.mark.requirement("PATH-01", "PATH-11")
def test_a_radiograph_abstains_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "chest.png"
    ys, xs = np.mgrid[:200, :200]
    Image.fromarray((np.hypot(xs - 100, ys - 90) * 1.5 + 40).clip(0, 255).astype("u1")).save(path)
    told = Counting().batch({"id": "x", "path": str(path)})
    assert told["status"] == "abstained"
    assert told["findings"] == []
    assert "no colour" in told["reasons"][0]


@pytest.mark.requirement("PATH-01", "PATH-11")
def test_a_pixel_abstains(tmp_path: Path) -> None:
    path = tmp_path / "pixel.npy"
    np.save(path, np.zeros((1, 1, 3), np.uint8))
    told = Counting().batch({"id": "x", "path": str(path)})
    assert "at least 32" in told["reasons"][0]


@pytest.mark.requirement("PATH-11")
@pytest.mark.parametrize(
    "line",
    [{}, {"path": ""}, {"path": "nowhere.png"}, {"path": 3}, {"path": "TILE", "mpp": -1},
     {"path": "TILE", "mpp": "0.5"}],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_with_its_place(line: dict, tile: Path) -> None:
    given = {key: str(tile) if value == "TILE" else value for key, value in line.items()}
    with pytest.raises(InvalidInput) as told:
        Counting().batch({"id": "1", **given})
    assert told.value.where in {"path", "mpp"}


@pytest.mark.requirement("PATH-11")
@pytest.mark.parametrize("share", [0.2, 0.9])
def test_a_truncated_picture_is_an_error(tile: Path, share: float) -> None:
    whole = tile.read_bytes()
    tile.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InvalidInput):
        Counting().batch({"id": "1", "path": str(tile)})


@pytest.mark.data
def test_a_real_slide_is_read(tmp_path: Path, data: Path) -> None:
    path = data / "wsi" / "cmu-1-small-region.svs"
    ledger = tmp_path / "ledger.jsonl"
    told = Counting().batch({"id": "cmu", "path": str(path), "ledger": str(ledger)})
    assert told["status"] == "drafted"
    assert 800 < count_of(told) < 4000
    assert any("eosin" in one for one in told["remarks"])
    assert ledger.stat().st_size > 10_000
    assert Counting().batch({"id": "cmu", "path": str(path), "ledger": str(ledger)}) == told
