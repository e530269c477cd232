import pytest

from tests.capabilities.documentation.said import note_of, text_of
from wardround.capabilities.documentation.model import SECTIONS
from wardround.capabilities.documentation.writing.problems import diagnosis, named_problem
from wardround.capabilities.documentation.writing.segments import Segment

TALK = ("d: how are you ?", "p: i am okay .", "d: good .", "p: my ankles swell .")


def segment(words: str) -> Segment:
    return Segment(0, "doctor", tuple(words.split()), 0, 1, question=False)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "for your first problem your congestive heart failure i want to",
            "congestive heart failure",
        ),
        ("so for your second problem of type 2 diabetes let us order", "type 2 diabetes"),
        ("from a depression standpoint you are doing well", "depression"),
        ("for your hypertension , keep taking lisinopril", "hypertension"),
        ("i want you to take it for your whole life", ""),
        ("for your next visit bring the diary", ""),
    ],
)
def test_a_doctor_turns_to_a_problem_by_name(words: str, name: str) -> None:
    assert " ".join(named_problem(segment(words))[0]) == name


@pytest.mark.requirement("DOC-15")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("this is consistent with a lumbar sprain", "lumbar sprain"),
        ("i think you may have something called gastroenteritis", "possible gastroenteritis"),
        ("you do not have what we call pneumonia", ""),
        ("the x-ray rules out what we call a fracture if it is clear", ""),
    ],
)
def test_a_diagnosis_is_as_certain_as_it_was_said(words: str, name: str) -> None:
    assert " ".join(diagnosis(segment(words))) == name


def test_each_problem_has_one_block() -> None:
    note, evidence = note_of(
        *TALK,
        "d: so for your first problem your heart failure i want to increase your lasix "
        "to eighty milligrams a day",
        "p: okay",
        "d: i also want to order an echocardiogram",
        "p: okay",
        "d: for your second problem your gout i want you to continue the "
        "allopurinol one hundred milligrams a day",
        "p: sounds good",
    )
    place, plan = next((i, s) for i, s in enumerate(note.sections) if s.code == SECTIONS["plan"][0])
    assert [sentence.text for sentence in plan.sentences] == [
        "Heart failure.",
        "Additional testing: We will order an echocardiogram.",
        "Medical treatment: We will increase the patient's Lasix to 80 mg daily.",
        "Gout.",
        "Medical treatment: The patient should continue the allopurinol 100 mg daily.",
        "The patient understands and agrees with the recommended medical treatment plan.",
    ]
    parts = {
        item.claim: [span.part for span in item.sources if span.kind == "text"] for item in evidence
    }
    assert parts[f"/sections/{place}/sentences/1"] == [6]
    assert parts[f"/sections/{place}/sentences/5"] == [9]


def test_the_patient_s_pronoun_is_an_object_where_it_is_one() -> None:
    text = text_of(*TALK, "d: i am going to put you on some lasix for the swelling", sex="male")
    assert "put he" not in text
    assert "start some Lasix" in text


@pytest.mark.requirement("DOC-15")
def test_what_may_come_is_not_told_as_a_fact() -> None:
    text = text_of(
        *TALK,
        "d: So for your first problem, your headache, I want you to take ibuprofen 400 milligrams.",
        "p: Okay.",
        "d: If it is not better, come back. If you lose weight. Or your pain is getting worse.",
    )
    assert "pain is getting worse" not in text


@pytest.mark.requirement("DOC-15")
def test_a_belief_stays_a_belief() -> None:
    text = text_of(*TALK, "d: i think you have a lumbar strain from the lifting .", "p: okay .")
    assert "I think the patient has a lumbar strain" in text
