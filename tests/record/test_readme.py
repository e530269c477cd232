import re
from pathlib import Path

import wardround.record
from tests.record.killed import written
from wardround.database import Database

README = Path(wardround.record.__file__).with_name("README.md")


def test_the_example_runs(database: Database, tmp_path: Path) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    names = {name: getattr(wardround.record, name) for name in wardround.record.__all__}
    synthea = tmp_path / "synthea"
    synthea.mkdir()
    written(synthea, 1)
    exec(example, names | {"database": database, "folder": tmp_path, "synthea": synthea})


def test_every_file_is_told_of() -> None:
    files = {path.name for path in README.parent.glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"`(\w+\.py)`", README.read_text())) == files
