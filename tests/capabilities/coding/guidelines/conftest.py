"""The Tabular List, read once for all tests of the guidelines."""

import pytest

from tests.capabilities.coding.guidelines.standin import load
from wardround.capabilities.coding.guidelines.model import Tabular


@pytest.fixture(scope="session")
def tabular() -> Tabular:
    return load()
