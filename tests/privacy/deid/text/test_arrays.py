from pathlib import Path
from typing import Any

import numpy as np

from wardround.privacy.deid.text.arrays import read_arrays


def test_arrays_are_read_as_numpy_wrote_them(tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    written: dict[str, Any] = {
        "letters": np.frombuffer("añb".encode(), dtype=np.uint8),
        "weights": np.array([[1, -2], [3, 32_000]], dtype=np.int16),
        "scale": np.float64(0.1),
        "bias": np.array([0.1, -7.5], dtype=np.float32),
    }
    np.savez_compressed(path, **written)
    read = read_arrays(path)
    assert {name: values.tolist() for name, values in read.items()} == {
        name: np.ravel(values).tolist() for name, values in written.items()
    }
