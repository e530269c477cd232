"""Each guardrail speaks where it must and keeps silent where it must; the docs say the same."""

import os
import re
from pathlib import Path

import pytest

from tests.capabilities.documentation.checked import CLAIM, WOMAN, Chart, allergy, check, request
from wardround.capabilities.documentation.guardrails import GUARDRAILS
from wardround.kernel import Evidence, Severity, TextSpan

TABLE = Path(__file__).parents[3] / "docs" / "guardrails.md"


DOSE = [("doctor", "Increase the lisinopril to twenty milligrams for two weeks.")]


def test_a_faithful_sentence_passes() -> None:
    assert check("Increase lisinopril to 20 mg for 2 weeks.", DOSE) == {}


@pytest.mark.requirement("DOC-01")
def test_a_sentence_without_evidence_blocks() -> None:
    found = check("Increase lisinopril to 20 mg.", DOSE, evidence=())
    assert found["missing-evidence"].severity is Severity.BLOCK
    assert found["missing-evidence"].claim == CLAIM


@pytest.mark.requirement("DOC-01")
@pytest.mark.parametrize(("part", "end"), [(7, 5), (0, 4000)])
def test_evidence_that_leads_nowhere_blocks(part: int, end: int) -> None:
    astray = TextSpan(input="transcript", part=part, start=0, end=end)
    found = check("Lisinopril.", DOSE, evidence=(Evidence(claim=CLAIM, sources=(astray,)),))
    assert found["missing-evidence"].severity is Severity.BLOCK


@pytest.mark.requirement("DOC-02")
@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Increase lisinopril to 40 mg for 2 weeks.", "40"),
        ("Increase lisinopril to 200 mg for 2 weeks.", "200"),
        ("Increase lisinopril to 20 mcg for 2 weeks.", "20 mcg"),
        ("Increase lisinopril to 20 mg for 2 months.", "2 months"),
        ("Increase lisinopril to 20 mg on Friday.", "friday"),
    ],
)
def test_a_number_nobody_said_warns(sentence: str, word: str) -> None:
    found = check(sentence, DOSE)["unsupported-number"]
    assert found.severity is Severity.WARN
    assert f"“{word}”" in found.message


@pytest.mark.requirement("DOC-02")
def test_a_number_said_elsewhere_in_the_visit_is_no_support() -> None:
    said = [*DOSE, ("patient", "I weigh forty stone.")]
    assert "unsupported-number" in check("Lisinopril to 40 mg for 2 weeks.", said, sources=[0])


@pytest.mark.requirement("DOC-03")
def test_a_denial_turned_around_warns() -> None:
    said = [("doctor", "Any chest pain?"), ("patient", "No.")]
    found = check("The patient reports chest pain.", said, section="hpi")["negation-conflict"]
    assert (found.severity, "chest" in found.message) == (Severity.WARN, True)
    assert "negation-conflict" not in check("The patient denies chest pain.", said, section="hpi")


KNEE = [("patient", "It's my left knee that hurts.")]


@pytest.mark.requirement("DOC-04")
def test_the_wrong_side_blocks() -> None:
    found = check("Right knee pain.", KNEE)["laterality-conflict"]
    assert found.severity is Severity.BLOCK
    assert "laterality-conflict" not in check("Left knee pain.", KNEE)


@pytest.mark.requirement("DOC-04")
def test_a_side_nobody_said_blocks() -> None:
    said = [("patient", "It's my knee that hurts.")]
    assert check("Right knee pain.", said)["laterality-conflict"].severity is Severity.BLOCK


def test_a_side_said_elsewhere_for_the_same_part_is_known() -> None:
    said = [("patient", "The knee hurts."), ("doctor", "The left knee?"), ("patient", "Yes.")]
    assert "laterality-conflict" not in check("Left knee pain.", said, sources=[0])


def test_what_a_person_wrote_against_the_transcript_warns_and_does_not_block() -> None:
    found = check("Right knee pain; started warfarin.", KNEE, own=True)
    assert found["laterality-conflict"].severity is Severity.WARN
    assert found["unknown-medicine"].severity is Severity.WARN
    assert all(finding.severity is not Severity.BLOCK for finding in found.values())


@pytest.mark.requirement("DOC-05")
def test_a_dose_taken_back_warns() -> None:
    said = [("doctor", "Lisinopril from ten to forty. No wait, twenty, not forty.")]
    assert "“40”" in check("Lisinopril from 10 to 40.", said)["taken-back"].message
    assert "taken-back" not in check("Lisinopril from 10 to 20.", said)


@pytest.mark.requirement("DOC-06")
@pytest.mark.parametrize("name", ["warfarin", "Entresto 24 mg", "nivolumab", "Xarelto"])
def test_a_medicine_from_nowhere_blocks(name: str) -> None:
    sentence = f"Increase lisinopril to 20 mg for 2 weeks. Start {name}."
    assert check(sentence, DOSE)["unknown-medicine"].severity is Severity.BLOCK


def test_a_medicine_of_the_chart_is_known() -> None:
    chart = Chart(WOMAN, request("Warfarin 5 mg oral tablet"))
    assert "unknown-medicine" not in check("Continue warfarin.", DOSE, chart=chart)
    assert "unknown-medicine" not in check("Continue Coumadin.", DOSE, chart=chart)


AMOXICILLIN = [("doctor", "I'll start amoxicillin for the ear.")]


@pytest.mark.requirement("DOC-07")
@pytest.mark.parametrize("recorded", ["Amoxicillin", "Penicillin G", "Penicillins"])
def test_a_medicine_that_an_allergy_covers_warns(recorded: str) -> None:
    found = check("Start amoxicillin.", AMOXICILLIN, chart=Chart(WOMAN, allergy(recorded)))
    assert found["allergy-conflict"].severity is Severity.WARN


@pytest.mark.parametrize(
    ("sentence", "chart"),
    [
        ("Start amoxicillin.", Chart(WOMAN)),
        ("Start amoxicillin.", Chart(WOMAN, allergy("Latex"))),
        ("No amoxicillin because of the allergy.", Chart(WOMAN, allergy("Amoxicillin"))),
        (
            "Start amoxicillin.",
            Chart(
                WOMAN,
                allergy("Amoxicillin", verificationStatus={"coding": [{"code": "refuted"}]}),
            ),
        ),
    ],
)
def test_no_allergy_no_warning(sentence: str, chart: Chart) -> None:
    assert "allergy-conflict" not in check(sentence, AMOXICILLIN, chart=chart)


@pytest.mark.requirement("DOC-08")
@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("A 58-year-old woman with cough.", False),
        ("A 59-year-old female with cough.", False),
        ("A 58-year-old man with cough.", True),
        ("A 38-year-old woman with cough.", True),
        ("Lives with her 4-year-old son and a cough.", False),
        ("She has a cough.", False),
    ],
)
def test_sex_and_age_are_those_of_the_chart(sentence: str, wrong: bool) -> None:
    said = [("doctor", f"{sentence} I see.")]
    found = check(sentence, said, section="hpi", chart=Chart(WOMAN))
    assert ("patient-mismatch" in found) is wrong


@pytest.mark.parametrize("patient", [{}, {"gender": "other"}, {"birthDate": "1968"}])
def test_a_chart_that_does_not_know_contradicts_nobody(patient: dict[str, str]) -> None:
    said = [("doctor", "A 38-year-old man with cough.")]
    chart = Chart({"resourceType": "Patient", "id": "1"} | patient)
    assert "patient-mismatch" not in check(said[0][1], said, section="hpi", chart=chart)


@pytest.mark.requirement("DOC-11")
def test_words_a_person_added_are_noted() -> None:
    found = check("Increase lisinopril; suspect sarcoidosis.", DOSE, own=True)["own-words"]
    assert found.severity is Severity.NOTE
    assert "“sarcoidosis”" in found.message
    assert "lisinopril" not in found.message


@pytest.mark.requirement("DOC-11")
def test_words_of_the_machine_that_nobody_said_warn() -> None:
    found = check("Splendid prognosis after complicated surgery.", DOSE)
    assert found["low-grounding"].severity is Severity.WARN


@pytest.mark.parametrize(
    ("sentence", "speech"),
    [
        ("Neurological: Reports dizziness.", "I get dizzy."),
        ("Constitutional: Reports fatigue.", "I'm so tired."),
        ("Hypertension.", "your high blood pressure"),
        ("The patient understands and agrees with the recommended plan.", "Sounds good."),
    ],
)
def test_the_words_notes_use_are_grounded(sentence: str, speech: str) -> None:
    assert "low-grounding" not in check(sentence, [("patient", speech)], section="ros")


def test_a_note_without_a_plan_is_noted() -> None:
    found = check("Cough.", [("patient", "I have a cough.")], section="hpi")["missing-plan"]
    assert (found.severity, found.claim) == (Severity.NOTE, None)


@pytest.mark.requirement("DOC-09")
def test_speakers_that_look_swapped_warn() -> None:
    said = [
        ("patient", "What brings you in? How long has it hurt? Any numbness?"),
        ("doctor", "My knee. I was running and I felt it. I can't sleep."),
        ("patient", "Have you tried anything? Let me have a look."),
        ("doctor", "I took something my wife gave me. Thank you, doctor."),
    ]
    found = check("Knee pain.", said)["swapped-speakers"]
    assert (found.severity, found.claim) == (Severity.WARN, None)


def test_the_page_lists_every_guardrail_as_it_is() -> None:
    notes, _, _ = TABLE.read_text("utf-8").partition("## Of a risk assessment")
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (.+) \|$", notes, re.MULTILINE)
    assert rows == [
        (rail.rule, rail.severity.value, (type(rail).__doc__ or "").split("\n")[0])
        for rail in GUARDRAILS
    ]


@pytest.mark.requirement("DOC-16")
@pytest.mark.data
def test_planted_faults_are_seen_and_clean_drafts_left_alone() -> None:
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    from scripts.measure_guardrails import measure

    measured = measure("valid", every=3)  # the whole set: scripts/measure_guardrails.py
    assert measured.visits == 7
    assert measured.recall >= 0.9
    assert measured.alarms < 1
