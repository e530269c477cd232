"""Combination codes, presumed links, signs that belong, and companions."""

import pytest

from tests.capabilities.coding.guidelines.notes import codes, guide
from wardround.engines.terminology import Tabular

CASES = [
    # hypertension
    ("I.C.9.a.1", "[Hypertension|I10]. [Heart failure|I50.9].", "I11.0 I50.9"),
    ("I.C.9.a.2", "[Hypertension|I10]. [CKD|N18.4] stage 4.", "I12.9 N18.4"),
    ("I.C.9.a.2", "[Hypertension|I10]. [ESRD|N18.6].", "I12.0 N18.6"),
    ("I.C.9.a.3", "[Hypertension|I10], [heart failure|I50.9], [CKD|N18.30].", "I13.0 I50.9 N18.30"),
    ("I.C.9.a.3", "[Hypertension|I10], [heart failure|I50.9], [ESRD|N18.6].", "I13.2 I50.9 N18.6"),
    ("I.C.9.a.1", "[Hypertension|I10] and [cardiomegaly|I51.7].", "I11.9"),
    ("I.C.9.a", "[Hypertension|I10]. [CKD|N18.4] due to polycystic kidneys.", "I10 N18.4"),
    (
        "I.C.9.a",
        "[Hypertension|I10]. [Heart failure|I50.9] unrelated to hypertension.",
        "I50.9 I10",
    ),
    ("I.C.9.a.2", "[Hypertension|I10] with [acute kidney injury|N17.9].", "N17.9 I10"),
    # diabetes
    ("I.A.15", "[T2DM|E11.9]. [CKD|N18.32] 3b.", "E11.22 N18.32"),
    ("I.A.15", "[T2DM|E11.9], [neuropathy|G62.9].", "E11.40"),
    ("I.A.15", "[T2DM|E11.9], [peripheral neuropathy|G62.9].", "E11.42"),
    ("I.A.15", "[T1DM|E10.9], type 1 diabetes, [polyneuropathy|G62.9].", "E10.42"),
    ("I.A.15", "[T2DM|E11.9] and [retinopathy|H35.00].", "E11.319"),
    ("I.A.15", "[T2DM|E11.9] and [cataract|H26.9].", "E11.36"),
    ("I.A.15", "[T2DM|E11.9], [gastroparesis|K31.84].", "E11.43 K31.84"),
    ("I.A.15", "[T2DM|E11.9], [peripheral artery disease|I73.9].", "E11.51"),
    ("I.A.15", "[T2DM|E11.9], [ulcer of the right foot|L97.511].", "E11.621 L97.511"),
    ("I.A.15", "[T2DM|E11.9] with [hyperglycemia|R73.9].", "E11.65"),
    ("I.A.15", "[T2DM|E11.9] with [hypoglycemia|E16.2].", "E11.649"),
    ("I.A.15", "[T2DM|E11.9], poorly controlled.", "E11.65"),
    ("I.A.15", "[T2DM|E11.9], alcoholic [neuropathy|G62.9] unrelated to diabetes.", "G62.9 E11.9"),
    ("I.A.15", "[T2DM|E11.9]. [Neuropathy|G62.9] due to chemotherapy.", "G62.9 E11.9"),
    ("I.C.4.a", "[T2DM|E11.21] with nephropathy. [CKD|N18.4].", "E11.21 E11.22 N18.4"),
    ("I.C.4.a", "[T2DM|E11.22] with [neuropathy|G62.9].", "E11.22 E11.40"),
    ("I.C.4.a", "[T2DM|E11.9], [CKD|N18.4], [neuropathy|G62.9].", "E11.22 E11.40 N18.4"),
    ("I.C.15.a.1", "[Gestational diabetes|O24.410]. [Anemia|D64.9].", "O24.410 O99.019 D64.9"),
    ("I.C.15.d", "[Gestational diabetes|O24.410] and [hypertension|I10].", "O24.410 O10.019"),
    # heart, lungs, gut
    ("I.C.9.b", "[CAD|I25.10] with [unstable angina|I20.0].", "I25.110"),
    ("I.C.9.b", "[CAD|I25.10] and [angina|I20.9].", "I25.119"),
    ("I.C.10.a", "[COPD|J44.9] and [pneumonia|J18.9].", "J44.0 J18.9"),
    ("I.C.10.a", "[COPD|J44.9] exacerbation, [pneumonia|J18.9].", "J44.1 J44.0 J18.9"),
    ("I.B.9", "[Influenza|J11.1] with [pneumonia|J18.9].", "J11.00"),
    ("I.A.15", "[Gastric ulcer|K25.9]. [Melena|K92.1].", "K25.4"),
    ("I.A.15", "Acute [duodenal ulcer|K26.3]. [Hematemesis|K92.0].", "K26.0"),
    ("I.A.15", "[Diverticulosis|K57.30] with [bleeding|K92.2].", "K57.31"),
    ("I.A.15", "[Gastritis|K29.70] and [GI bleed|K92.2].", "K29.71"),
    ("I.A.15", "[Gastric ulcer|K25.9]. [Melena|K92.1] due to a colonic tumor.", "K25.9 K92.1"),
    ("I.B.9", "[Gallstones|K80.20], [acute cholecystitis|K81.0].", "K80.00"),
    ("I.B.9", "[Alcoholic cirrhosis|K70.30], [ascites|R18.8].", "K70.31"),
    ("I.A.15", "[Anemia|D64.9]. [CKD|N18.4].", "N18.4 D63.1"),
    ("I.A.13", "[Alzheimer's disease|G30.9], [dementia|F03.90].", "G30.9 F02.80"),
    ("I.A.13", "[Alzheimer's dementia|G30.9].", "G30.9 F02.80"),
    ("I.B.9", "[COPD|J44.9], [asthma|J45.909].", "J44.9"),
    ("I.B.9", "[BPH|N40.0] with [nocturia|R35.1].", "N40.1 R35.1"),
    # signs that belong to a diagnosis
    ("I.B.5", "[Pneumonia|J18.9] with [cough|R05.9] and [fever|R50.9].", "J18.9"),
    ("I.B.5", "[UTI|N39.0] with [dysuria|R30.0].", "N39.0"),
    ("I.B.5", "[Migraine|G43.909] with [nausea|R11.0].", "G43.909"),
    ("I.B.6", "[Pneumonia|J18.9] and [hematuria|R31.9].", "J18.9 R31.9"),
    ("I.B.6", "[Pneumonia|J18.9]. [Hypoxemia|R09.02].", "J18.9 R09.02"),
    ("I.B.5", "[Gastroenteritis|K52.9], [vomiting|R11.10], [diarrhea|R19.7].", "K52.9"),
    ("I.B.4", "[Cough|R05.9] and [fever|R50.9].", "R05.9 R50.9"),
    ("I.B.5", "[Kidney stone|N20.0] with [flank pain|R10.9].", "N20.0"),
    ("I.B.6", "[Pneumonia|J18.9]. [Fever|R50.9] unrelated to it.", "J18.9 R50.9"),
    # what goes with it
    ("I.C.4.a.3", "[T2DM|E11.9] on insulin glargine.", "E11.9 Z79.4"),
    ("I.C.4.a.3", "[T2DM|E11.9] on metformin.", "E11.9 Z79.84"),
    ("I.C.4.a.3", "[T2DM|E11.9] on metformin and insulin.", "E11.9 Z79.4 Z79.84"),
    ("I.C.4.a.3", "[T2DM|E11.9] on semaglutide.", "E11.9 Z79.85"),
    ("I.C.4.a.3", "[T2DM|E11.9], insulin resistance.", "E11.9"),
    ("I.C.4.a.3", "[T2DM|E11.9], not on insulin.", "E11.9"),
    ("I.C.4.a.3", "[T1DM|E10.9], type 1 diabetes, on insulin.", "E10.9"),
    ("I.B.7", "[COPD|J44.9]. Former smoker.", "J44.9 Z87.891"),
    ("I.B.7", "[COPD|J44.9]. Smokes 20 cigarettes a day.", "J44.9 F17.210"),
    ("I.B.7", "[COPD|J44.9]. Non-smoker.", "J44.9"),
    ("I.B.7", "[COPD|J44.9]. Mother: smoker.", "J44.9"),
    ("I.B.7", "[Gout|M10.9]. Former smoker.", "M10.9"),
    ("I.C.1.b", "[UTI|N39.0] with E. coli.", "N39.0 B96.20"),
    ("I.B.14", "[Obesity|E66.9]. BMI 34.2.", "E66.9 Z68.34"),
    ("I.B.14", "[Obesity|E66.813]. BMI of 47.", "E66.813 Z68.42"),
    ("I.B.14", "[Sprain|S93.401A]. [BMI 34|Z68.34].", "S93.401A"),
    ("I.B.14", "A 9-year-old with [obesity|E66.9], BMI 31.", "E66.9"),
    ("I.C.14.a", "[ESRD|N18.6] on hemodialysis.", "N18.6 Z99.2"),
]


@pytest.mark.parametrize(
    ("section", "note", "expected"), CASES, ids=[f"{c[0]} {c[2]}" for c in CASES]
)
def test_combined(section: str, note: str, expected: str, tabular: Tabular) -> None:
    assert codes(guide(note, tabular)) == expected


def test_a_combination_leans_on_the_words_of_both(tabular: Tabular) -> None:
    guided = guide("[Hypertension|I10]. [Heart failure|I50.9].", tabular)
    assert len(guided.codes[0].spans) == 2
    assert "I.C.9.a.1" in guided.codes[0].reasons[0]


def test_a_combination_is_no_surer_than_what_it_leans_on(tabular: Tabular) -> None:
    guided = guide("[Hypertension|I10]. [Heart failure|I50.9]. [CKD|N18.4].", tabular)
    given = {found.code: found.score for found in guided.codes}
    assert given["I13.0"] <= min(given["I50.9"], given["N18.4"])
