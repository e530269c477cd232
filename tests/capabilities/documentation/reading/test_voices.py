"""Who seems to be speaking."""

import pytest

from wardround.capabilities.documentation.model import Transcript, Turn
from wardround.capabilities.documentation.reading.voices import look_swapped

TALK = [
    ("a", "What brings you in today?"),
    ("b", "My knee. I was running and I felt it go."),
    ("a", "How long has it been hurting? Have you tried anything?"),
    ("b", "I took some ibuprofen, my wife gave me it. I can't sleep."),
    ("a", "Any numbness? Let me have a look. I'm going to order an x-ray."),
    ("b", "Thank you, doctor. I feel better already."),
]


def visit(a: str, b: str) -> Transcript:
    names = {"a": a, "b": b}
    return Transcript(turns=tuple(Turn(speaker=names[who], source=text) for who, text in TALK))


@pytest.mark.requirement("DOC-09")
def test_swapped_tags_are_seen() -> None:
    assert look_swapped(visit("patient", "doctor"))


def test_right_tags_are_left_alone() -> None:
    assert not look_swapped(visit("doctor", "patient"))


def test_other_speakers_are_left_alone() -> None:
    assert not look_swapped(visit("nurse", "guest"))
    assert not look_swapped(Transcript())
