from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardround.privacy.deid import Kind, find_phi

CASES = {
    Kind.NAME: [
        "Patient Name: ⟦Gonzalez, Maria L.⟧",
        "Seen by ⟦Dr. Wei-Ling Chen⟧ today.",
        "Discussed with ⟦Oskar Mytnik⟧, MD.",
        "Her husband, ⟦Aysuna⟧, drove her.",
        "⟦Anouk Pieters van der Maes⟧, MD, called the family.",
        "Re: ⟦Ward, Anthony B.⟧, DOB",
    ],
    Kind.PLACE: [
        "She lives at ⟦482 Oak Hollow Rd Apt 3B⟧.",
        "From ⟦Springfield⟧, IL ⟦62704⟧",
        "Seen at ⟦Lakeside Clinic⟧ before.",
        "Admitted to ⟦UCSF⟧ on Monday.",
        "Treated at ⟦Baylor Scott & White⟧ again.",
        "Mail to ⟦P.O. Box 1123⟧ please",
        "Born in ⟦Cook County⟧.",
    ],
    Kind.DATE: [
        "Seen on ⟦March 3, 2023⟧.",
        "DOB: ⟦03/14/1962⟧",
        "since ⟦the 17th of February 2023⟧",
        "on ⟦2023-03-04⟧ at 14:22",
        "back on ⟦4/12⟧.",
        "born ⟦may twenty second nineteen sixty two⟧ in a hospital",
    ],
    Kind.AGE: ["A ⟦94⟧-year-old man.", "Her mother is ⟦92⟧.", "⟦ninety-three⟧ year old woman"],
    Kind.PHONE: [
        "Call ⟦(555) 201-3344⟧.",
        "Cell ⟦555.201.3344 ext. 12⟧",
        "Phone: ⟦7743810301⟧ cc:",
    ],
    Kind.FAX: ["Fax: ⟦312-555-0188⟧"],
    Kind.EMAIL: ["Write to ⟦ana.gonzalez@mail.com⟧.", "⟦maria dot lopez at gmail dot com⟧"],
    Kind.SSN: ["SSN ⟦123-45-6789⟧", "SSN: ⟦XXX-XX-6789⟧"],
    Kind.MRN: ["MRN: ⟦00482913⟧", "Chart number ⟦AB-123456⟧ was pulled"],
    Kind.HEALTH_PLAN: ["Member ID: ⟦XJH29384756⟧", "MBI ⟦1EG4-TE5-MK73⟧"],
    Kind.ACCOUNT: ["Account number: ⟦10458833⟧", "card ⟦4111 1111 1111 1111⟧"],
    Kind.LICENCE: ["NPI: ⟦1234567893⟧", "Driver's license ⟦D1234567⟧ was copied"],
    Kind.VEHICLE: ["the car, ⟦1HGCM82633A004352⟧, hit", "License plate ⟦ABC 1234⟧"],
    Kind.DEVICE: ["Pacemaker serial ⟦MDT-39281⟧", "UDI ⟦(01)00812345678903(21)AB12345⟧"],
    Kind.URL: ["See ⟦https://portal.example.org/pt/1⟧.", "on ⟦www.example.org/ana⟧"],
    Kind.IP: ["from ⟦192.168.1.22⟧.", "from ⟦fe80::1ff:fe23⟧ today"],
    Kind.BIOMETRIC: ["Fingerprint template ⟦FP-882113⟧ on file"],
    Kind.PHOTO: ["Photo ⟦IMG_2034.jpg⟧ added"],
    Kind.OTHER: ["Study ID ⟦STUDY-20331⟧", "⟦123e4567-e89b-12d3-a456-426614174000⟧"],
}

CLEAN = [
    "Strength 5/5, pain 7/10, BP 120/80, SpO2 97%, HR 94, a 2/6 murmur.",
    "History of Parkinson's disease and Hashimoto thyroiditis since 2009; Babinski sign absent.",
    "A Foley catheter was placed. Murphy's sign negative. Lachman test positive.",
    "Lisinopril 20 mg daily, Tylenol as needed, vitamin B12 1000 mcg, E11.65, CPT 99214.",
    "He may return in 3 months. Will increase metformin to 1000 mg. Mark the site.",
    "A 67-year-old smoker, 30 pack years. HbA1c 7.2. CA-125 was 12. Platelets 250,000.",
    "Positive Chaddock reflex. Wilson's disease, Huntington's disease. Transferred to the ICU.",
    "COVID-19 vaccine given. L4-L5 disc bulge. GCS 15. FEV1 65% predicted.",
    "Chief Complaint: cough. Past Medical History: asthma. Assessment and Plan: albuterol.",
    "What do the 2023 guidelines say about anticoagulation in Texas?",
]


def marked(text: str) -> tuple[str, list[str]]:
    parts = text.replace("⟧", "⟦").split("⟦")
    return "".join(parts), parts[1::2]


@pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind, cases in CASES.items() for case in cases]
)
def test_each_kind_is_found_whole_and_nothing_else(kind: Kind, case: str) -> None:
    text, wanted = marked(case)
    found = [span for span in find_phi(text) if text[span.start : span.end] in wanted]
    assert [text[span.start : span.end] for span in find_phi(text)] == wanted
    assert found[0].kind is kind
    assert all(span.reason and 0 < span.score <= 1 for span in found)


@pytest.mark.parametrize("text", CLEAN)
def test_clinical_words_and_values_are_left(text: str) -> None:
    assert [text[span.start : span.end] for span in find_phi(text)] == []


def test_a_name_once_found_is_found_everywhere() -> None:
    text = "Patient: Ana Gonzalez\ngonzalez's pain. Gonzales returned. A.G. agreed."
    found = [text[span.start : span.end] for span in find_phi(text)]
    assert found == ["Ana Gonzalez", "gonzalez", "Gonzales", "A.G."]


def test_what_stands_under_a_heading_is_what_it_says() -> None:
    text = "Name | MRN | Phone\nStig Wahl | 837146 | 555-201-3344\n"
    assert [span.kind for span in find_phi(text)] == [Kind.NAME, Kind.MRN, Kind.PHONE]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_its_spans_stay_within_it_and_apart(text: str) -> None:
    spans = find_phi(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    ["", "\0", "a" * 100_000,
     "1" * 100_000, "A. " * 30_000, "-1" * 50_000, "Dr. " * 25_000,
     "one two " * 12_000,
     "a@" * 50_000, "1." * 50_000, "İstanbul ŞİŞLİ ﬁ ß " * 5_000, "| " * 50_000],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    find_phi(text)  # a pattern that went back and forth would not come to its end
