"""The package that is built holds all it needs and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, ROOT, named, tracked

VENDOR = "src/wardround/interfaces/web/static/vendor/htmx.min.js"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    if not (ROOT / VENDOR).is_file():
        pytest.skip("the front-end packages are not fetched; run make test")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_a_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    ours = {
        name.removeprefix("src/")
        for name in map(named, tracked())
        if Path(name).is_relative_to(PACKAGE.relative_to(ROOT))
    }
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    fetched = {name for name in held - ours if "/static/vendor/" in name}
    assert "wardround/interfaces/web/static/vendor/htmx.min.js" in fetched
    assert held - fetched == ours


def test_a_wheel_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel.namelist())
