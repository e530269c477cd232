import pytest

from wardround.capabilities.documentation.writing.exchanges import answer
from wardround.capabilities.documentation.writing.person import HE, SHE, in_third_person
from wardround.capabilities.documentation.writing.questions import fuse


@pytest.mark.parametrize(
    ("question", "yes", "fused"),
    [
        ("any chest pain or palpitations", False, "she denies chest pain or palpitations"),
        ("okay and have you had any fever", False, "she denies fever"),
        ("have you had any fever", True, "she reports fever"),
        ("do you smoke", False, "she does not smoke"),
        ("are you taking your medication", True, "she is taking her medication"),
        ("have you injured that knee before", False, "she has not injured that knee before"),
        ("did you fall", False, "she did not fall"),
        ("has she been vomiting", False, "she has not been vomiting"),
    ],
)
def test_question_and_answer_say_one_thing(question: str, yes: bool, fused: str) -> None:
    claimed = fuse(tuple(question.split()), yes=yes, who=SHE)
    assert claimed is not None
    assert " ".join(claimed.words) == fused


@pytest.mark.parametrize(
    "question", ["any questions", "can you tell me about the pain", "do you know what i mean"]
)
def test_questions_that_ask_nothing_of_the_patient_are_not_fused(question: str) -> None:
    assert fuse(tuple(question.split()), yes=False, who=SHE) is None


@pytest.mark.parametrize(
    ("words", "polarity", "rest"),
    [
        ("no", False, ""),
        ("no not that i have noticed", False, ""),
        ("um no nothing like that", False, ""),
        ("yeah every morning", True, "every morning"),
        ("no no nausea or vomiting", False, "no nausea or vomiting"),
        ("about two weeks", None, "about two weeks"),
        ("not really", False, ""),
    ],
)
def test_answers(words: str, polarity: bool | None, rest: str) -> None:
    assert answer(words.split()) == (polarity, tuple(rest.split()))


@pytest.mark.parametrize(
    ("speaker", "words", "told"),
    [
        ("patient", "i have been tired and my knee hurts", "he has been tired and his knee hurts"),
        (
            "patient",
            "i usually take it and i do not sleep",
            "he usually takes it and he does not sleep",
        ),
        ("doctor", "i want to put you on lasix", "i want to put him on lasix"),
        ("doctor", "i will see you in two weeks", "i will see him in two weeks"),
        ("doctor", "you are retaining fluid", "he is retaining fluid"),
        ("doctor", "i will have you come back", "i will have him come back"),
    ],
)
def test_the_patient_is_told_of_in_the_third_person(speaker: str, words: str, told: str) -> None:
    assert " ".join(in_third_person(words.split(), speaker, HE)) == told
