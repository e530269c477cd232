import re
from pathlib import Path

import wardround.privacy.cohort as room

README = Path(room.__file__).with_name("README.md")


def test_the_example_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    exec(example, {name: getattr(room, name) for name in room.__all__})


def test_every_file_is_told_of() -> None:
    files = {path.name for path in README.parent.glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"`(\w+\.py)`", README.read_text())) == files
