from pathlib import Path

import pytest

from wardround.privacy.deid.evaluation.halves import PARTS, Halves, known

WORDS = [f"{name} {number}" for name in ("Grace", "Hope") for number in range(40)]
HALVES = [
    Halves(Path(), salt=salt, even=even, cased=cased)
    for salt in ("", "some ")
    for even in PARTS
    for cased in (False, True)
]


@pytest.mark.parametrize("halves", HALVES)
def test_each_entry_is_of_one_part(halves: Halves) -> None:
    dev, test = (halves.half(WORDS, part) for part in PARTS)
    assert min(len(dev), len(test)) > 25
    assert sorted(dev + test) == sorted(WORDS)
    assert [word for word in WORDS if word in dev] == list(dev)


@pytest.mark.parametrize("halves", HALVES)
def test_of_a_short_list_each_part_gets_as_much(halves: Halves) -> None:
    dev, test = (halves.every_other(["Ada", "Bo", "Cy", "Di"], part) for part in PARTS)
    assert len(dev) == len(test) == 2
    assert not set(dev) & set(test)


def test_an_entry_never_changes_its_part() -> None:
    assert [Halves(Path()).part_of(word) for word in ("Ada", "Bo", "Cy", "Di")] == [
        "test",
        "test",
        "test",
        "dev",
    ]
    assert [Halves(Path(), even="test").part_of(word) for word in ("Ada", "Bo")] != ["test", "test"]


def test_words_in_capitals_go_with_the_same_words() -> None:
    plain, cased = Halves(Path()), Halves(Path(), cased=True)
    assert all(plain.part_of(word) == plain.part_of(word.upper()) for word in WORDS)
    assert any(cased.part_of(word) != cased.part_of(word.upper()) for word in WORDS)


def test_only_its_two_parts_are_known() -> None:
    with pytest.raises(ValueError, match="dev, test"):
        known("train")
