"""Names that are spelled, letter by letter."""

import pytest

from wardround.privacy.deid.text.lettered import find_lettered
from wardround.privacy.deid.text.lexicon import load_lexicon
from wardround.privacy.deid.text.reading import Reading


def found(text: str) -> list[str]:
    reading = Reading(text, load_lexicon())
    return [text[find.start : find.end] for find in find_lettered(reading, load_lexicon())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Last name N-E-L-S-O-N, please.", ["N-E-L-S-O-N"]),
        ("it is spelled k o v a l, he said", ["k o v a l"]),
        ("K, A, R, I is how you spell it", ["K, A, R, I"]),
        ("She spelled D-L-R-O-W slowly.", []),
        ("World backwards: W-O-R-L-D.", []),
        ("Hepatitis A, B, C ruled out.", []),
    ],
)
def test_what_is_spelled_is_a_name_where_something_says_so(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_name_of_the_text_that_is_spelled_needs_no_word_for_it() -> None:
    assert found("Oksanya came. O-K-S-A-N-Y-A.") == ["O-K-S-A-N-Y-A"]
