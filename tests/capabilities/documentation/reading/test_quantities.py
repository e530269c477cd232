"""Numbers in speech and in notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.capabilities.documentation.reading.quantities import claimed, other_unit, said


@pytest.mark.parametrize(
    ("speech", "value"),
    [
        ("twenty milligrams", "20"),
        ("one thirty over eighty", "130"),
        ("one thirty over eighty", "80"),
        ("one forty-eight over ninety", "148"),
        ("a hundred and one point four", "101.4"),
        ("hundred and two point one last night", "102.1"),
        ("a hundred . four", "100.4"),
        ("two ten", "210"),
        ("seventy-five hundred", "7500"),
        ("two thousand milligrams", "2000"),
        ("1,500 mL", "1500"),
        ("point five", "0.5"),
        ("half a milligram", "0.5"),
        ("fourteen and a half kilos", "14.5"),
        ("sixty two point five", "62.5"),
        ("two oh five", "205"),
        ("one hundred and twenty three thousand", "123000"),
        ("twenty eighteen", "2018"),
        ("five hundred five hundred milligrams", "500"),
        ("twice a day", "2"),
        ("about a month", "1"),
        ("at L four", "l4"),
        ("the third toe", "#3"),
        ("on Monday", "monday"),
    ],
)
def test_what_speech_may_say(speech: str, value: str) -> None:
    assert value in said(speech)


@pytest.mark.parametrize(
    ("speech", "value"),
    [
        ("seven point eight", "8"),
        ("twenty five", "5"),
        ("a thousand", "1"),
        ("first available", "1"),
        ("the hemoglobin A1c", "1"),
        ("on the other hand", "0"),
    ],
)
def test_what_speech_does_not_say(speech: str, value: str) -> None:
    assert value not in said(speech)


@given(st.integers(2, 999_999))
def test_a_figure_claims_itself_and_says_itself(number: int) -> None:
    (claim,) = claimed(f"The value is {number:,} today.")
    assert claim.values == {str(number)}
    assert str(number) in said(f"it was {number}")


@pytest.mark.requirement("DOC-02")
@pytest.mark.parametrize(
    ("note", "values"),
    [
        ("Blood pressure 130/80.", ["130", "80"]),
        ("1. Hypertension, for 2 weeks.", ["2"]),
        ("A1c 8.4%.", ["8.4"]),
        ("One of them hurts.", []),
        ("Temperature a hundred and one point four.", ["101.4"]),
        ("Seen on Tuesday.", ["tuesday"]),
    ],
)
def test_what_a_note_claims(note: str, values: list[str]) -> None:
    assert [min(item.values) for item in claimed(note)] == values


@pytest.mark.requirement("DOC-02")
def test_another_unit_of_the_same_kind_is_told() -> None:
    (claim,) = claimed("for 5 weeks")
    assert other_unit(claim, said("for five days")["5"]) == "days"
    assert other_unit(claim, said("for five weeks")["5"]) is None
    assert other_unit(claim, said("for five or so")["5"]) is None
    assert other_unit(claim, said("five milligrams")["5"]) is None


def test_the_number_of_a_vitamin_has_no_say_in_units() -> None:
    (claim,) = claimed("for 12 months")
    assert other_unit(claim, said("B12, for twelve weeks")["12"]) == "weeks"
