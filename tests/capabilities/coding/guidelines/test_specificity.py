"""Detail that stands elsewhere in the note, by the section of the Official Guidelines."""

import pytest

from tests.capabilities.coding.guidelines.notes import codes, guide, read
from wardround.engines.terminology import Tabular

CASES = [
    # laterality
    ("I.B.13", "[Pain|M25.569] in the left knee for three weeks.", "M25.562"),
    ("I.B.13", "Right [knee pain|M25.569] and left [shoulder pain|M25.519].", "M25.561 M25.512"),
    ("I.B.13", "[Knee pain|M25.569], right.", "M25.561"),
    ("I.B.13", "Bilateral [hearing loss|H91.90].", "H91.93"),
    ("I.B.13", "Bilateral [carpal tunnel syndrome|G56.00].", "G56.03"),
    ("I.B.13", "[Pain|M25.569] in both knees.", "M25.561 M25.562"),
    ("I.B.13", "[Knee pain|M25.569]. The right knee is swollen.", "M25.561"),
    ("I.B.13", "[Knee pain|M25.569].", "M25.569"),
    ("I.B.13", "[Knee pain|M25.569]. She is right-handed.", "M25.569"),
    ("I.B.13", "[Breast cancer|C50.919] of the left breast.", "C50.912"),
    ("I.B.13", "Acute suppurative [otitis media|H66.009] of the right ear.", "H66.001"),
    ("I.B.13", "Primary [osteoarthritis|M17.10] of the left knee.", "M17.12"),
    ("I.B.13", "Bilateral primary [knee osteoarthritis|M17.10].", "M17.0"),
    ("I.B.13", "Left [pain of the knee|M25.561].", "M25.562"),
    ("I.B.13", "Left ventricle normal, [knee pain|M25.569] again.", "M25.569"),
    ("I.B.13", "Acute [deep vein thrombosis|I82.409] of the left leg.", "I82.402"),
    # 7th character and injuries
    ("I.C.19.c", "[Fracture of the distal radius|S52.5] on the right after a fall.", "S52.501A"),
    ("I.C.19.c", "Open [fracture of the right tibial shaft|S82.201].", "S82.201B"),
    (
        "I.C.19.c",
        "Open [fracture of the right tibial shaft|S82.201], Gustilo type IIIB.",
        "S82.201C",
    ),
    ("I.C.19.a", "Follow-up of [left femoral neck fracture|S72.002A], healing well.", "S72.002D"),
    ("I.C.19.a", "Follow-up of [left femoral neck fracture|S72.002A], nonunion.", "S72.002K"),
    ("I.C.19.a", "Follow-up of [left femoral neck fracture|S72.002A], malunion.", "S72.002P"),
    (
        "I.C.19.a",
        "Follow-up of [left femoral neck fracture|S72.002A], delayed healing.",
        "S72.002G",
    ),
    ("I.C.19.a", "Sequela of [left femoral neck fracture|S72.002A].", "S72.002S"),
    ("I.C.19.a", "[Fracture of left femoral neck|S72.002A], open reduction planned.", "S72.002A"),
    ("I.A.5", "[Concussion|S06.0X0] without loss of consciousness today.", "S06.0X0A"),
    ("I.A.4", "[Sprain|S93.40] of the right ankle.", "S93.401A"),
    # diabetes
    ("I.C.4.a.2", "[Diabetes|E11.9].", "E11.9"),
    ("I.C.4.a", "[Diabetes|E11.9]. Type 1 diabetes since childhood.", "E10.9"),
    ("I.C.4.a", "[Diabetes mellitus|E11.65], T1DM with hyperglycemia.", "E10.65"),
    # heart
    ("I.C.9.a.1", "Acute on chronic systolic [heart failure|I50.9].", "I50.23"),
    ("I.C.9.a.1", "[HFpEF|I50.9], chronic.", "I50.32"),
    ("I.C.9.a.1", "Chronic [heart failure|I50.9] with reduced ejection fraction.", "I50.22"),
    ("I.C.9.a.1", "Acute combined systolic and diastolic [heart failure|I50.9].", "I50.41"),
    ("I.C.9.a.1", "Decompensated diastolic [heart failure|I50.30].", "I50.33"),
    ("I.C.9.a.1", "[Heart failure|I50.9]. EF 35%.", "I50.9"),
    ("I.C.9.a.1", "Acute kidney injury and systolic [heart failure|I50.9].", "I50.20"),
    ("I.C.9.a.1", "No systolic dysfunction. [Heart failure|I50.9].", "I50.9"),
    ("I.C.9.a.1", "[Acute on chronic diastolic heart failure|I50.31].", "I50.33"),
    ("I.A.4", "Motorcycle [accident|V29.99X], [sprain|S93.401A].", "S93.401A V29.99XA"),
    ("I.B.2", "Paroxysmal [atrial fibrillation|I48.91].", "I48.0"),
    ("I.B.2", "[AF|I48.91], permanent.", "I48.21"),
    ("I.B.2", "Longstanding persistent [atrial fibrillation|I48.91].", "I48.11"),
    ("I.B.2", "Persistent [atrial fibrillation|I48.91].", "I48.19"),
    ("I.C.9.e.1", "[Myocardial infarction|I21.9], NSTEMI.", "I21.4"),
    ("I.C.9.e.1", "Inferior STEMI, [acute myocardial infarction|I21.9].", "I21.19"),
    ("I.C.9.e.1", "[Myocardial infarction|I21.9] type 2.", "I21.A1"),
    # kidneys, lungs, nutrition
    ("I.C.14.a", "[CKD|N18.9] stage 3b.", "N18.32"),
    ("I.C.14.a", "[CKD|N18.9], stage III.", "N18.30"),
    ("I.C.14.a", "[Chronic kidney disease|N18.9]. Labs show CKD stage 4.", "N18.4"),
    ("I.C.14.a.1", "End-stage [renal disease|N18.9] on hemodialysis.", "N18.6 Z99.2"),
    ("III.B", "[CKD|N18.9], eGFR 38.", "N18.9"),
    ("I.B.2", "Moderate persistent [asthma|J45.909].", "J45.40"),
    ("I.B.2", "Severe persistent [asthma|J45.909] with acute exacerbation.", "J45.51"),
    ("I.B.2", "[Asthma|J45.909] exacerbation.", "J45.901"),
    ("I.B.2", "Mild intermittent [asthma|J45.901].", "J45.21"),
    ("I.C.10.a", "[COPD|J44.9] exacerbation.", "J44.1"),
    ("I.C.10.b", "Acute [respiratory failure|J96.90] with hypoxia.", "J96.01"),
    ("I.C.10.b", "Acute on chronic [respiratory failure|J96.9] with hypercapnia.", "J96.22"),
    ("I.C.10.b", "[Respiratory failure|J96].", "J96.90"),
    ("I.B.2", "Severe protein-calorie [malnutrition|E46].", "E43"),
    ("I.B.2", "Moderate [malnutrition|E46].", "E44.0"),
    ("I.B.2", "[Obesity|E66.9] class 2.", "E66.812"),
    ("I.B.2", "Iron deficiency [anemia|D64.9].", "D50.9"),
    ("I.B.2", "Acute blood loss [anemia|D64.9].", "D62"),
    ("I.B.2", "[Anemia|D64.9], takes iron.", "D64.9"),
    ("I.B.2", "Major depressive disorder, recurrent, moderate [depression|F32.A].", "F33.1"),
    ("I.C.12.a", "[Sacral pressure ulcer|L89.159], stage 3.", "L89.153"),
    ("I.C.12.a", "Stage 2 [pressure ulcer|L89.90] of the sacrum.", "L89.152"),
    ("I.C.12.a", "Stage 4 [pressure ulcer|L89.90] of the left heel.", "L89.624"),
    ("I.C.10.c", "[Influenza|J11.1] A, confirmed by test: influenza A.", "J10.1"),
    ("I.C.15.i", "[Gestational diabetes|O24.419], diet controlled.", "O24.410"),
    ("I.C.15.i", "[Gestational diabetes|O24.419], diet controlled, now on insulin.", "O24.414"),
    (
        "I.C.15.i",
        "[Gestational diabetes|O24.419] on insulin, at 31 weeks 4 days.",
        "O24.414 Z3A.31",
    ),
    ("I.C.12.a", "Unstageable [pressure ulcer of the sacrum|L89.159].", "L89.150"),
    ("I.B.9", "[Pneumonia|J18.9] due to Klebsiella pneumoniae.", "J15.0"),
    ("I.C.1.d", "[Sepsis|A41.9] due to E. coli.", "A41.51"),
    ("I.B.2", "Metabolic [encephalopathy|G93.40].", "G93.41"),
    ("I.C.9.a.10", "[Hypertensive crisis|I16.9], hypertensive emergency.", "I16.1"),
    # pregnancy
    ("I.C.15.a.3", "32 weeks pregnant with [anemia|O99.019].", "O99.013 Z3A.32"),
    (
        "I.C.15.a.3",
        "[Anemia in pregnancy|O99.019] at a gestational age of 13 weeks.",
        "O99.011 Z3A.13",
    ),
    ("I.C.15.a.3", "[Anemia in pregnancy|O99.019] in the second trimester.", "O99.012"),
    # codes without all their characters
    ("I.B.2", "[Gestational diabetes|O24.4] in pregnancy, diet controlled.", "O24.410"),
    ("I.B.18", "[Migraine|G43].", "G43.909"),
    ("I.B.2", "[Gout|M10] again.", "M10.9"),
    ("I.B.18", "[Cellulitis|L03.11] of the right lower limb.", "L03.115"),
]


@pytest.mark.parametrize(
    ("section", "note", "expected"), CASES, ids=[f"{c[0]} {c[2]}" for c in CASES]
)
def test_detail(section: str, note: str, expected: str, tabular: Tabular) -> None:
    guided = guide(note, tabular)
    assert codes(guided) == expected
    given = {found.code for found in read(note).found}
    for found in guided.codes:
        assert found.code in given or found.reasons, f"{found.code} is changed without a reason"
