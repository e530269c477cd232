"""Rules as data: what a pattern of phrases means, and that the files hold what they must."""

import pytest

from wardround.engines.assertion.phrases import Phrases
from wardround.engines.assertion.rules import AXES, heading_of, load_rules


def longest(text: str, *patterns: str) -> int:
    phrases: Phrases[str] = Phrases()
    for pattern in patterns:
        phrases.add(pattern, pattern)
    words = text.split()
    return phrases.longest(words, 0, len(words))[0]


def test_a_choice_may_be_left_out() -> None:
    pattern = "{is|was} not {clearly|} seen"
    assert longest("is not seen here", pattern) == 3
    assert longest("was not clearly seen", pattern) == 4
    assert longest("was not clearly heard", pattern) == 0


def test_the_longest_phrase_counts() -> None:
    assert longest("no increase in pain", "no", "no increase {in|}") == 3
    assert longest("no pain", "no", "no increase {in|}") == 1


def test_one_phrase_may_have_two_roles() -> None:
    phrases: Phrases[int] = Phrases()
    phrases.add("{likely|probable}", 1)
    phrases.add("likely", 2)
    assert phrases.longest(["likely"], 0, 1) == (1, (1, 2))


@pytest.mark.parametrize("pattern", ["{is {not|}} seen", "{is|was", "is} seen"])
def test_braces_that_do_not_close_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="braces"):
        longest("is seen", pattern)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("Past Medical History", ("historical",)),
        ("FH", ("family",)),
        ("Allergies", ("conditional",)),
        ("Return precautions", ("hypothetical",)),
        ("History of present illness", ()),
        ("Assessment and Plan", ()),
    ],
)
def test_headings_change_what_holds_by_default(name: str, labels: tuple[str, ...]) -> None:
    heading = heading_of(load_rules(), name)
    assert heading is not None
    assert heading.labels == labels
    assert set(labels) <= AXES


def test_what_is_no_heading_is_none() -> None:
    assert heading_of(load_rules(), "Allergies and the weather") is None
