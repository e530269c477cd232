"""The order of a claim, and codes that do not go together."""

import pytest

from tests.capabilities.coding.guidelines.notes import codes, guide
from wardround.capabilities.coding import Found, Span
from wardround.capabilities.coding.guidelines import Setting, apply
from wardround.engines.terminology import Tabular

CASES = [
    ("IV.G", "[Hypertension|I10]. [Acute appendicitis|K35.80].", "K35.80 I10"),
    (
        "IV.G",
        "[Knee pain|M25.561], right. [Gallstones|K80.20].\nAssessment:\n1. [Hypertension|I10]",
        "I10 M25.561 K80.20",
    ),
    (
        "IV.G",
        "[Gout|M10.9], [obesity|E66.9].\nAssessment:\n1. [Asthma|J45.30]\n2. [Obesity|E66.9]",
        "J45.30 E66.9 M10.9",
    ),
    ("I.A.13", "[Dementia|F02.80]. [Parkinson's disease|G20.A1].", "G20.A1 F02.80"),
    ("I.C.1.d.4", "[Pneumonia|J15.0]. [Sepsis|A41.59].", "A41.59 J15.0"),
    (
        "I.C.1.d.1",
        "[Severe sepsis|R65.20]. [Sepsis|A41.9]. [Pneumonia|J18.9].",
        "A41.9 J18.9 R65.20",
    ),
    ("I.C.20.a", "[Fall|W19.XXXA]. [Hip fracture|S72.001A], right.", "S72.001A W19.XXXA"),
    (
        "I.C.15.a.1",
        "[Urinary tract infection|N39.0]. [Anemia in pregnancy|O99.013].",
        "O99.013 N39.0",
    ),
    ("I.C.21.c.16", "[Hypertension|I10]. [Annual examination|Z00.00].", "Z00.00 I10"),
    ("I.C.21.c.3", "[Former smoker|Z87.891]. [COPD|J44.9].", "J44.9 Z87.891"),
    ("I.C.18.a", "[Headache|R51.9]. [Cellulitis of the right leg|L03.115].", "L03.115 R51.9"),
    ("I.C.2.e.2", "[Lung cancer|C34.91] right. [Chemotherapy|Z51.11].", "Z51.11 C34.91"),
    ("I.C.9.a", "[Heart failure|I50.22]. [Hypertension|I11.0].", "I11.0 I50.22"),
    ("I.B.7", "[Germ|B96.20]. [UTI|N39.0].", "N39.0 B96.20"),
    # said more closely, or excluded
    ("I.B.18", "[Heart failure|I50.9], chronic diastolic [heart failure|I50.32].", "I50.32"),
    ("I.B.18", "[Diabetes|E11.9]. [Diabetic kidney disease|E11.22].", "E11.22"),
    ("I.B.18", "[Pneumonia|J18.9]. [Klebsiella pneumonia|J15.0].", "J15.0"),
    ("I.B.18", "[Urinary tract infection|N39.0] with [infection|B99.9].", "N39.0"),
    ("I.A.12.a", "[Low back pain with left sciatica|M54.42], [sciatica|M54.32].", "M54.42 M54.32"),
    ("I.B.18", "[Depression|F32.1]. [Recurrent depression|F33.1].", "F33.1"),
    ("I.B.18", "[Depression|F32.A]. [Recurrent depression|F33.1].", "F33.1"),
    ("I.B.2", "[Fracture|S52]. [Fracture of the right radius|S52.501A].", "S52.501A"),
    ("I.A.12.a", "[Cough|R05.9]. [Whooping cough|A37.00].", "A37.00"),
    ("I.C.9.a", "[Hypertension|I10]. [Hypertensive heart disease|I11.9].", "I11.9"),
]


@pytest.mark.parametrize(
    ("section", "note", "expected"), CASES, ids=[f"{c[0]} {c[2]}" for c in CASES]
)
def test_order(section: str, note: str, expected: str, tabular: Tabular) -> None:
    assert codes(guide(note, tabular)) == expected


def test_an_excludes1_pair_that_may_be_unrelated_is_told(tabular: Tabular) -> None:
    guided = guide("[Type 1 diabetes|E10.9]. [Type 2 diabetes|E11.9].", tabular)
    assert codes(guided) == "E10.9 E11.9"
    (told,) = [remark for remark in guided.remarks if remark.section == "I.A.12.a"]
    assert set(told.codes) == {"E10.9", "E11.9"}
    assert len(told.spans) == 2


def test_a_manifestation_alone_is_told(tabular: Tabular) -> None:
    guided = guide("[Dementia|F02.80].", tabular)
    assert [remark.section for remark in guided.remarks if remark.kind == "conflict"] == ["I.A.13"]


def test_an_external_cause_alone_is_told(tabular: Tabular) -> None:
    guided = guide("[Fall|W19.XXXA].", tabular)
    assert "I.C.20.a.6" in {remark.section for remark in guided.remarks}


def test_a_code_that_cannot_be_completed_is_told(tabular: Tabular) -> None:
    guided = guide("[Gestational diabetes|O24.4].", tabular)
    assert codes(guided) == "O24.4"
    assert ("conflict", "I.B.2") in {(remark.kind, remark.section) for remark in guided.remarks}


def test_a_code_of_another_edition_is_told(tabular: Tabular) -> None:
    guided = guide("[Cough|R05].  [Odd|E99.99].", tabular)
    assert [remark.codes for remark in guided.remarks if remark.section == "I.B.1"] == [("E99.99",)]


def test_excludes2_is_a_hint_alone(tabular: Tabular) -> None:
    guided = guide(
        "[COPD exacerbation|J44.1]. [COPD with bronchitis|J44.0]. [Bronchitis|J20.9].", tabular
    )
    assert {remark.kind for remark in guided.remarks} == {"hint"}


def test_of_two_codes_for_the_same_words_the_longer_words_stay(tabular: Tabular) -> None:
    text = "Low back pain with left sciatica."
    found = [
        Found("M54.32", 0.9, (Span(19, 32),)),
        Found("M54.42", 0.8, (Span(0, 32),)),
    ]
    guided = apply(text, found, None, Setting.OUTPATIENT, tabular, {})
    assert codes(guided) == "M54.42"
    assert guided.remarks[0].section == "I.A.12.a"
