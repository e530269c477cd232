"""Worksheets of notes written for this project: what counts, with its words, and what does not."""

import pytest

from wardround.capabilities.coding import Found, Span
from wardround.capabilities.coding.em import Worksheet, level
from wardround.kernel import InvalidInput

DIABETES = """HPI: 58-year-old man here for follow-up. Denies chest pain.
PMH: asthma, gout
Medications: metformin, lisinopril
Exam: BP 152/94.
Assessment and Plan:
1. Type 2 diabetes - A1c 8.6, not at goal. Increase metformin to 1000 mg twice daily. Check BMP.
2. Hypertension, stable. Continue lisinopril.
"""
COLD = """HPI: 24 y/o with runny nose for 3 days. No fever.
Assessment: Viral upper respiratory infection.
Plan: Rest, fluids. Return if shortness of breath.
"""
INFARCT = """HPI: 66F with chest pain. History obtained from daughter.
ED Course: ECG independently interpreted by me: ST depression. Troponin elevated at 0.8.
CBC and BMP reviewed, normal. Discussed with cardiology Dr. Hale.
Impression: NSTEMI.
Plan: Heparin drip started. Admit to cardiology.
"""


def words(worksheet: Worksheet) -> set[str]:
    parts = [worksheet.problems, worksheet.data, worksheet.risk]
    return {word for part in parts if part for item in part.elements for word in item.words}


def test_a_visit_for_diabetes() -> None:
    found = level(DIABETES, setting="office", new=False)
    assert (found.code, found.basis, found.mdm) == ("99214", "mdm", "moderate")
    assert found.problems
    assert (found.problems.level, found.data.level, found.risk.level) == (
        "moderate",
        "low",
        "moderate",
    )
    assert {"Type 2 diabetes", "not at goal", "A1c", "BMP", "metformin"} <= words(found)


def test_a_cold() -> None:
    found = level(COLD, setting="office", new=True)
    assert (found.code, found.mdm, found.risk.elements) == ("99202", "straightforward", ())


def test_an_infarct_in_the_emergency_department() -> None:
    found = level(INFARCT, setting="emergency", new=True)
    assert (found.code, found.mdm, found.missing) == ("99285", "high", ())
    assert [item.kind for item in found.data.elements].count("test") == 3


@pytest.mark.parametrize("note", [DIABETES, COLD, INFARCT])
def test_every_element_is_the_very_words(note: str) -> None:
    found = level(note, setting="office", new=False)
    for part in (found.problems, found.data, found.risk):
        for item in part.elements if part else ():
            assert item.words == tuple(note[start:end] for start, end in item.spans)


@pytest.mark.parametrize(
    "plan",
    [
        "PMH: diabetes, hypertension\nAssessment: Tinea.",
        "Assessment: Tinea. No diabetes. No hypertension.",
        "Assessment: Tinea. Father has diabetes and hypertension.",
        "Assessment: Tinea. Risk of diabetes and hypertension discussed.",
        "Family history: diabetes, hypertension\nAssessment: Tinea.",
        "Assessment: Tinea. Depression screening done.",
    ],
)
def test_a_problem_that_is_not_addressed_is_none(plan: str) -> None:
    found = level(plan, setting="office", new=False)
    assert found.problems
    assert [item.words[0] for item in found.problems.elements] == ["Tinea"]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("Start lisinopril.", "moderate"),
        ("Continue atorvastatin 40 mg.", "moderate"),
        ("Take ibuprofen; recommend ibuprofen, start today.", "low"),
        ("Consider starting lisinopril.", "straightforward"),
        ("Declined to start lisinopril.", "straightforward"),
        ("If no better, start prednisone.", "straightforward"),
        ("Lisinopril causes cough.", "straightforward"),
        ("Return in April; continue exercise.", "straightforward"),
        ("Check cholesterol; continue diet.", "straightforward"),
        ("Continue methotrexate; monitor CBC and LFTs for toxicity.", "moderate"),
        ("Continue methotrexate, monitor CBC for toxicity.", "high"),
        ("IV morphine started.", "high"),
        ("Admit to medicine.", "high"),
        ("No need to admit to medicine.", "straightforward"),
        ("He admits to drinking wine; he will admit to eating burgers.", "straightforward"),
        ("He was admitted to the hospital last week.", "straightforward"),
        ("Transferred to the ICU.", "high"),
        ("Recommend total knee replacement.", "moderate"),
        ("Recommend total knee replacement; he is high risk.", "moderate"),
        ("Recommend knee replacement, at increased risk from his heart failure.", "high"),
        ("Emergent appendectomy, taken to the operating room.", "high"),
        ("Family elected comfort care.", "high"),
        ("Code status: DNR.", "straightforward"),
        ("Cannot afford his insulin.", "moderate"),
        ("Homeless.", "straightforward"),
        ("Referred to physical therapy.", "low"),
    ],
)
def test_the_risk_of_what_is_decided(plan: str, expected: str) -> None:
    note = f"Assessment: Knee pain.\nPlan: {plan}\n"
    assert level(note, setting="office", new=False).risk.level == expected


@pytest.mark.parametrize(
    ("assessment", "expected"),
    [
        ("Common cold.", "straightforward"),
        ("Common cold. Warts.", "low"),
        ("Sinusitis.", "low"),
        ("Hypertension, stable.", "low"),
        ("Hypertension.", "low"),
        ("Hypertension. HTN.", "low"),
        ("Hypertension, stable. Gout, stable.", "moderate"),
        ("Asthma with exacerbation.", "moderate"),
        ("Asthma without exacerbation.", "low"),
        ("Asthma, severe exacerbation.", "high"),
        ("Breast lump.", "moderate"),
        ("Pyelonephritis.", "moderate"),
        ("Influenza, febrile.", "moderate"),
        ("Sepsis.", "high"),
        ("Rule out sepsis.", "low"),
        ("Sepsis was ruled out. Cystitis.", "low"),
    ],
)
def test_the_complexity_of_problems(assessment: str, expected: str) -> None:
    found = level(f"Assessment: {assessment}\n", setting="office", new=False)
    assert found.problems
    assert found.problems.level == expected


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("CBC and BMP ordered.", 2),
        ("CBC ordered. Reviewed prior CBC.", 1),
        ("Hemoglobin A1c was 7.2.", 1),
        ("Chest x-ray ordered. The x-ray was normal.", 1),
        ("BMP reviewed, creatinine 1.1.", 1),
        ("No CT scan ordered.", 0),
        ("CT scan if it does not get better.", 0),
        ("Outside records reviewed. CBC ordered.", 2),
        ("History obtained from mother.", 1),
    ],
)
def test_each_unique_test_counts_once(said: str, count: int) -> None:
    note = f"HPI: Cough. {said}\nAssessment: Cough.\n"
    assert len(level(note, setting="office", new=False).data.elements) == count


def test_a_code_brings_a_problem_that_has_no_word_here() -> None:
    note = "Assessment: Wegener granulomatosis. Hashimoto disease.\n"
    start = note.index("Hashimoto")
    codes = [
        Found("E06.3", 0.9, (Span(start, start + 9),)),
        Found("E03.9", 0.9, (Span(start, start + 9),)),
    ]
    found = level(note, codes, setting="office", new=False)
    assert found.problems
    assert [item.words for item in found.problems.elements] == [("Hashimoto",)]
    assert level(note, setting="office", new=False).problems is None


def test_time_is_the_basis_where_it_gives_more() -> None:
    found = level(COLD, setting="office", new=True, minutes=45)
    assert (found.code, found.basis, found.missing) == ("99204", "time", ())
    assert level(INFARCT, setting="office", new=False, minutes=12).basis == "mdm"


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("Total time on the date of the encounter was 42 minutes.", 42),
        ("I spent a total of 31 minutes on this visit.", 31),
        ("I spent 35 minutes with the patient.", None),
        ("Spent a total of 10 minutes on smoking cessation counseling.", None),
        ("He walks a total of 40 minutes a day.", None),
        ("The pain lasted 45 minutes.", None),
    ],
)
def test_only_the_total_of_the_day_is_time(said: str, minutes: int | None) -> None:
    assert level(f"{COLD}\n{said}\n", setting="office", new=True).minutes == minutes


def test_minutes_that_are_not_said_to_be_the_total_are_told() -> None:
    found = level(f"{COLD}\nI spent 35 minutes with the patient.", setting="office", new=True)
    assert found.code == "99202"
    assert "35 minutes" in found.remarks[0]


def test_what_is_missing_is_told_and_invites_to_nothing() -> None:
    missing = level(COLD, setting="office", new=True).missing
    assert missing[0] == "Of three, 0 reach low; two are needed."
    assert missing[-1].startswith("A note is not changed for a higher code")


@pytest.mark.parametrize("note", ["", "Patient did not come.", "Le patient va bien."])
def test_without_a_problem_there_is_no_code(note: str) -> None:
    found = level(note, setting="office", new=False)
    assert (found.code, found.basis, found.mdm, found.problems) == (None, None, None, None)


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_minutes_that_no_day_has_are_refused(minutes: int) -> None:
    with pytest.raises(InvalidInput, match="1440"):
        level(COLD, setting="office", new=True, minutes=minutes)


PLAN = "Assessment: Hypertension, stable.\nPlan: Continue lisinopril 10 mg. BMP ordered.\n"


@pytest.mark.parametrize(
    ("note", "new", "unsure"),
    [
        (PLAN, False, ""),
        (PLAN, True, "new"),
        ("Assessment: Sepsis.\nPlan: Transferred to the ICU.\n", False, "highest level"),
        (PLAN + "I spent 45 minutes with him.\n", False, "may be the total"),
        (PLAN + "Total time spent on the date of the encounter: 45 minutes.\n", False, "time"),
        (PLAN + "I spent 10 minutes with him.\n", False, ""),
        ("History: Breast lump. CBC and BMP ordered.\n", False, ""),
        (
            "History: Breast lump. She has hypertension.\nPlan: Continue lisinopril 10 mg.\n",
            False,
            "the history",
        ),
    ],
)
def test_a_level_is_clear_where_no_doubt_would_change_it(
    note: str, *, new: bool, unsure: str
) -> None:
    sheet = level(note, setting="office", new=new)
    assert sheet.code
    assert bool(sheet.unsure) == bool(unsure), sheet
    assert unsure in " ".join(sheet.unsure)


def test_of_a_stay_a_person_says_which_visit_it_is() -> None:
    assert "first visit of the stay" in level(PLAN, setting="inpatient", new=True).unsure[0]


def test_without_a_level_there_is_nothing_to_doubt() -> None:
    assert level("Plan: Nothing.\n", setting="office", new=False).unsure == ()
