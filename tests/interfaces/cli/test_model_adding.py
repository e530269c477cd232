"""``wardround models add``, and measuring what was added on images."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.house.sources import ROOT
from tests.interfaces.cli.test_models import home, said

__all__ = ["home"]


@pytest.fixture
def given(tmp_path: Path) -> Path:
    spec = importlib.util.spec_from_file_location("made", ROOT / "docs/examples/vision_model.py")
    assert spec is not None
    assert spec.loader is not None
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.main(tmp_path)
    return tmp_path


@pytest.mark.requirement("VIS-07", "VIS-10")
def test_a_model_is_added_and_measured(home: Path, given: Path) -> None:
    folder = given / "bright-middle"
    told = said("add", str(folder), "--by", "noah")
    assert "bright-middle 1, sha256 " in told
    assert "It is off. Next:" in told
    again = said("add", str(folder), "--by", "noah")
    assert told.splitlines()[0] == again.splitlines()[0]
    (given / "images" / "7.npy").write_bytes(b"damaged")
    table = given / "images" / "findings.csv"
    measured = said("validate", "bright-middle", str(table), "--by", "noah")
    assert "bright-middle: 119 images, 59 with the finding: auroc 0." in measured
    assert "1 left out: " in measured
    assert "measured" in said("show", "bright-middle")
    assert "no such person" in said("add", str(folder), "--by", "nobody", code=1)
    assert "no card.yaml" in said("add", str(_without_card(folder)), "--by", "noah", code=1)


def _without_card(folder: Path) -> Path:
    (folder / "card.yaml").unlink()
    return folder
