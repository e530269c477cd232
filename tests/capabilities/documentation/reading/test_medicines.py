"""Names of medicines and what an allergy covers."""

import pytest

from wardround.capabilities.documentation.reading.medicines import (
    covers,
    heard,
    is_medicine,
    named,
    ordered,
)


@pytest.mark.parametrize(
    "word",
    ["lisinopril", "amoxicillin", "Lipitor", "warfarin", "ondansetron", "tiotropium", "rituximab"],
)
def test_medicines_are_known(word: str) -> None:
    assert is_medicine(word)


@pytest.mark.parametrize(
    "word",
    ["april", "magazine", "cholesterol", "determine", "headache", "cocaine", "imagine", "cephalic"],
)
def test_other_words_are_none(word: str) -> None:
    assert not is_medicine(word)


def test_each_is_named_once() -> None:
    assert named("Stop Lasix; lasix made him dizzy. Start losartan.") == ["lasix", "losartan"]


def test_a_dose_or_an_order_marks_a_medicine_unknown_by_form() -> None:
    assert ordered("Takes kerendia 10 mg. Continue entresto.") == ["kerendia", "entresto"]
    assert ordered("Continue exercising every day with the family.") == []


@pytest.mark.requirement("DOC-07")
@pytest.mark.parametrize(
    ("allergy", "medicine", "covered"),
    [
        ("Amoxicillin", "amoxicillin", "amoxicillin"),
        ("Penicillin", "amoxicillin", "penicillins"),
        ("Amoxicillin", "augmentin", "amoxicillin"),
        ("Sulfonamide antibiotics", "bactrim", "sulfonamide antibiotics"),
        (
            "Non-steroidal anti-inflammatory drugs",
            "naproxen",
            "non-steroidal anti-inflammatory drugs",
        ),
        ("Ibuprofen", "naproxen", "non-steroidal anti-inflammatory drugs"),
        ("Amoxicillin", "cefdinir", None),
        ("Peanuts", "amoxicillin", None),
        ("No known drug allergy", "amoxicillin", None),
        ("Codeine", "morphine", None),
        ("Latex", "naproxen", None),
    ],
)
def test_what_an_allergy_covers(allergy: str, medicine: str, covered: str | None) -> None:
    assert covers(allergy, medicine) == covered


@pytest.mark.requirement("DOC-06")
def test_speech_may_misspell_a_medicine_but_not_name_another() -> None:
    assert heard("lisinopril", ["lysinopril"])
    assert heard("metformin", ["metforman"])
    assert heard("furosemide", ["lasix"])
    assert not heard("prednisone", ["prednisolone"])
    assert not heard("hydralazine", ["hydroxyzine"])
    assert not heard("cefuroxime", ["cefotaxime"])
