"""What a text asserts of a mention, sentence by sentence."""

import pytest

from wardround.engines.assertion import Assertion, assess


def told(text: str, mention: str) -> Assertion:
    start = text.index(mention)
    return assess(text, [(start, start + len(mention))])[0]


def test_says_which_words_decided() -> None:
    text = "Denies chest pain, palpitations or dyspnea."
    found = told(text, "dyspnea")
    assert found == Assertion(polarity="negated", cues=((0, 6),))
    assert [text[start:end] for start, end in found.cues] == ["Denies"]


def test_keeps_the_order_of_the_spans() -> None:
    text = "No fever. Has cough."
    later, earlier = assess(text, [(14, 19), (3, 8)])
    assert (later.polarity, earlier.polarity) == ("present", "negated")


def test_a_heading_is_a_cue() -> None:
    text = "Family history: breast cancer.\n\nShe has asthma."
    assert told(text, "breast cancer") == Assertion(person="family", cues=((0, 15),))
    assert told(text, "asthma").asserted


def test_places_hold_where_lower_case_is_longer() -> None:
    text = "\u0130\u0130\u0130 No fever."
    assert told(text, "fever") == Assertion(polarity="negated", cues=((4, 6),))


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (5, 400)])
def test_refuses_a_span_without_characters_of_the_text(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="span"):
        assess("No fever.", [span])


def test_no_spans_no_answers() -> None:
    assert assess("", []) == []


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "no", "?", ":", "(((", "no no no", "- - -\n-", "1."]
)
def test_reads_any_text(text: str) -> None:
    spans = [(at, at + 1) for at in range(len(text))]
    assert len(assess(text, spans)) == len(spans)


def test_a_long_text_without_an_end_is_read() -> None:
    text = "no fever, " * 2000 + "but cough"
    assert assess(text, [(len(text) - 5, len(text))])[0].polarity == "present"


def test_a_cue_never_lies_within_its_mention() -> None:
    text = "History of falling. No known allergies. Rule out sepsis."
    for mention in ("History of falling", "No known allergies", "Rule out sepsis"):
        assert told(text, mention) == Assertion()


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("DOCTOR: Any fever?\nPATIENT: No, none.\n", True),
        ("[doctor] Any fever?\n[patient] Yes, a little.\n", False),
        ("Fever? Denies.", True),
    ],
)
def test_an_answer_decides_a_question(text: str, denied: bool) -> None:
    start = text.lower().index("fever")
    (found,) = assess(text, [(start, start + 5)])
    assert (found.negated, found.certainty) == (denied, "certain")


def test_a_question_without_an_answer_is_open() -> None:
    assert told("Fever? She looks well.", "Fever").certainty == "possible"
