"""What was taken back a moment later."""

import pytest

from wardround.capabilities.documentation.model import Transcript, Turn
from wardround.capabilities.documentation.reading.corrections import replaced, withdrawn
from wardround.kernel import TextSpan


def first(*turns: tuple[str, str], end: int | None = None) -> tuple[TextSpan, Transcript]:
    said = Transcript(turns=tuple(Turn(speaker=who, source=text) for who, text in turns))
    return TextSpan(input="transcript", start=0, end=end or len(turns[0][1])), said


@pytest.mark.requirement("DOC-05")
@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("From ten to forty. No wait, twenty, not forty.", ("40", "20")),
        ("Come back in ten days, no, let's make it two weeks.", ("10", "2")),
        ("Fundal height is 28, no, let me do it again, 29 centimeters.", ("28", "29")),
        ("The right knee, sorry, the left knee.", ("right", "left")),
    ],
)
def test_in_one_turn(text: str, pair: tuple[str, str]) -> None:
    assert pair in list(replaced(*first(("doctor", text))))


@pytest.mark.requirement("DOC-05")
def test_behind_the_words_the_note_stands_on() -> None:
    text = "Go up to forty. No wait, twenty."
    assert ("40", "20") in list(replaced(*first(("doctor", text), end=15)))


def test_a_dose_scratched_by_name() -> None:
    text = "I'd go to a hundred milligrams. Scratch the hundred."
    assert ("100", "") in list(replaced(*first(("doctor", text))))


def test_a_side_that_the_patient_corrects() -> None:
    visit = first(("doctor", "He hurt his right knee."), ("patient", "Left."))
    assert list(replaced(*visit)) == [("right", "left")]


def test_a_medicine_decided_against() -> None:
    visit = first(
        ("doctor", "I'll start amoxicillin."),
        ("guest", "She had a rash with that."),
        ("doctor", "Okay, so no amoxicillin."),
    )
    assert list(withdrawn(*visit)) == ["amoxicillin"]


@pytest.mark.parametrize(
    "text",
    [
        "Saturation 97 percent, no distress, rate of 16.",
        "The rate is 68, no change. The fraction is 55 percent.",
        "Take ten milligrams, and then twenty.",
    ],
)
def test_nothing_was_taken_back(text: str) -> None:
    assert list(replaced(*first(("doctor", text)))) == []
