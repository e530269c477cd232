import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.capabilities.documentation.said import note_of, text_of, writer
from wardround.capabilities.documentation.evaluate import supported
from wardround.capabilities.documentation.model import SECTIONS, Transcript, Turn

VISIT = (
    "d: Good morning, Mrs. Patel. What brings you in today?",
    "p: Hi, doctor. I've had this rash on my left forearm for about two weeks. It's very itchy.",
    "d: Have you changed your soap or detergent recently?",
    "p: No, I haven't.",
    "d: Any fever or joint pain?",
    "p: No, no fever.",
    "d: Your blood pressure is one thirty over eighty. Your lungs are clear.",
    "d: I think this is contact dermatitis. I'm going to start you on hydrocortisone one percent "
    "cream twice a day for seven days.",
    "p: That sounds good, thank you.",
    "d: Hey Dragon, show me the labs.",
    "d: Good to see you, bye now.",
)


def test_a_visit_becomes_a_note() -> None:
    note, _ = note_of(*VISIT)
    assert [section.code for section in note.sections] == [
        SECTIONS[name][0] for name in ("cc", "hpi", "ros", "exam", "plan")
    ]
    assert note.sections[0].sentences[0].text == "Rash."
    assert "She has not changed her soap or detergent." in note.text
    assert "130/80" in note.text
    assert "left forearm for about 2 weeks" in note.text
    assert "start hydrocortisone 1% cream twice daily for 7 days" in note.text
    assert "agrees" in note.text


@pytest.mark.requirement("DOC-03")
def test_negation_is_kept() -> None:
    text = text_of(*VISIT)
    assert "denies fever or joint pain" in text
    assert not re.search(r"[Rr]eports (?:fever|joint pain)", text)


@pytest.mark.requirement("DOC-04")
def test_laterality_is_kept() -> None:
    text = text_of(
        "d: what happened ?", "p: i fell and hurt my right knee , my left knee is fine ."
    )
    assert "right knee" in text
    assert text.count("left") == text.count("left knee")


def test_nothing_is_written_of_devices_and_small_talk() -> None:
    text = text_of(*VISIT).lower()
    for word in ("dragon", "show me", "bye", "good morning", "good to see", "thank"):
        assert word not in text


def test_fillers_and_false_starts_are_not_written() -> None:
    text = text_of(
        "d: how are you feeling ?",
        "p: um , i , i f- felt , uh , you know , really dizzy yesterday , mm-hmm .",
        "d: mm-hmm . okay .",
    )
    assert "dizzy" in text
    assert not re.search(r"\b(?:um|uh|mm-hmm|you know|f-)\b", text.lower())


def test_nobody_is_made_to_agree() -> None:
    assert "agrees" not in text_of(*VISIT[:8], "p: No, I don't want any cream.")


@pytest.mark.parametrize(("sex", "pronoun"), [("female", "She"), ("male", "He")])
def test_the_chart_says_which_pronoun(sex: str, pronoun: str) -> None:
    lines = ("d: what brings you in ?", "p: i have had a sore throat for three days .")
    assert f"{pronoun} has had a sore throat for 3 days." in text_of(*lines, sex=sex)


@pytest.mark.requirement("DOC-08")
def test_without_a_known_sex_no_pronoun_is_guessed() -> None:
    text = text_of("d: hi Andrea .", "p: i have had a cough , and my chest hurts when i run .")
    assert not re.search(r"\b(?:he|she|his|her|him|they)\b", text.lower())


@pytest.mark.requirement("DOC-08")
def test_who_came_along_is_not_the_patient() -> None:
    text = text_of(
        "d: what is going on with Lily today ?",
        "g: she has been pulling at her right ear . i gave her tylenol last night .",
        "d: any vomiting ?",
        "g: no .",
        "d: it is an ear infection . you can give her tylenol for the fever .",
    )
    assert "The patient gave" not in text
    assert "The patient can give" not in text
    assert re.search(r"(?:She|The patient) denies vomiting", text)


def test_nothing_said_is_nothing_written() -> None:
    note, evidence = writer().write(Transcript())
    assert note.sections == ()
    assert evidence == ()


def test_no_sentence_is_written_twice() -> None:
    note, _ = note_of(*VISIT, *VISIT)
    for section in note.sections:
        sentences = [sentence.text for sentence in section.sentences]
        assert len(sentences) == len(set(sentences))


_PHRASES = st.sampled_from(
    [line[3:] for line in VISIT]
    + [
        "um no",
        "yeah i i have a a cough",
        "okay alright so for your first problem your asthma i want you to use the inhaler",
        "any shortness of breath any wheezing",
        "<UNSURE>maybe</UNSURE> it's <UNIN/> worse",
        "your heart rate is ninety eight point",
        "…",
        "",
    ]
)
_TURNS = st.builds(
    lambda speaker, text, lead: Turn(speaker=speaker, source=lead + text, offset=len(lead)),
    st.sampled_from(["doctor", "patient", "guest", "nurse"]),
    st.one_of(_PHRASES, st.text(max_size=60)),
    st.sampled_from(["", "[doctor] ", "  "]),
)


@pytest.mark.requirement("DOC-01")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_TURNS, max_size=12))
def test_every_sentence_stands_on_words_of_its_turns(turns: list[Turn]) -> None:
    transcript = Transcript(turns=tuple(turns))
    note, evidence = writer().write(transcript)
    assert supported(note, evidence, transcript) == 1.0
    assert len(evidence) == sum(len(section.sentences) for section in note.sections)
    for item in evidence:
        for span in item.sources:
            assert span.kind == "text"
            assert span.start >= transcript.turns[span.part].offset
            assert transcript.turns[span.part].source[span.start : span.end].strip()
