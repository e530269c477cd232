"""Published data for the tests of FHIR without PHI."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder that holds the published data sets; ``WARDROUND_DATA`` names it."""
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    return Path(os.environ["WARDROUND_DATA"])
