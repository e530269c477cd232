import re
from pathlib import Path

import pytest

import wardround.database
from wardround.database import Database
from wardround.record import Chart
from wardround.security import KeyFile, Vault

README = Path(wardround.database.__file__).with_name("README.md")


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    names = {
        "Chart": Chart,
        "Database": Database,
        "KeyFile": KeyFile,
        "Path": Path,
        "Vault": Vault,
    }
    exec(example, names)
    database = names["database"]
    assert isinstance(database, Database)
    database.dispose()
