import pytest

from wardround.capabilities.documentation.formats import cues
from wardround.kernel import InvalidInput

VTT = """WEBVTT - a visit
Kind: captions

NOTE Recorded by the room microphone.
Two lines.

STYLE
::cue { color: red }

1
00:01.000 --> 00:02.500 align:start
<v Dr Smith>Hello, &amp; <i>welcome</i>.
How are you?</v>

00:00:03.000 --> 00:00:04.000
<v.loud Patient>Fine.</v> <v Nurse>Good morning.

00:00:05.000 --> 00:00:06.000
Thank you.

00:00:07.000 --> 00:00:08.000
Doctor: Right.
Patient: Yes.
"""

SRT = """1
00:00:01,200 --> 00:00:04,690
Doctor: Come on through.
Catch your breath.

2
00:00:05,560 --> 00:00:09,080
Patient: Sorry.

It's the stairs.

00:00:10.000 --> 00:00:11.000
Still?
"""


def test_webvtt() -> None:
    found = list(cues.read_vtt(VTT, "v.vtt"))
    assert [(turn.speaker, turn.text) for turn in found] == [
        ("doctor", "Hello, &amp; <i>welcome</i>.\nHow are you?"),
        ("patient", "Fine."),
        ("nurse", "Good morning."),
        ("nurse", "Thank you."),
        ("doctor", "Right."),
        ("patient", "Yes."),
    ]
    assert found[0].source.startswith("<v Dr Smith>Hello")
    assert (found[0].start, found[0].end) == (1.0, 2.5)
    assert all(turn.source in VTT for turn in found)


def test_srt_with_blank_lines_inside_and_without_numbers() -> None:
    found = list(cues.read_srt(SRT, "v.srt"))
    assert [(turn.speaker, turn.text, turn.start) for turn in found] == [
        ("doctor", "Come on through.\nCatch your breath.", 1.2),
        ("patient", "Sorry.\n\nIt's the stairs.", 5.56),
        ("patient", "Still?", 10.0),
    ]
    assert all(turn.source in SRT for turn in found)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_endings_of_every_system(newline: str) -> None:
    wanted = [turn.start for turn in cues.read_vtt(VTT, "v.vtt")]
    found = cues.read_vtt(VTT.replace("\n", newline), "v.vtt")
    assert [turn.start for turn in found] == wanted


def test_files_without_words_are_silent() -> None:
    assert not list(cues.read_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "v.vtt"))
    assert not list(cues.read_vtt("WEBVTT", "v.vtt"))
    assert not list(cues.read_srt("", "v.srt"))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "does not begin"),
        ("WEBVTTX\n", 1, "does not begin"),
        ("WEBVTT\n\nno times\n", 3, "no line with times"),
        ("WEBVTT\n\n1\n00:00 --> x\nhi\n", 4, "cannot be read"),
        ("WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nhi\n", 3, "ends before"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:03.000 --> 00:04.000\nb\n", 3, "no empty line"),
        ("WEBVTT\n00:01.000 --> 00:02.000\na\n", 1, "not where they belong"),
    ],
)
def test_malformed_webvtt_is_named(text: str, line: int, what: str) -> None:
    with pytest.raises(InvalidInput) as error:
        list(cues.read_vtt(text, "v.vtt"))
    assert error.value.where == f"v.vtt, line {line}"
    assert what in error.value.what
    assert error.value.mend


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("words\n", 1, "before the first cue"),
        ("1\n00:00:01,000 --> later\nhi\n", 2, "cannot be read"),
        ("1\n00:00:02,000 --> 00:00:01,000\nhi\n", 2, "ends before"),
    ],
)
def test_malformed_srt_is_named(text: str, line: int, what: str) -> None:
    with pytest.raises(InvalidInput) as error:
        list(cues.read_srt(text, "v.srt"))
    assert error.value.where == f"v.srt, line {line}"
    assert what in error.value.what
