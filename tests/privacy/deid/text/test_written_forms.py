"""PHI where a document's form tells it: messages, lists, letterheads, speech, headers."""

import pytest

from wardround.privacy.deid import Kind, find_phi
from wardround.privacy.deid.text.learned import load_learned

FORMS = [
    (
        "PID|1||00482913^^^HOSP||DOE^JANE^Q||19620314|F|||482 OAK HOLLOW RD^^TUCSON^AZ^85701||5552013344",
        ["00482913", "DOE", "JANE", "Q", "19620314", "482 OAK HOLLOW RD", "TUCSON", "85701", "5552013344"],
    ),
    (
        'name,dob,mrn,phone\n"Wahl, Stig",03/14/1962,36-20-41,555-201-3344\n',
        ["Wahl, Stig", "03/14/1962", "36-20-41", "555-201-3344"],
    ),
    ('Attending,"WAHL,STIG",1234567893\n', ["WAHL,STIG", "1234567893"]),
    ("*** MERCY VALLEY HOSPITAL ***\nThe lungs are clear.", ["MERCY VALLEY HOSPITAL"]),
    ("she lives in cedar hollow with her son", ["cedar hollow"]),
    ("e-mail is anna dot wahl at example.org for now", ["anna dot wahl at example.org"]),
    ("City: Oatmeal\nCough.", ["Oatmeal"]),
    ("The office on NE Dogwood Avenue has moved.", ["NE Dogwood Avenue"]),
    ("Patient: Ana Gonzalez\nVerified agonzalez", ["Ana Gonzalez", "agonzalez"]),
    ("Seen by Dr. Jan van den Heuvel III today.", ["Dr. Jan van den Heuvel III"]),
    ("Pt R.P. slept well.", ["R.P."]),
    ("Study UID: 1.2.840.113619.2.6.89.0067.480249", ["1.2.840.113619.2.6.89.0067.480249"]),
    ("Back line extension 7-7926.", ["7-7926"]),
    ("Unit of blood W1192 23 556039 was started.", ["W1192 23 556039"]),
]  # fmt: skip

DAYS = [
    ("Seen Wednesday, March 4th.", ["Wednesday, March 4th"]),
    ("Fell on Thanksgiving while skating.", ["Thanksgiving"]),
    ("Quit on New Year's Eve 2016.", ["New Year's Eve 2016"]),
    ("Colonoscopy in February was normal.", ["February"]),
    ("Treated 2/8-2/20/2025 with cefepime.", ["2/8-2/20/2025"]),
    ("Seen November 9-12, 2021.", ["November 9-12, 2021"]),
    ("INR 07/22: 2.4", ["07/22"]),
]

OLD = [
    ("Brother 93, healthy.", ["93"]),
    ("An aunt, now 104, has the same.", ["104"]),
    ("Father died at 91 of a stroke.", ["91"]),
]

CLEAN = [
    "A King airway was placed. The Wood lamp showed nothing. An Ace wrap was given.",
    "Parkinson disease, Hoehn and Yahr stage 2. Lou Gehrig disease was ruled out.",
    "Tanner stage 3. Rinne positive. Bishop score 6, Leopold maneuvers done.",
    "MoCA 12/30, Braden 12/23, strength 4/5, a 2/6 murmur, pain 7/10.",
    "Christmas tree pattern of the rash.",
    "The patient returns to the Pulmonary Clinic. Denied Recreational Drugs.",
]


@pytest.mark.parametrize(("text", "wanted"), FORMS + DAYS + OLD)
def test_what_a_form_tells_is_found(text: str, wanted: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_phi(text)] == wanted


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert [text[span.start : span.end] for span in find_phi(text)] == []


def test_a_town_and_a_name_of_no_list_are_told_by_what_is_around_them() -> None:
    text = "Goes to the gym in Qorvalle three times a week. Handoff given to Zhwandi at noon."
    found = {text[span.start : span.end]: span for span in find_phi(text)}
    assert found["Qorvalle"].kind is Kind.PLACE
    assert found["Zhwandi"].kind is Kind.NAME


def test_what_was_learned_is_read_without_running_anything() -> None:
    import numpy as np

    from wardround.privacy.deid.text.learned import MODEL

    with np.load(MODEL, allow_pickle=False) as arrays:
        assert {array.dtype.kind for array in arrays.values()} <= set("uif")
    assert MODEL.stat().st_size < 1_000_000
    assert load_learned() is load_learned()
