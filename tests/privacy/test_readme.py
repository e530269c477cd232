import re
from pathlib import Path

import wardround.privacy

README = Path(wardround.privacy.__file__).with_name("README.md")


def test_the_examples_run() -> None:
    examples = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        exec(example, {})
