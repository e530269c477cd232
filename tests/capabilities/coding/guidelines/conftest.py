"""The Tabular List, read once for all tests of the guidelines."""

import pytest

from wardround.engines.terminology import Tabular, load_icd10cm


@pytest.fixture(scope="session")
def tabular() -> Tabular:
    return load_icd10cm()
