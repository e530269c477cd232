"""A model of images is added whole, or nothing of it is there."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines.vision.made import classifier, folder, said
from tests.governance.registry.made import QUINN, RAY
from tests.keyed import keyed
from tests.test_registry import registry_of
from wardround.bootstrap import add_model, digest_of, measure, opened_model
from wardround.database import Database
from wardround.governance.registry import Registry
from wardround.kernel import Conflict, InvalidInput, NotAllowed, Stage, WardroundError

CARD = "name: made\nversion: '1'\n"


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


def made(where: Path, card: str = CARD, **changed: Any) -> Path:
    one = folder(where, **changed)
    (one / "card.yaml").write_text(card)
    return one


@pytest.fixture
def given(tmp_path: Path) -> Path:
    return made(tmp_path / "given")


def files(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def stages(database: Database, home: Path) -> list[Any]:
    with database.read() as tx:
        return registry_of(tx, home).stages()


@pytest.mark.requirement("VIS-07")
def test_a_folder_is_added_and_is_off(database: Database, home: Path, given: Path) -> None:
    (given / "report.html").write_text("<!doctype html><title>Report</title>")
    (given / "README.md").write_text("# Made")
    with database.begin() as tx:
        one, remarks = add_model(registry_of(tx, home), home, given, RAY, code="4f2a91")
    assert (one.capability, one.stage, one.learned, one.device) == (
        "radiology",
        Stage.OFF,
        True,
        True,
    )
    assert remarks == ()
    assert one.title == "Pneumonia"
    place = home / "models" / one.digest
    assert files(home) == [f"models/{one.digest}/manifest.yaml", f"models/{one.digest}/model.onnx"]
    assert opened_model(place, one.digest).digest == one.digest
    assert digest_of(home, one) == one.digest
    with database.read() as tx:
        kept = {file.name: file.kind for file in registry_of(tx, home).files("made")}
    assert kept == {
        "manifest.yaml": "spec",
        "card.yaml": "card",
        "report.html": "report",
        "README.md": "report",
    }


@pytest.mark.requirement("VIS-02")
@pytest.mark.parametrize("name", ["model.onnx", "manifest.yaml"])
def test_a_copy_that_was_changed_is_neither_opened_nor_switched_on(
    database: Database, home: Path, given: Path, name: str
) -> None:
    with database.begin() as tx:
        one, _ = add_model(registry_of(tx, home), home, given, RAY)
    file = home / "models" / one.digest / name
    file.write_bytes(file.read_bytes() + b"\n")
    assert digest_of(home, one) == ""
    with pytest.raises(InvalidInput, match="digest differs"):
        opened_model(file.parent, one.digest)
    with pytest.raises(NotAllowed, match="not the one that was"), database.begin() as tx:
        registry_of(tx, home).switch(one.id, Stage.SHADOW, "Watch it.", QUINN)
    with database.begin() as tx:  # the same folder again mends it
        again, _ = add_model(registry_of(tx, home), home, given, QUINN)
    assert again == one
    assert digest_of(home, one) == one.digest
    with database.begin() as tx:
        assert registry_of(tx, home).switch(one.id, Stage.SHADOW, "Watch it.", QUINN)


@pytest.mark.requirement("VIS-07")
def test_the_same_again_changes_nothing(database: Database, home: Path, given: Path) -> None:
    for _ in range(2):
        with database.begin() as tx:
            one, _ = add_model(registry_of(tx, home), home, given, RAY)
    assert stages(database, home) == [one]


@pytest.mark.requirement("VIS-07")
def test_the_same_version_of_another_model_is_refused(
    database: Database, home: Path, given: Path, tmp_path: Path
) -> None:
    with database.begin() as tx:
        one, _ = add_model(registry_of(tx, home), home, given, RAY)
    other = made(tmp_path / "other", files={"model.onnx": classifier(bias=1.0)})
    before = files(home)
    with pytest.raises(Conflict, match="registered with another file"), database.begin() as tx:
        add_model(registry_of(tx, home), home, other, RAY)
    assert (stages(database, home), files(home)) == ([one], before)
    second = made(tmp_path / "second", CARD.replace("1", "2"), version="2")
    with database.begin() as tx:
        add_model(registry_of(tx, home), home, second, RAY)
    assert [each.version for each in stages(database, home)] == ["1", "2"]


def linked(given: Path) -> None:
    (given / "report.html").symlink_to("/etc/hostname")


def link_of_model(given: Path) -> None:
    shutil.move(given / "model.onnx", given.parent / "elsewhere.onnx")
    (given / "model.onnx").symlink_to(given.parent / "elsewhere.onnx")


def broken(data: bytes) -> Callable[[Path], None]:
    def how(given: Path) -> None:
        shutil.rmtree(given)
        made(given, files={"model.onnx": data})

    return how


def nan(given: Path) -> None:
    shutil.rmtree(given)
    made(given, files={"model.onnx": classifier(bias=float("nan"))})


def unlike(given: Path) -> None:
    shutil.rmtree(given)
    outputs = [{"name": "score", "codes": said()["outputs"][0]["codes"]}]
    made(given, files={"model.onnx": classifier(bias=9.0)}, outputs=outputs)


@pytest.mark.requirement("VIS-07")
@pytest.mark.parametrize(
    ("how", "why"),
    [
        (shutil.rmtree, "no such folder"),
        (lambda given: (given / "manifest.yaml").unlink(), r"no manifest\.yaml"),
        (lambda given: (given / "card.yaml").unlink(), r"no card\.yaml"),
        (lambda given: (given / "model.onnx").unlink(), "is not there"),
        (lambda given: (given / "card.yaml").write_text("name: other\nversion: '1'\n"), "another"),
        (
            lambda given: (given / "card.yaml").write_text(f"{CARD}digest: {'a' * 64}\n"),
            r"card\.yaml: .*digest differs",
        ),
        (lambda given: (given / "model.onnx").write_bytes(b"x"), r"model\.onnx: .*digest differs"),
        (lambda given: (given / "run.sh").write_text("ls"), "no file of a model's folder"),
        (lambda given: (given / "ops.so").write_bytes(b"\x7fELF"), "no file of a model's folder"),
        (lambda given: (given / "more").mkdir(), "no file of a model's folder"),
        (lambda given: (given / "more.json").mkdir(), "plain files alone"),
        (lambda given: (given / "report.json").write_text("{}"), "not the figures"),
        (linked, "plain files alone"),
        (link_of_model, "plain files alone"),
        (broken(b"garbage"), "no ONNX file"),
        (broken(classifier(size=(4, 4))), "declares"),
        (nan, "tried on a plain image. The output holds a value that is no number"),
        (unlike, "lies outside 0 to 1"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database: Database, home: Path, given: Path, how: Callable[[Path], object], why: str
) -> None:
    how(given)
    with pytest.raises(WardroundError, match=why), database.begin() as tx:
        add_model(registry_of(tx, home), home, given, RAY)
    assert (stages(database, home), files(home)) == ([], [])


@pytest.mark.requirement("VIS-07")
def test_a_registry_that_fails_leaves_no_folder(
    database: Database, home: Path, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Registry, "add", full)
    with pytest.raises(WardroundError, match="No space left"), database.begin() as tx:
        add_model(registry_of(tx, home), home, given, RAY)
    assert (stages(database, home), files(home)) == ([], [])


def test_a_model_of_slides_is_pathologys(database: Database, home: Path, tmp_path: Path) -> None:
    from tests.engines.vision.test_slides import made as slides

    one = slides(tmp_path / "slides")
    (one / "card.yaml").write_text(CARD)
    with database.begin() as tx:
        added, _ = add_model(registry_of(tx, home), home, one, RAY)
    assert added.capability == "pathology"


def test_it_is_not_measured_on_a_table(
    database: Database, home: Path, given: Path, tmp_path: Path
) -> None:
    with database.begin() as tx:
        one, _ = add_model(registry_of(tx, home), home, given, RAY)
        with pytest.raises(InvalidInput, match="measured on images"):
            measure(registry_of(tx, home), home, one, tmp_path / "table.csv", RAY)
