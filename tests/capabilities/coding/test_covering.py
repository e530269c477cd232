"""A code whose words are only a part of another's is no second illness."""

import pytest

from wardround.capabilities.coding.finding.covering import uncovered
from wardround.capabilities.coding.found import Found, Span


def found(text: str, code: str, *words: str, score: float = 0.9) -> Found:
    return Found(code, score, tuple(Span(text.index(w), text.index(w) + len(w)) for w in words))


@pytest.mark.parametrize(
    ("text", "longer", "shorter", "stays"),
    [
        ("Chronic hepatitis C, treated.", ("B18.2", "hepatitis C"), ("K75.9", "hepatitis"), False),
        ("Right knee pain.", ("M25.561", "Right knee pain"), ("M25.569", "knee pain"), False),
        (
            "Diabetes with neuropathy.",
            ("E11.40", "Diabetes with neuropathy"),
            ("E11.9", "Diabetes"),
            False,
        ),
        (
            "Hypertension with heart failure.",
            ("I11.0", "Hypertension with heart failure"),
            ("I50.9", "heart failure"),
            True,
        ),
        ("Gout. Knee pain.", ("M10.9", "Gout"), ("M25.569", "Knee pain"), True),
    ],
)
def test_what_is_within_longer_words(
    text: str, longer: tuple[str, str], shorter: tuple[str, str], stays: bool
) -> None:
    both = [found(text, *longer), found(text, *shorter)]
    assert [one.code for one in uncovered(text, both, 0.3)] == [
        longer[0],
        *([shorter[0]] if stays else []),
    ]


def test_a_place_of_its_own_keeps_a_code_and_an_unlikely_code_covers_none() -> None:
    text = "Hepatitis C. The hepatitis of his youth was another."
    own = found(text, "K75.9", "hepatitis", "Hepatitis")
    assert len(uncovered(text, [found(text, "B18.2", "Hepatitis C"), own], 0.3)) == 2
    inner = found(text, "K75.9", "Hepatitis")
    unlikely = found(text, "B18.2", "Hepatitis C", score=0.1)
    assert len(uncovered(text, [unlikely, inner], 0.3)) == 2
