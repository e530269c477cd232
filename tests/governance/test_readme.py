import re
from pathlib import Path

import wardround.governance

README = Path(wardround.governance.__file__).with_name("README.md")


def test_the_example_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    exec(example, {})


def test_every_file_is_told_of() -> None:
    files = {path.name for path in README.parent.rglob("*.py")} - {"__init__.py"}
    told = set(re.findall(r"`(?:\w+/)?(\w+\.py)`", README.read_text()))
    assert told - {"measure_monitoring.py"} == files
