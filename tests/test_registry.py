"""The registry put to work: what comes with Wardround, a trained folder, and the route."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import skops.io

from tests.engines.tabular.test_tabular import spec, table
from tests.governance.registry.made import PLAN, QUINN, RAY
from tests.keyed import keyed
from wardround.bootstrap import digest_of, file_of, keep_models, measure, register_folder
from wardround.capabilities.risk import SCORES, load_risk
from wardround.database import Database
from wardround.engines.tabular import train
from wardround.governance.registry import Registry
from wardround.kernel import (
    Conflict,
    InvalidInput,
    NotAllowed,
    Stage,
    Unavailable,
    WardroundError,
    system_clock,
)

ROOMS = {"risk": load_risk()}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = keyed(f"sqlite:///{tmp_path / 'wardround.db'}", tmp_path)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as training writes it."""
    folder = tmp_path_factory.mktemp("trained") / "invented"
    folder.mkdir()
    digest = train(spec(), table()).model.save(folder / "model.skops")
    (folder / "spec.yaml").write_text("name: invented\n")
    (folder / "card.yaml").write_text(f"name: invented\nversion: '1'\ndigest: {digest}\n")
    (folder / "training.json").write_text(
        '{"wardround": "1.2", "data": {"ours.csv": "%s"}}' % ("cd" * 32)
    )
    (folder / "report.html").write_text("<!doctype html><title>Report</title>")
    return folder


@pytest.fixture
def folder(trained: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained, tmp_path / "made" / "invented"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def written(path: Path, rows: int = 400) -> Path:
    found = table(rows, seed=5)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(found)
        writer.writerows(zip(*found.values(), strict=True))
    return path


def registry_of(tx: object, home: Path) -> Registry:
    return Registry(tx, lambda one: digest_of(home, one))  # type: ignore[arg-type]


def test_what_comes_with_wardround(database: Database, home: Path) -> None:
    switches = keep_models(database, home, ROOMS, system_clock)
    with database.read() as tx:
        found = {one.name: one for one in registry_of(tx, home).stages()}
        assert all(digest_of(home, one) == one.digest for one in found.values())
        assert all(file_of(home, one).exists() for one in found.values())
    assert found.keys() > SCORES.keys()
    for score in SCORES.values():
        one = found[score.name]
        assert (one.version, one.device) == (score.version, score.time_critical)
        assert one.stage is (Stage.OFF if score.time_critical else Stage.LIVE)
        assert switches.of("risk", one.model).stage is one.stage
    learned = [one for one in found.values() if one.learned]
    assert len(learned) == 3
    assert {one.stage for one in learned} == {Stage.OFF}


def test_starting_again_changes_nothing(database: Database, home: Path) -> None:
    keep_models(database, home, ROOMS, system_clock)
    with database.begin() as tx:
        registry = registry_of(tx, home)
        before = registry.stages()
        one = registry.version("ckd-epi")
        registry.switch(one.id, Stage.OFF, "We use another.", QUINN)
    keep_models(database, home, ROOMS, system_clock)
    with database.read() as tx:
        after = registry_of(tx, home).stages()
        assert {one.id for one in after} == {one.id for one in before}
        assert registry_of(tx, home).version("ckd-epi").stage is Stage.OFF


def test_a_folder_is_registered(database: Database, home: Path, folder: Path) -> None:
    with database.begin() as tx:
        made = register_folder(registry_of(tx, home), home, folder, RAY)
    with database.read() as tx:
        registry = registry_of(tx, home)
        [one] = registry.stages()
        kept = {file.name: file for file in registry.files("invented")}
        report = registry.content("invented", kept["report.html"].id)[1]
    assert one == made
    assert (one.stage, one.learned, one.code) == (Stage.OFF, True, "Wardround 1.2")
    assert [source.sha256 for source in one.data] == ["cd" * 32]
    assert kept.keys() == {"card.yaml", "spec.yaml", "training.json", "report.html"}
    assert report == (folder / "report.html").read_bytes()
    assert sha256(file_of(home, one).read_bytes()).hexdigest() == one.digest
    with pytest.raises(Conflict, match="registered already"), database.begin() as tx:
        register_folder(registry_of(tx, home), home, folder, RAY)


def changed(folder: Path) -> None:
    file = folder / "model.skops"
    file.write_bytes(file.read_bytes() + b"x")


def unsafe(folder: Path) -> None:
    from sklearn.linear_model import LinearRegression

    data = skops.io.dumps({"spec": LinearRegression()})
    (folder / "model.skops").write_bytes(data)
    said = f"name: invented\nversion: '1'\ndigest: {sha256(data).hexdigest()}\n"
    (folder / "card.yaml").write_text(said)


def unnamed(folder: Path) -> None:
    card = folder / "card.yaml"
    card.write_text(card.read_text().replace("version: '1'", "version: '2'"))


def linked(folder: Path) -> None:
    (folder / "more.json").symlink_to("/etc/hostname")


def planned(folder: Path) -> None:
    (folder / "pccp.yaml").write_text(PLAN)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (changed, "not the one that its card describes"),
        (unsafe, "not a model of ours"),
        (unnamed, "card is of another model"),
        (linked, "plain files alone"),
        (planned, "another model than invented"),
        (lambda folder: (folder / "spec.yaml").unlink(), "no spec.yaml"),
        (lambda folder: (folder / "run.sh").write_text("ls"), "no file of a model's folder"),
        (lambda folder: (folder / "report.json").write_text("{}"), "not the figures"),
        (lambda folder: (folder / "training.json").write_text("["), "not what training writes"),
        (shutil.rmtree, "no such folder"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database: Database, home: Path, folder: Path, how: object, why: str
) -> None:
    how(folder)  # type: ignore[operator]
    with pytest.raises(WardroundError, match=why), database.begin() as tx:
        register_folder(registry_of(tx, home), home, folder, RAY)
    with database.read() as tx:
        assert registry_of(tx, home).stages() == []
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_full_disk_leaves_nothing(
    database: Database, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("This file cannot be written: No space left on device.")

    monkeypatch.setattr("wardround.bootstrap.registering.appearing", full)
    with pytest.raises(Unavailable, match="No space left"), database.begin() as tx:
        register_folder(registry_of(tx, home), home, folder, RAY)
    with database.read() as tx:
        assert registry_of(tx, home).stages() == []


KILLED = """
import os, sys
from pathlib import Path
from tests.governance.registry.made import RAY
from tests.test_registry import registry_of
from wardround.bootstrap import registering
from wardround.database import Database
from wardround.security import KeyFile, Vault

home, folder, url = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
database = Database(url, Vault(KeyFile(Path(sys.argv[4]))))
with database.begin() as tx:
    registering.register_folder(registry_of(tx, home), home, folder, RAY)
    os.kill(os.getpid(), 9)
"""


def test_killed_before_it_was_kept(
    database: Database, home: Path, folder: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'wardround.db'}"
    key = str(tmp_path / "master.key")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(home), str(folder), url, key],
        check=False,
        capture_output=True,
    )
    assert done.returncode == -9, done.stderr.decode()
    with database.read() as tx:
        assert registry_of(tx, home).stages() == []
    with database.begin() as tx:
        made = register_folder(registry_of(tx, home), home, folder, RAY)
        assert digest_of(home, made) == made.digest


OURS = "Used as a device; the chief medical officer answers for it."


def test_from_a_folder_to_live(
    database: Database, home: Path, folder: Path, tmp_path: Path
) -> None:
    with database.begin() as tx:
        registry = registry_of(tx, home)
        one = register_folder(registry, home, folder, RAY)
        registry.approve(one, "Read its report.", QUINN)
        with pytest.raises(NotAllowed, match="validation at this site"):
            registry.switch(one.id, Stage.LIVE, "We want it.", QUINN, statement=OURS)
        held = written(tmp_path / "held.csv")
        found = measure(registry, home, one, held, RAY)
        assert found.n == 400
        assert found.overall["auroc"].value > 0.7
        [kept] = [file for file in registry.files("invented") if file.data_sha256]
        assert kept.data_sha256 == sha256(held.read_bytes()).hexdigest()
        with pytest.raises(NotAllowed, match="device function"):
            registry.switch(one.id, Stage.LIVE, "It holds here.", QUINN)
        assert registry.switch(one.id, Stage.LIVE, "It holds here.", QUINN, statement=OURS).is_on
        file_of(home, one).write_bytes(b"something else")
        registry.switch(one.id, Stage.OFF, "Its file changed.", QUINN)
        with pytest.raises(NotAllowed, match="not the one that was registered"):
            registry.switch(one.id, Stage.SHADOW, "Again.", QUINN)
        with pytest.raises(InvalidInput, match="digest differs"):
            measure(registry, home, one, held, RAY)


def test_a_table_that_cannot_be_measured_on(
    database: Database, home: Path, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "held.csv"
    with database.begin() as tx:
        registry = registry_of(tx, home)
        one = register_folder(registry, home, folder, RAY)
        for content, why in (
            (b"", "no table with rows"),
            (b"\xff\xfe", "no table with rows"),
            (b"a,b\n1,2\n", "lacks the outcome"),
            (b"a,died\n1,\n", "outcome is not known"),
        ):
            file.write_bytes(content)
            with pytest.raises(InvalidInput, match=why):
                measure(registry, home, one, file, RAY)


@pytest.mark.data
def test_the_shipped_plan_is_met_by_its_model(
    database: Database, home: Path, tmp_path: Path
) -> None:
    made = tmp_path / "test-set.csv"
    data = os.environ["WARDROUND_DATA"]
    script = [sys.executable, "scripts/pccp_test_set.py", data, str(made)]
    subprocess.run(script, check=True, capture_output=True)
    keep_models(database, home, ROOMS, system_clock)
    with database.begin() as tx:
        registry = registry_of(tx, home)
        planned = registry.planned("support2-hospital-death")
        assert planned is not None
        one, plan = planned
        found = measure(registry, home, one, made, RAY)
        [kept] = [file for file in registry.files(one.name) if file.data_sha256]
    assert kept.data_sha256 == plan.test_set.sha256
    for metric, bound in plan.thresholds.items():
        assert bound.holds(found.overall[metric].value), metric
