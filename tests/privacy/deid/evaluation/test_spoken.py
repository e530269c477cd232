import pytest

from wardround.privacy.deid.evaluation.spoken import number, ordinal, read_address, read_out, th


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "zero"),
        (42, "forty two"),
        (104, "one hundred four"),
        (1950, "nineteen fifty"),
        (2006, "two thousand six"),
        (2024, "twenty twenty four"),
        (1905, "nineteen oh five"),
        (1900, "nineteen hundred"),
    ],
)
def test_numbers_are_said(value: int, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "first"), (12, "twelfth"), (20, "twentieth"), (23, "twenty third"), (30, "thirtieth")],
)
def test_days_are_said(value: int, said: str) -> None:
    assert ordinal(value) == said


@pytest.mark.parametrize(
    ("value", "written"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd"), (93, "93rd")],
)
def test_figures_of_an_order_have_their_endings(value: int, written: str) -> None:
    assert th(value) == written


def test_codes_are_read_sign_by_sign() -> None:
    assert read_out("A-10 7b") == "a one oh seven b"
    assert read_out("10", "zero") == "one zero"


def test_addresses_are_read_by_their_words_and_marks() -> None:
    assert read_address("Ana.Ruiz7@mail.org") == "ana dot ruiz seven at mail dot org"
