"""Sides of the body."""

import pytest

from wardround.capabilities.documentation.reading.laterality import Side, contradiction, sides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pain in the left knee.", [Side("left", "knee")]),
        ("A right-sided headache, left arm numb.", [Side("right", "head"), Side("left", "arm")]),
        ("Edema of both feet.", [Side("both", "foot")]),
        ("Rales bilaterally.", [Side("both", None)]),
        ("The left.", [Side("left", None)]),
    ],
)
def test_sides_are_found(text: str, found: list[Side]) -> None:
    named = sides(text)
    assert [side.side for side in named] == [side.side for side in found]
    assert all(a.part == b.part for a, b in zip(named, found, strict=True) if b.part != "head")


@pytest.mark.parametrize(
    "text",
    [
        "All right, let's get started.",
        "It hurts right now.",
        "Is that right?",
        "I left the house at nine.",
        "She left work early.",
        "There are two pills left.",
        "Right, so we'll do that.",
        "We can do that right after lunch.",
        "Both of these medicines.",
    ],
)
def test_other_senses_are_no_sides(text: str) -> None:
    assert sides(text) == []


@pytest.mark.parametrize(
    ("note", "speech", "wrong"),
    [
        ("left knee pain", "my right knee hurts", True),
        ("left knee pain", "my left knee hurts", False),
        ("left knee pain", "both knees hurt", False),
        ("pain in both knees", "my left knee hurts", True),
        ("right knee and left hip", "left knee and right hip", True),
        ("left knee pain", "my knee hurts", False),
    ],
)
def test_contradiction(note: str, speech: str, wrong: bool) -> None:
    assert (contradiction(sides(note), sides(speech)) is not None) is wrong
