"""Agreement counts what it says it counts."""

import numpy as np

from wardround.capabilities.pathology.nuclei.matching import agree


def marked() -> np.ndarray:
    labels = np.zeros((60, 60), np.int32)
    labels[5:15, 5:15] = 3
    labels[5:15, 15:25] = 7
    labels[40:50, 40:50] = 9
    return labels


def test_the_same_agrees_wholly() -> None:
    same = agree(marked(), marked())
    assert (same.dice, same.f1, same.count_error, same.matched) == (1.0, 1.0, 0.0, 3)
    assert (same.merged, same.split, same.missed, same.false) == (0, 0, 0, 0)


def test_two_taken_for_one_are_merged() -> None:
    found = marked()
    found[found == 7] = 3
    told = agree(found, marked())
    assert (told.merged, told.matched, told.found) == (2, 1, 2)


def test_one_taken_for_two_is_split() -> None:
    found = marked()
    found[45:50, 40:50] = 11
    told = agree(found, marked())
    assert (told.split, told.found, told.missed) == (1, 4, 0)


def test_missed_and_false_are_told() -> None:
    found = marked()
    found[found == 9] = 0
    found[20:30, 50:60] = 4
    told = agree(found, marked())
    assert (told.missed, told.false) == (1, 1)


def test_nothing_where_nothing_is_agrees() -> None:
    none = np.zeros((60, 60), np.int32)
    assert (agree(none, none).f1, agree(none, none).dice) == (1.0, 1.0)
    assert agree(none, marked()).f1 == 0.0
