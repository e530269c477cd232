"""Forms and check digits of numbers that are passed through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.engines.terminology import fault_of


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("loinc", "718-7"),
        ("loinc", "2345-7"),
        ("loinc", "8480-6"),
        ("loinc", "11502-2"),
        ("loinc", "34117-2"),
        ("snomed", "73211009"),
        ("snomed", "44054006"),
        ("snomed", "404684003"),
        ("snomed", "900000000000207008"),
        ("rxnorm", "860975"),
        ("cpt", "99213"),
        ("cpt", "0001u"),
        ("hcpcs", "J3301"),
        ("icd10cm", "e119"),
    ],
)
def test_real_numbers_pass(system: str, code: str) -> None:
    assert fault_of(system, code) is None


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("loinc", "718-8"),
        ("loinc", "7187"),
        ("loinc", "-7"),
        ("snomed", "73211008"),
        ("snomed", "012345"),
        ("snomed", "12"),
        ("snomed", "7321100\uff19"),
        ("rxnorm", "0"),
        ("cpt", "9921"),
        ("hcpcs", "JJ301"),
        ("icd10cm", "11.9"),
    ],
)
def test_others_are_told(system: str, code: str) -> None:
    assert fault_of(system, code)


@given(st.integers(10**5, 10**17 - 1), st.integers(1, 9), st.data())
def test_one_wrong_digit_is_always_seen(stem: int, change: int, data: st.DataObject) -> None:
    """Verhoeff's check sees every single digit that is wrong."""
    right = next(
        f"{stem}{digit}" for digit in range(10) if fault_of("snomed", f"{stem}{digit}") is None
    )
    place = data.draw(st.integers(1, len(right) - 1))
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]
    assert fault_of("snomed", wrong)
