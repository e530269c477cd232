import pytest

from wardround.capabilities.documentation.writing.numbers import digits, figures


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("twenty milligrams", "20 mg"),
        ("one thirty over eighty", "130/80"),
        ("one sixty nine over seventy four", "169/74"),
        ("a hundred point four", "100.4"),
        ("a hundred . four", "100.4"),
        ("ninety eight point six", "98.6"),
        ("ninety seven . one", "97.1"),
        ("a point five cm stone", "a 0.5 cm stone"),
        ("five hundred milligrams three times a day", "500 mg 3 times a day"),
        ("two thousand five hundred", "2500"),
        ("two hundred and ten pounds", "210 pounds"),
        ("a thousand milligrams", "1000 mg"),
        ("three out of six", "3/6"),
        ("two over six systolic", "2/6 systolic"),
        ("ninety eight percent", "98%"),
        ("one plus pitting edema", "1+ pitting edema"),
        ("forty-five years old", "45 years old"),
        ("three and a half weeks", "3.5 weeks"),
        ("one or two on weekends", "1 or 2 on weekends"),
        ("0.5 milligrams", "0.5 mg"),
    ],
)
def test_spoken_numbers_become_digits(spoken: str, written: str) -> None:
    assert " ".join(digits(spoken.split())) == written


@pytest.mark.parametrize("words", ["the one i have", "one of them", "no one came", "this one"])
def test_one_stays_a_word_where_it_counts_nothing(words: str) -> None:
    assert " ".join(digits(words.split())) == words


def test_figures_are_the_same_spoken_and_written() -> None:
    assert figures("twenty milligrams, one thirty over eighty") == {"20", "130", "80"}
    assert figures("20 mg, 130/80") == {"20", "130", "80"}
