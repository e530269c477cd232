"""What is affirmed and what is denied."""

import pytest

from wardround.capabilities.documentation.model import Transcript, Turn
from wardround.capabilities.documentation.reading.polarity import conflict, of_sentence, of_sources
from wardround.kernel import TextSpan


def visit(*turns: tuple[str, str]) -> Transcript:
    return Transcript(turns=tuple(Turn(speaker=who, source=text) for who, text in turns))


def spans(transcript: Transcript) -> list[TextSpan]:
    return [
        TextSpan(input="transcript", part=part, start=0, end=len(turn.source))
        for part, turn in enumerate(transcript.turns)
    ]


def speech(*turns: tuple[str, str]) -> dict[str, bool | None]:
    said = visit(*turns)
    return {stem: item.denied for item in of_sources(spans(said), said) for stem in item.stems}


def note(text: str) -> dict[str, bool | None]:
    return {stem: item.denied for item in of_sentence(text) for stem in item.stems}


@pytest.mark.parametrize(
    ("text", "denied", "affirmed"),
    [
        ("The patient denies fever, chills or cough but reports fatigue.", "fever cough", "fatigu"),
        ("There is no swelling of the ankle, the lungs are clear.", "ankl", "lung clear"),
        ("Neurological: Reports headaches. Denies dizziness.", "dizzines", "headach"),
        ("The biopsy was negative.", "biopsy", ""),
        ("She can't catch her breath and she feels weak.", "breath", "weak"),
        ("He denies thoughts of suicide.", "suicid", ""),
        ("I do n't appreciate any murmur.", "murmur", ""),
    ],
)
def test_a_sentence(text: str, denied: str, affirmed: str) -> None:
    read = note(text)
    assert {read[stem] for stem in denied.split()} <= {True}
    assert {read[stem] for stem in affirmed.split()} <= {False}


@pytest.mark.parametrize("answer", ["No.", "Nope, never.", "um, no, not really", "no i do n't"])
def test_a_question_answered_no_denies(answer: str) -> None:
    assert speech(("doctor", "Any fever or chills?"), ("patient", answer))["fever"] is True


@pytest.mark.parametrize("answer", ["Yes.", "Yeah, a bit.", "I do.", "uh, sometimes"])
def test_a_question_answered_yes_affirms(answer: str) -> None:
    assert speech(("doctor", "Do you have any fever?"), ("patient", answer))["fever"] is False


def test_a_question_without_its_mark_is_read_by_its_form() -> None:
    said = speech(("doctor", "okay did you hit your head at all"), ("patient", "no i did n't"))
    assert said["head"] is True


def test_a_question_with_no_clear_answer_stays_open() -> None:
    said = speech(("doctor", "Any fever?"), ("patient", "My wife thinks I was warm."))
    assert said["fever"] is None


def test_no_before_a_statement_is_an_answer() -> None:
    assert speech(("patient", "No, it is swollen."))["swollen"] is False


@pytest.mark.requirement("DOC-03")
@pytest.mark.parametrize(
    ("sentence", "turns", "denies"),
    [
        ("The patient reports chest pain.", [("patient", "No chest pain.")], False),
        ("The patient denies chest pain.", [("patient", "I get this chest pain.")], True),
        (
            "Her X-ray looks normal with fractures.",
            [("doctor", "Your X-ray looks normal with no fractures.")],
            False,
        ),
        (
            "Respiratory: Endorses cough.",
            [("doctor", "Any nausea, cough, or dizziness?"), ("patient", "No.")],
            False,
        ),
    ],
)
def test_a_conflict(sentence: str, turns: list[tuple[str, str]], denies: bool) -> None:
    said = visit(*turns)
    found = conflict(of_sentence(sentence), of_sources(spans(said), said))
    assert found is not None
    assert found[1] is denies


@pytest.mark.parametrize(
    ("sentence", "turns"),
    [
        ("The patient denies fever.", [("doctor", "Any fever?"), ("patient", "No.")]),
        ("The patient reports fever.", [("doctor", "Any fever?"), ("patient", "Yes.")]),
        ("No wheezes.", [("doctor", "I don't hear any wheezes.")]),
        ("He takes aspirin.", [("patient", "I take aspirin, no problem.")]),
        (
            "He had fever but no cough.",
            [("patient", "I had a fever. I didn't have any cough, though.")],
        ),
    ],
)
def test_no_conflict(sentence: str, turns: list[tuple[str, str]]) -> None:
    said = visit(*turns)
    assert conflict(of_sentence(sentence), of_sources(spans(said), said)) is None
