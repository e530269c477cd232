import re
from pathlib import Path

import pytest

import wardround.privacy

READMES = sorted(Path(wardround.privacy.__file__).parent.rglob("README.md"))
EXAMPLES = [
    pytest.param(example, id=f"{readme.parent.name}-{number}")
    for readme in READMES
    for number, example in enumerate(
        re.findall(r"^```python\n(.*?)^```$", readme.read_text(), re.MULTILINE | re.DOTALL)
    )
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_run(example: str) -> None:
    exec(example, {})
