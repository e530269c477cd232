from pathlib import Path

import pytest

from tests.governance.dossier.made import declare


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A capability that declares all that can be declared."""
    return declare(tmp_path / "sepsis")
