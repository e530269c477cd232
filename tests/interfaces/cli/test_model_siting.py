"""``wardround models recalibrate``: learned from a site's images, kept, and used by the reader."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.capabilities.radiology.conftest import data
from tests.interfaces.cli.test_models import home, said
from wardround.bootstrap import load_capabilities
from wardround.capabilities.radiology import load_reader
from wardround.capabilities.radiology.measured import image_of, read_part
from wardround.kernel import InvalidInput

__all__ = ["data", "home"]

CODE = "233604007"
MODEL = "wardround-chest"


def table_of(folder: Path, images: np.ndarray, labels: np.ndarray) -> Path:
    """Write images as another machine shows them, with what they showed."""
    rows = [f"path,{CODE}"]
    for place, (image, label) in enumerate(zip(images, labels, strict=True)):
        bent = np.round(255 * (image / 255) ** 0.6).astype(np.uint8)
        np.save(folder / f"{place}.npy", bent)
        rows.append(f"{place}.npy,{label}")
    (folder / "cut.npy").write_bytes(b"damaged")
    table = folder / "images.csv"
    table.write_text("\n".join([*rows, "cut.npy,0"]) + "\n")
    return table


@pytest.mark.requirement("RAD-06")
@pytest.mark.data
def test_what_is_learned_is_used_by_the_route_and_in_bulk(
    home: Path, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARDROUND_HOME", str(home))
    images, labels = read_part(data, "tuning")
    few = np.concatenate([np.flatnonzero(labels == one)[:30] for one in (0, 1)])
    (tmp_path / "site").mkdir()
    table = table_of(tmp_path / "site", images[few], labels[few])
    plain = load_reader()
    image = image_of(images[0])
    before = load_capabilities(home=home, only="radiology")["radiology"]

    told = said("recalibrate", MODEL, str(table), "--share", "0.1", "--by", "mei")
    assert "log-odds shifted by" in told
    assert "share declared 0.100" in told
    assert "Coverage is not promised" in told
    assert "1 left out: " in told
    assert "site-" in said("show", MODEL)
    again = said("recalibrate", MODEL, str(table), "--share", "0.1", "--by", "mei")
    assert again.splitlines()[0] == told.splitlines()[0]

    (kept,) = (home / "models" / "sites").glob("*/site.json")
    site = json.loads(kept.read_text())
    line = {"id": "1", "path": str(tmp_path / "0.npy")}
    np.save(tmp_path / "0.npy", images[0])
    after = load_capabilities(home=home, only="radiology")["radiology"]
    shifted = after.batch(line)["findings"][0]["probability"]
    odds = plain.read(image).odds + site["offset"] + np.log(0.1 / 0.9)
    assert shifted == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-5)
    assert before.batch(line)["findings"][0]["probability"] == pytest.approx(
        plain.read(image).findings[0].probability, abs=1e-5
    )

    kept.write_text(kept.read_text().replace(site["model"], "0" * 64))
    with pytest.raises(InvalidInput, match="another model"):
        load_capabilities(home=home, only="radiology")
    kept.write_text("{}")
    with pytest.raises(InvalidInput, match="damaged"):
        load_capabilities(home=home, only="radiology")


@pytest.mark.requirement("RAD-06")
def test_what_cannot_be_learned_from_is_refused(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "images.csv"
    table.write_text(f"path,{CODE}\nnone.npy,1\n")
    assert "Too few cases" in said("recalibrate", MODEL, str(table), "--by", "mei", code=1)
    assert "lies between 0 and 1" in said(
        "recalibrate", MODEL, str(table), "--share", "1.2", "--by", "mei", code=1
    )
    assert "Only the shipped model" in said(
        "recalibrate", "news2", str(table), "--by", "mei", code=1
    )
    table.write_text("path,other\na.npy,1\n")
    assert "no images with findings" in said(
        "recalibrate", MODEL, str(table), "--by", "mei", code=1
    )
    assert not (home / "models" / "sites").exists()
