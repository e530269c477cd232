"""An added model of images is measured on a site's own images before it is used."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tests.capabilities.radiology.studies import radiograph
from tests.engines.vision.made import classifier, folder
from tests.governance.registry.made import QUINN, RAY
from tests.keyed import keyed
from tests.test_registry import registry_of
from wardround.bootstrap import add_model, is_of_images, measure_images
from wardround.database import Database
from wardround.governance.registry import Registered
from wardround.kernel import InvalidInput, NotAllowed, Stage

CODE = "233604007"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = keyed(f"sqlite:///{tmp_path / 'wardround.db'}", tmp_path)
    yield database
    database.dispose()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def model(database: Database, home: Path, tmp_path: Path) -> Registered:
    steps = [{"window": [0, 1]}, {"resize": {"size": [8, 8]}}]
    given = folder(
        tmp_path / "given",
        {"model.onnx": classifier(weight=np.full(64, 20 / 64), bias=-10.0)},
        input={"modality": ["DX"], "body_part": [], "size": [8, 8], "steps": steps},
    )
    (given / "card.yaml").write_text("name: made\nversion: '1'\n")
    with database.begin() as tx:
        return add_model(registry_of(tx, home), home, given, RAY)[0]


def images(where: Path, count: int = 120) -> tuple[Path, list[int], list[float]]:
    """Images whose brightness tells, not surely, what is on them."""
    where.mkdir()
    chance = np.random.default_rng(3)
    happened = [int(one) for one in chance.integers(0, 2, count)]
    bright = [
        float(np.clip(0.5 + 0.08 * chance.normal() + 0.1 * (y - 0.5), 0, 1)) for y in happened
    ]
    with (where / "ours.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", CODE, "group:site"])
        for at, (y, level) in enumerate(zip(happened, bright, strict=True)):
            np.save(where / f"{at}.npy", np.full((16, 16), level))
            writer.writerow([f"{at}.npy", y, "north" if at % 2 else "south"])
    return where / "ours.csv", happened, bright


@pytest.mark.requirement("VIS-10")
def test_its_figures_are_kept_and_open_the_gate(
    database: Database, home: Path, model: Registered, tmp_path: Path
) -> None:
    table, happened, bright = images(tmp_path / "ours")
    said: dict[str, Any] = {"statement": "Used as a device; the medical officer answers for it."}
    assert is_of_images(model)
    with database.begin() as tx:
        registry_of(tx, home).approve(model, "Looked at its images.", QUINN)
    with pytest.raises(NotAllowed, match="validation at this site"), database.begin() as tx:
        registry_of(tx, home).switch(model.id, Stage.LIVE, "Try it.", QUINN, **said)
    with database.begin() as tx:
        out = measure_images(registry_of(tx, home), home, model, table, RAY)
    found = out.found[CODE]
    assert found.n == 120
    assert found.events == sum(happened)
    assert found.overall["auroc"].value == pytest.approx(roc_auc_score(happened, bright))
    assert not out.left_out
    with database.begin() as tx:
        assert registry_of(tx, home).switch(model.id, Stage.LIVE, "Try it.", QUINN, **said)


@pytest.mark.requirement("VIS-10")
def test_images_that_cannot_be_read_are_left_out_and_counted(
    database: Database, home: Path, model: Registered, tmp_path: Path
) -> None:
    table, happened, _ = images(tmp_path / "ours")
    (table.parent / "3.npy").write_bytes(b"no image")
    (table.parent / "4.npy").unlink()
    with database.begin() as tx:
        out = measure_images(registry_of(tx, home), home, model, table, RAY)
    assert out.found[CODE].n == 118
    assert out.found[CODE].events == sum(happened) - happened[3] - happened[4]
    assert out.left_out.total() == 2


@pytest.mark.requirement("VIS-10")
def test_what_would_not_be_read_in_use_is_not_measured(
    database: Database, home: Path, model: Registered, tmp_path: Path
) -> None:
    table, _, _ = images(tmp_path / "ours")
    for name, file in (("3.npy", {"Modality": "CT"}), ("4.npy", {"Modality": ""}), ("5.npy", {})):
        (table.parent / name).write_bytes(radiograph(**file))  # told by content, not by name
    with database.begin() as tx:
        out = measure_images(registry_of(tx, home), home, model, table, RAY)
    assert dict(out.left_out) == {"By its file, the model is not for it: modality.": 2}
    assert out.found[CODE].n == 118


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("path\n1.npy\n", "no images with findings"),
        (f"{CODE}\n1\n", "no images with findings"),
        ("", "no images with findings"),
        (f"path,{CODE}\n1.npy,yes\n", r"line 2: .*neither 0 nor 1"),
        (f"path,{CODE}\n1.npy\n", r"line 2: .*neither 0 nor 1"),
    ],
)
def test_a_table_that_says_nothing_is_refused(
    database: Database, home: Path, model: Registered, tmp_path: Path, text: str, why: str
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text)
    with pytest.raises(InvalidInput, match=why), database.begin() as tx:
        measure_images(registry_of(tx, home), home, model, table, RAY)


def test_an_image_that_the_model_is_not_for_is_left_out(tmp_path: Path) -> None:
    from wardround.bootstrap.measuring import MeasuredImages, _unfit
    from wardround.engines.images import read_image
    from wardround.engines.vision import load_model

    model = load_model(folder(tmp_path / "m"))
    out = MeasuredImages()
    np.save(tmp_path / "research.npy", np.ones((16, 16)))
    assert not _unfit(model, read_image(tmp_path / "research.npy"), out)
    assert not _unfit(model, read_image(radiograph()), out)
    for file in ({"Modality": "CT"}, {"BodyPartExamined": "HAND"}, {"BodyPartExamined": ""}):
        assert _unfit(model, read_image(radiograph(**file)), out)
    assert sorted(out.left_out.elements()) == [
        "By its file, the model is not for it: body part.",
        "By its file, the model is not for it: body part.",
        "By its file, the model is not for it: modality.",
    ]
