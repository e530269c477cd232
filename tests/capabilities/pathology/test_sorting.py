"""Pieces of eosin and of keratin are left out; nuclei of one colour never are."""

import numpy as np
import pytest

from wardround.capabilities.pathology.index import Stained
from wardround.capabilities.pathology.morphometry import RAYS, Nuclei
from wardround.capabilities.pathology.sweep.sorting import sort_out

NO_BROWN = Stained(dark=1000, brown=0, red=500)


def nuclei(red: np.ndarray, area: float = 200.0) -> Nuclei:
    one = np.ones(len(red), np.float32)
    corners = np.zeros((len(red), RAYS, 2), np.float32)
    return Nuclei(one, one, area * one, one, one, one, one, red.astype("f4"), corners)


def around(middle: float, count: int, width: float = 0.04) -> np.ndarray:
    return np.random.default_rng(int(100 * middle)).normal(middle, width, count)


@pytest.mark.requirement("PATH-12")
def test_collagen_does_not_count() -> None:
    kept, remarks = sort_out(
        nuclei(np.concatenate([around(0.65, 300), around(0.28, 200)])), 0.5, NO_BROWN
    )
    assert kept[:300].all()
    assert not kept[300:].any()
    assert remarks == ("200 pieces in the colour of eosin do not count.",)


@pytest.mark.requirement("PATH-12")
@pytest.mark.parametrize("middle", [0.25, 0.45, 0.65])
def test_nuclei_of_one_kind_all_count(middle: float) -> None:
    kept, remarks = sort_out(nuclei(around(middle, 500, 0.06)), 0.5, NO_BROWN)
    assert kept.all()
    assert remarks == ()


@pytest.mark.requirement("PATH-12", "PATH-08")
def test_with_dab_no_colour_is_left_out() -> None:
    mixed = nuclei(np.concatenate([around(0.85, 300), around(0.35, 200)]))
    kept, _ = sort_out(mixed, 0.5, Stained(dark=1000, brown=200, red=0))
    assert kept.all()


@pytest.mark.requirement("PATH-12")
def test_what_is_larger_than_a_nucleus_does_not_count() -> None:
    large = nuclei(around(0.6, 10), area=1700.0)
    kept, remarks = sort_out(large, 0.5, NO_BROWN)
    assert not kept.any()
    assert "larger than 400" in remarks[0]
    assert sort_out(large, None, NO_BROWN)[0].all()
