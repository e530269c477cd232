"""What question and answer say together is never told the wrong way round."""

import re

import pytest

from wardround.capabilities.documentation import Documentation, load_documentation

OPENING = """[doctor] Good morning. What brings you in today?
[patient] I've had a sore throat for three days."""
CLOSING = """[doctor] Okay. Let me examine you. Your throat is red. Your lungs are clear. So I \
think this is a viral infection. Drink fluids and take acetaminophen. Come back in a week if it \
is not better.
[patient] Okay, thanks."""

ANSWERS = [
    (
        "You twisted it ten days ago, right? Any numbness in the foot?",
        "Yes, at soccer. No numbness.",
    ),
    ("Any fever or chills?", "No, no fever. But some chills at night."),
    ("Any fever or chills?", "Fever yes, no chills."),
    ("Do you have chest pain?", "Not anymore."),
    ("Any nausea or vomiting?", "Nausea, but I haven't thrown up."),
    ("Do you smoke?", "I quit ten years ago."),
    ("And you're not having any shortness of breath?", "No."),
    ("And you're not having any shortness of breath?", "Well, yes, a little on the stairs."),
    ("You haven't had any bleeding?", "No, I haven't."),
    ("You haven't noticed any blood in your stool?", "Actually yeah, twice last week."),
    ("Does the pain go into your left arm?", "No, the right one."),
    ("Any headaches, dizziness, or vision changes?", "Just headaches."),
    ("Are you taking your lisinopril?", "I stopped it two weeks ago."),
    ("Any cough?", "Nope."),
    ("Any cough?", "A dry one, yeah."),
    ("Have you lost weight?", "I don't think so."),
    ("Do you have diabetes in the family?", "My mother does."),
    ("So the knee swelled up right away?", "No, the next day."),
    ("Any numbness or tingling?", "Tingling in the right hand but no numbness."),
    ("No fevers?", "No fevers."),
    ("Is it worse at night?", "Not really, it's worse in the morning."),
    ("Any palpitations? Any swelling in your legs?", "No. Well, my ankles swell a bit by evening."),
    ("When did the rash start? Was it itchy?", "Last Tuesday, and no, it doesn't itch."),
    ("Any trouble with urination, burning?", "It burns a little."),
]
HAS = r"(?:reports|endorses|has|had)\b[^.]*"
HAS_NOT = r"(?:denies|no)\b[^.]*"
WRONG = [
    HAS + "numb",
    HAS_NOT + "chills",
    HAS + "chills|" + HAS_NOT + "fever",
    r"(?:reports|endorses|has) chest pain",
    HAS_NOT + "nausea|" + HAS + "vomit",
    "denies smok|smokes",
    HAS + "shortness",
    HAS_NOT + "shortness",
    HAS + "bleed",
    HAS_NOT + "blood",
    r"(?:goes|radiates) into (?:\w+ )?left arm",
    HAS_NOT + "headache|" + HAS + "(?:dizz|vision)",
    "is taking|continues|takes",
    HAS + "cough",
    HAS_NOT + "cough",
    HAS + "(?:lost|weight loss)",
    r"the patient (?:has|reports) diabetes",
    "swelled up right away",
    HAS_NOT + "tingling|(?:reports|endorses) (?:\\w+ )?numbness",
    HAS + "fever",
    "is worse at night",
    HAS + "palpitations",
    r"(?:reports|endorses) (?:\w+ )?itch",
    HAS_NOT + "burning",
]


@pytest.fixture(scope="module")
def room() -> Documentation:
    return load_documentation()


@pytest.mark.requirement("DOC-03")
@pytest.mark.parametrize(("said", "wrong"), list(zip(ANSWERS, WRONG, strict=True)))
def test_an_answer_is_not_told_the_wrong_way_round(
    room: Documentation, said: tuple[str, str], wrong: str
) -> None:
    question, answer = said
    visit = f"{OPENING}\n[doctor] {question}\n[patient] {answer}\n{CLOSING}"
    note = room.batch({"id": 1, "transcript": visit})["note"]
    assert "Sore throat" in note
    assert not re.search(wrong, note, re.IGNORECASE), note


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("Any nausea or vomiting?", "Nausea, but I haven't thrown up.", "nausea"),
        ("Do you smoke?", "I quit ten years ago.", "quit"),
        ("And you're not having any shortness of breath?", "No.", "shortness of breath"),
        ("Are you taking your lisinopril?", "I stopped it two weeks ago.", "stopped"),
        ("Any palpitations? Any swelling in your legs?", "No. Well, my ankles swell.", "ankles"),
        ("Are you allergic to anything?", "Penicillin.", "Penicillin"),
    ],
)
def test_what_is_answered_is_told(
    room: Documentation, question: str, answer: str, told: str
) -> None:
    visit = f"{OPENING}\n[doctor] {question}\n[patient] {answer}\n{CLOSING}"
    assert told in room.batch({"id": 1, "transcript": visit})["note"]
