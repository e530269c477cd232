from hypothesis import given
from hypothesis import strategies as st

from wardround.capabilities.documentation import Turn
from wardround.capabilities.documentation.formats import plain


def turns(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in plain.read(text)]


def test_a_turn_is_the_whole_line() -> None:
    text = "[doctor] How are you?\n[patient] Not so well."
    first, second = plain.read(text)
    assert (first.source, first.offset) == ("[doctor] How are you?", 9)
    assert second.source[second.offset :] == "Not so well."


def test_labels_are_read_in_any_case() -> None:
    text = "[DOCTOR] a\n[Patient] b\n[patient_guest] c\n[Guest_family] d\n[ doctor ]: e"
    assert turns(text) == [
        ("doctor", "a"),
        ("patient", "b"),
        ("patient_guest", "c"),
        ("guest_family", "d"),
        ("doctor", "e"),
    ]


def test_a_line_without_a_label_belongs_to_the_turn_before() -> None:
    text = "[doctor] Take it\ntwice a day.\n\n  With food.\n\n[patient] Okay.\n"
    first, second = plain.read(text)
    assert first.source == "[doctor] Take it\ntwice a day.\n\n  With food."
    assert second.source == "[patient] Okay."


def test_what_stands_before_the_first_label_is_kept() -> None:
    assert turns("Visit of 3 May\n[doctor] Hello.") == [
        ("unknown", "Visit of 3 May"),
        ("doctor", "Hello."),
    ]


def test_line_endings_of_every_system_end_lines() -> None:
    for newline in ("\n", "\r\n", "\r"):
        found = list(plain.read(f"[doctor] a{newline}[patient] b\u2028c{newline}"))
        assert [turn.source for turn in found] == ["[doctor] a", "[patient] b\u2028c"]


def test_names_before_a_colon_are_labels() -> None:
    text = "Doctor: How are you?\nPatient: Fine: really.\nNurse: Hello."
    assert turns(text) == [
        ("doctor", "How are you?"),
        ("patient", "Fine: really."),
        ("nurse", "Hello."),
    ]


def test_other_words_before_a_colon_are_labels_only_when_they_come_again() -> None:
    text = "Doctor: Listen.\nRemember: with food.\nKarl Lind: Yes.\nDoctor: Good.\nKarl Lind: Okay."
    assert turns(text) == [
        ("doctor", "Listen.\nRemember: with food."),
        ("karl_lind", "Yes."),
        ("doctor", "Good."),
        ("karl_lind", "Okay."),
    ]


def test_where_there_are_brackets_a_colon_is_no_label() -> None:
    assert turns("[doctor] Two things.\nPatient: you said?") == [
        ("doctor", "Two things.\nPatient: you said?")
    ]


def test_sounds_in_brackets_are_no_speakers() -> None:
    assert turns("[doctor] Hello.\n[coughing] Sorry.\n[patient] Hi.") == [
        ("doctor", "Hello.\n[coughing] Sorry."),
        ("patient", "Hi."),
    ]
    assert turns("[silence]\n[background noise]") == [("unknown", "[silence]\n[background noise]")]


def test_times_before_a_label_are_passed_over() -> None:
    text = "[00:01:02] Doctor: Hi.\n00:01:05 Patient: Hello."
    assert turns(text) == [("doctor", "Hi."), ("patient", "Hello.")]


def test_speakers_inside_a_turn_are_found() -> None:
    turn = Turn(speaker="doctor", source="hi . [patient] good . [silence] [nurse] well")
    assert list(plain.inline(turn)) == ["patient", "nurse"]


LINES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["[doctor] a", "[patient]", "Doctor: b", "x: y", "[pause]", ""]),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_word_is_lost_and_every_source_stands_in_the_input(
    lines: list[str], newline: str
) -> None:
    text = newline.join(lines)
    found = list(plain.read(text))
    place = 0
    for turn in found:
        at = text.index(turn.source, place)
        assert not text[place:at].strip()
        assert turn.source[turn.offset :] == turn.text
        place = at + len(turn.source)
    assert not text[place:].strip()
