"""Questions to the clinician: asked when worth it, and never leading."""

import re

import pytest

from tests.capabilities.coding.guidelines.notes import guide, read
from wardround.capabilities.coding.guidelines import Query
from wardround.capabilities.coding.guidelines.rules import rules
from wardround.engines.terminology import Tabular

ASKED = [
    ("I50.9", "[Heart failure|I50.9]. EF 35%, on furosemide.", ["EF 35%", "furosemide"]),
    ("N18.9", "[CKD|N18.9], eGFR 38 ml/min.", ["eGFR 38 ml/min"]),
    ("D64.9", "[Anemia|D64.9], Hb 7.2 g/dl, transfused two units after melena.", ["Hb 7.2 g/dl"]),
    ("E46", "[Malnutrition|E46] with muscle wasting.", ["muscle wasting"]),
    ("E66.9", "[Obesity|E66.9], BMI 38.", ["BMI 38"]),
    ("G93.40", "[Encephalopathy|G93.40], ammonia 140, cirrhosis.", ["ammonia 140", "cirrhosis"]),
    ("J96.00", "Acute [respiratory failure|J96.00], SpO2 84 %.", ["SpO2 84 %"]),
    ("J18.9", "[Pneumonia|J18.9]; sputum culture grew MRSA; vancomycin.", ["vancomycin"]),
    ("L89.159", "[Sacral pressure ulcer|L89.159], 3 x 4 cm with slough.", ["3 x 4 cm", "slough"]),
    ("J45.909", "[Asthma|J45.909], FEV1 62 %, on budesonide.", ["FEV1 62 %", "budesonide"]),
    ("I48.91", "[Atrial fibrillation|I48.91], rate control, apixaban.", ["apixaban"]),
    ("F32.A", "[Depression|F32.A], PHQ-9 17, sertraline.", ["PHQ-9 17", "sertraline"]),
    ("A41.9", "[Sepsis|A41.9]. [Acute kidney injury|N17.9]. Lactate 4.", ["Lactate 4"]),
    ("E11.9", "[Diabetes|E11.9], T2DM uncontrolled, HbA1c 11 %.", ["HbA1c 11 %"]),
    ("M25.569", "[Knee pain|M25.569].", ["Knee pain"]),
    ("S52.509A", "[Fracture of the radius|S52.509A].", ["Fracture of the radius"]),
]


@pytest.mark.parametrize(("about", "note", "quoted"), ASKED, ids=[one[0] for one in ASKED])
def test_what_is_missing_is_asked_with_the_indicators(
    about: str, note: str, quoted: list[str], tabular: Tabular
) -> None:
    (query,) = [one for one in guide(note, tabular).queries if one.about == about]
    words = read(note).words(query.spans)
    assert set(quoted) <= set(words)
    assert all(f'"{word}"' in query.question for word in words)
    _is_compliant(query)


QUIET = [
    ("I50.23", "Acute on chronic systolic [heart failure|I50.9], EF 35%."),
    ("N18.4", "[CKD|N18.9] stage 4, eGFR 22."),
    ("N18.9", "[CKD|N18.9]."),
    ("J18.9", "[Pneumonia|J18.9]."),
    ("E66.812", "[Obesity|E66.9] class 2, BMI 38."),
    ("M25.561", "Right [knee pain|M25.569]."),
    ("I10", "[Hypertension|I10]."),
]


@pytest.mark.parametrize(("code", "note"), QUIET, ids=[one[0] for one in QUIET])
def test_nothing_is_asked_that_is_said_or_has_no_indicator(
    code: str, note: str, tabular: Tabular
) -> None:
    guided = guide(note, tabular)
    assert code in {found.code for found in guided.codes}
    assert not guided.queries


def test_only_supported_choices_are_offered(tabular: Tabular) -> None:
    note = "[Encephalopathy|G93.40], ammonia 140, cirrhosis, sepsis."
    (query,) = guide(note, tabular).queries
    assert query.options[:-2] == ("Metabolic encephalopathy", "Hepatic encephalopathy")
    alone = "[Encephalopathy|G93.40], confused."
    (query,) = guide(alone, tabular).queries
    assert query.options == ()


def test_a_bmi_without_a_diagnosis_is_asked_openly(tabular: Tabular) -> None:
    (query,) = guide("[Hypertension|I10]. BMI 38.", tabular).queries
    assert (query.about, query.options) == ("", ())
    assert "obes" not in query.question.lower()


def test_words_that_contradict_are_asked(tabular: Tabular) -> None:
    note = "[Knee pain|M25.569]. The right knee is swollen. The left knee is swollen."
    asked = [one for one in guide(note, tabular).queries if "different" in one.why]
    assert len(asked) == 1
    assert {"right", "left"} <= {option.lower() for option in asked[0].options}


def test_a_code_that_cannot_be_completed_is_asked(tabular: Tabular) -> None:
    (query,) = guide("[Gestational diabetes|O24.4].", tabular).queries
    assert "Gestational diabetes mellitus in pregnancy" in query.options
    _is_compliant(query)


def test_stages_that_contradict_are_asked(tabular: Tabular) -> None:
    note = "[Chronic kidney disease|N18.9]. Known CKD stage 3a. Seen before as CKD stage 4."
    guided = guide(note, tabular)
    assert [found.code for found in guided.codes] == ["N18.9"]
    assert [one.about for one in guided.queries] == ["N18.9"]


def test_every_rule_is_compliant() -> None:
    """AHIMA and ACDIS, Guidelines for Achieving a Compliant Query Practice (2022)."""
    for rule in rules("queries")["query"]:
        said = " ".join((rule["question"], *(option["text"] for option in rule["options"])))
        assert not _PAYMENT.search(said), rule["name"]
        assert rule["question"].endswith("?")
        titles = [option["text"].lower() for option in rule["options"]]
        assert not [title for title in titles if title in rule["question"].lower()], rule["name"]
    assert rules("queries")["closing"] == ["Other (please say)", "Unable to determine"]


_PAYMENT = re.compile(
    r"reimburs|pay|revenue|drg|severity of illness|risk adjust|hcc|quality|score|bill|claim",
    re.IGNORECASE,
)


def _is_compliant(query: Query) -> None:
    assert query.spans
    assert not _PAYMENT.search(query.question)
    assert not query.options or query.options[-2:] == ("Other (please say)", "Unable to determine")
    assert len(query.options) != 3, "one choice alone leads"
    assert re.search(r"\b[IV]+\.[A-Z]", query.why), "the coder is told the section"
