import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SKIPS = {
    "in a test": "import pytest\ndef test_it():\n    pytest.skip('no service')\n",
    "by a mark": (
        "import pytest\n@pytest.mark.skip(reason='no service')\ndef test_it():\n    pass\n"
    ),
    "in a fixture": (
        "import pytest\n@pytest.fixture\ndef it():\n    pytest.skip('no service')\n"
        "def test_it(it):\n    pass\n"
    ),
    "of a module": "import pytest\npytest.skip('no service', allow_module_level=True)\n",
}
PASSES = (
    "import pytest\ndef test_it():\n    pass\n"
    "@pytest.mark.xfail(strict=True)\ndef test_known():\n    assert False\n"
)


def run(folder: Path, text: str, no_skips: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    plugin = ["-p", "tests.house.no_skips", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, "-c", folder / "pytest.ini", folder],
        check=False,
        cwd=ROOT,
        env=os.environ | {"WARDROUND_NO_SKIPS": no_skips, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("where", SKIPS)
def test_a_skip_fails_where_none_is_allowed(tmp_path: Path, where: str) -> None:
    done = run(tmp_path, SKIPS[where], "1")
    assert done.returncode != 0, done.stdout
    assert "no service" in done.stdout
    assert "Nothing may be skipped" in done.stdout
    assert "1 skipped" in run(tmp_path, SKIPS[where], "").stdout


def test_what_passes_still_passes(tmp_path: Path) -> None:
    done = run(tmp_path, PASSES, "1")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 xfailed" in done.stdout
