"""The published tiles."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of published data."""
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    return Path(os.environ["WARDROUND_DATA"])
