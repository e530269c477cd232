"""Windows against pydicom's own, for windows and values drawn at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.pixels.processing import apply_windowing

from tests.engines.images.files import dataset, written
from wardround.engines.images import read_image

VALUES = np.arange(4096, dtype="<u2").reshape(64, 64)


@pytest.mark.requirement("IMG-02")
@given(
    center=st.integers(-500, 5000),
    width=st.integers(2, 6000),
    function=st.sampled_from(["LINEAR", "LINEAR_EXACT", "SIGMOID"]),
    intercept=st.sampled_from([0, -1024]),
)
def test_a_window_is_what_pydicom_makes_of_it(
    center: int, width: int, function: str, intercept: int
) -> None:
    made = dataset(VALUES, BitsStored=12, HighBit=11)
    made.WindowCenter, made.WindowWidth, made.VOILUTFunction = center, width, function
    made.RescaleIntercept, made.RescaleSlope = intercept, 1
    low, high = float(intercept), 4095.0 + intercept
    theirs = (apply_windowing(VALUES.astype(float) + intercept, made) - low) / (high - low)
    assert np.allclose(read_image(written(made)).grey(), theirs, atol=1e-4)
