from hypothesis import given
from hypothesis import strategies as st

from wardround.capabilities.documentation.writing.words import mask, split


def texts(source: str) -> list[str]:
    return [word.text for word in split(source)]


def test_contractions_are_undone() -> None:
    assert texts("I'm gonna, didn't, can't, that's been") == (
        ["i", "am", "going", "to", ",", "did", "not", ",", "can", "not", ",", "that", "has", "been"]
    )


def test_spaced_contractions_of_published_transcripts_are_undone() -> None:
    assert texts("i did n't , gon na , wan na , ca n't") == (
        ["i", "did", "not", ",", "going", "to", ",", "want", "to", ",", "can", "not"]
    )


def test_stutters_and_false_starts_are_dropped() -> None:
    assert texts("i f- felt y-you i-i know") == ["i", "felt", "you", "i", "know"]
    assert texts("i-i'd") == ["i", "would"]


def test_numbers_stay_whole_and_let_go_of_their_units() -> None:
    assert texts("2000iu 20mg 1/20/2013 8.2% 50-year-old 2nd a1c") == (
        ["2000", "iu", "20", "mg", "1/20/2013", "8.2", "%", "50-year-old", "2nd", "a1c"]
    )


def test_markup_is_blanked_in_place() -> None:
    source = "well <UNSURE>Hello</UNSURE> <UNIN/> there [laughs]"
    assert len(mask(source)) == len(source)
    assert texts(source) == ["well", "hello", "there"]


@given(st.text(max_size=200))
def test_every_word_lies_within_its_source(source: str) -> None:
    for word in split(source):
        assert 0 <= word.start < word.end <= len(source)
        assert word.text
