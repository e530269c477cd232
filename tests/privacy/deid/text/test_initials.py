"""People who stand in a text by their initials alone, or behind a title by a word."""

import pytest

from wardround.privacy.deid import Kind, find_phi


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_phi(text) if span.kind is Kind.NAME]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ML is a 54 year old woman.", ["ML"]),
        ("HPI is a pleasant story.", []),
        ("Dose reviewed DŞ.", ["DŞ"]),
        ("Chart reviewed. BP 120/80.", []),
        ("-- SS, RN, at the desk", ["SS"]),
        ("The ICU RN was paged.", []),
        ("H.N.L. was seen today.", ["H.N.L."]),
        ("Take it B.I.D. with food.", []),
        ("[07:21] Fish-MacDougall: mag is 1.4", ["Fish-MacDougall"]),
        ("[07:21] Case Mgmt: medicaid pending", []),
    ],
)
def test_initials_are_somebody_where_the_words_beside_them_say_so(
    text: str, wanted: list[str]
) -> None:
    assert names(text) == wanted


def test_speakers_by_their_initials_are_found_in_a_conversation_only() -> None:
    talk = "KR: How are you?\nTB: Better.\nKR: And the cough?\nTB: Gone.\n"
    assert names(talk) == ["KR", "TB", "KR", "TB"]
    note = (
        "BP: 120/80\nSleeps well, eats well.\nNo cough.\nBP: 118/76\nBack soon.\nWalks.\nReads.\n"
    )
    assert names(note) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I saw Mr. March again.", ["Mr. March"]),
        ("Left with Dr. Wood's secretary.", ["Dr. Wood"]),
        ("Doctor Eze agrees.", ["Doctor Eze"]),
        ("Seen by Doctor al-Tamimi.", ["Doctor al-Tamimi"]),
        ("She wears Dr. Scholl's inserts.", []),
        ("The doctor will see her.", []),
        ("seen by Dr.", []),
    ],
)
def test_behind_a_title_a_word_is_a_name_too(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted
