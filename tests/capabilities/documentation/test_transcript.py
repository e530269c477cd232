import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.capabilities.documentation.formats.test_textgrid import LONG
from wardround.capabilities.documentation import Transcript, parse_record, read_transcript
from wardround.kernel import InvalidInput, TooLarge, WardroundError

VISIT = (
    "[doctor] What brings you in today?\n"
    "[patient] I've had a sore throat and a fever since Monday.\n"
    "[doctor] Any cough or trouble swallowing?\n"
    "[patient] A little cough, and it hurts to swallow.\n"
)


def read(name: str, data: str | bytes) -> Transcript:
    return read_transcript([(name, data.encode() if isinstance(data, str) else data)])


def pair(one: str, other: str, text: str = LONG) -> Transcript:
    return read_transcript([(one, text.encode()), (other, text.replace("Hello", "Hi").encode())])


def failure(parts: Sequence[tuple[str, bytes]]) -> WardroundError:
    with pytest.raises(WardroundError) as error:
        read_transcript(parts)
    return error.value


@pytest.mark.parametrize("name", ["visit.txt", "visit", "text/plain; charset=utf-8", "VISIT.TXT"])
def test_plain_text(name: str) -> None:
    assert [turn.speaker for turn in read(name, VISIT).turns] == ["doctor", "patient"] * 2


JSON = json.dumps([{"speaker": "doctor", "text": "a"}, {"speaker": "patient", "text": "b"}])
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v doctor>a\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nDoctor: a\n"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("v.json", "application/json", "blob", "v.txt"), JSON),
        (("v.vtt", "text/vtt", "blob", "v.txt"), VTT),
        (("v.srt", "application/x-subrip", "blob", "v.txt"), SRT),
    ],
)
def test_the_format_follows_from_name_or_content(names: Sequence[str], text: str) -> None:
    for name in names:
        assert read(name, text).turns[0].text == "a"


def test_a_byte_order_mark_is_no_word() -> None:
    assert read("v.txt", b"\xef\xbb\xbf[doctor] a").turns[0].source == "[doctor] a"
    assert read("v.json", JSON.encode("utf-16")).turns[0].text == "a"


def test_two_textgrids_are_one_visit_by_time() -> None:
    other = LONG.replace("xmin = 2.5\n", "xmin = 1\n", 1).replace("He said", "She said")
    parts = [("d1_doctor.TextGrid", LONG.encode()), ("d1_patient.TextGrid", other.encode())]
    for order in (parts, parts[::-1]):
        turns = read_transcript(order).turns
        assert [(turn.speaker, turn.start) for turn in turns] == [("patient", 1.0), ("doctor", 2.5)]


def test_textgrids_in_utf_16() -> None:
    data = LONG.encode("utf-16")
    turns = read_transcript([("d_doctor.TextGrid", data), ("d_patient.TextGrid", data)]).turns
    assert {turn.speaker for turn in turns} == {"doctor", "patient"}


def test_one_textgrid_with_a_tier_for_each() -> None:
    both = LONG.replace('"TextTier"', '"IntervalTier"').replace('"bell"', '"Patient"')
    both = both.replace("points: size", "intervals: size")
    both = both.replace("number = 3", "xmin = 0\nxmax = 1").replace('mark = "ding"', 'text = "hm"')
    assert [turn.speaker for turn in read("v.TextGrid", both).turns] == ["patient", "doctor"]


def test_a_textgrid_alone_says_what_its_other_half_is_called() -> None:
    error = failure([("d1_doctor.TextGrid", LONG.encode())])
    assert "d1_patient.TextGrid" in str(error.mend)
    assert "_doctor and _patient" in str(failure([("d1.TextGrid", LONG.encode())]).mend)


def test_textgrids_that_are_no_pair() -> None:
    grid = LONG.encode()
    two = failure([("a_doctor.TextGrid", grid), ("b_patient.TextGrid", grid)])
    assert "two visits" in two.what
    same = failure([("a_doctor.TextGrid", grid), ("a_doctor.TextGrid", grid)])
    assert "not the two sides" in same.what
    mixed = failure([("a_doctor.TextGrid", grid), ("a_patient.txt", b"[patient] a")])
    assert "not one visit" in mixed.what


def test_a_textgrid_with_two_tiers_of_words_is_no_single_speaker() -> None:
    both = LONG.replace('"TextTier"', '"IntervalTier"').replace("points: size", "intervals: size")
    both = both.replace("number = 3", "xmin = 0\nxmax = 1").replace('mark = "ding"', 'text = "hm"')
    parts = [("a_doctor.TextGrid", both.encode()), ("a_patient.TextGrid", LONG.encode())]
    assert "2 tiers" in failure(parts).what


def test_no_part_and_too_many_parts() -> None:
    assert "No transcript" in failure([]).what
    assert "not one visit" in failure([("a.txt", b"[doctor] a"), ("b.txt", b"[patient] b")]).what


def test_too_large_is_said_before_it_is_read() -> None:
    error = failure([("v.txt", b"[doctor] \xff" * 1_000_000)])
    assert isinstance(error, TooLarge)
    assert "10.0 MB" in error.what
    assert "2 MB" in error.what
    assert error.where == "v.txt"
    assert error.mend


def test_too_many_turns() -> None:
    assert isinstance(failure([("v.txt", b"[doctor] a\n" * 10_001)]), TooLarge)


def test_bytes_that_are_no_text() -> None:
    error = failure([("v.txt", b"[doctor] a\n[patient] \xff\n")])
    assert error.where == "v.txt, line 2"
    assert "Byte 21 is no UTF-8" in error.what
    assert "line 2" in str(failure([("v.txt", b"[doctor] a\n\0")]).where)


def test_a_visit_without_known_speakers_is_an_error() -> None:
    error = failure([("v.txt", b"\n" + VISIT.replace("[", "[x ").encode())])
    assert error.where == "v.txt, line 2"
    assert "[doctor]" in str(error.mend)
    untagged = failure([("v.txt", VISIT.replace("[doctor]", "").replace("[patient]", "").encode())])
    assert untagged.where == "v.txt, line 1"


def test_other_talk_without_known_speakers_is_read() -> None:
    talk = "[host] Welcome back to the show, what are you reading at the moment?\n[guest] A novel."
    assert [turn.speaker for turn in read("v.txt", talk).turns] == ["host", "guest"]
    assert not read("v.txt", "").turns


@pytest.mark.requirement("DOC-12")
def test_no_error_quotes_what_was_said() -> None:
    secret = "Kowalczyk"
    for name, text in (
        ("v.json", f'[{{"speaker": "doctor", "text": "{secret}", ]'),
        ("v.vtt", f"WEBVTT\n\n{secret}\n"),
        ("v.srt", f"{secret}\n"),
        ("v.TextGrid", f'"ooTextFile"\n"TextGrid"\n"{secret}"'),
        ("v.txt", VISIT.replace("[", f"[{secret} ")),
    ):
        assert secret not in str(failure([(name, text.encode())]))


class TestRecords:
    def test_a_record_has_a_transcript_or_turns(self) -> None:
        assert len(parse_record({"id": 1, "transcript": VISIT}).turns) == 4
        turns = [{"speaker": "doctor", "text": "a"}, {"speaker": "patient", "text": "b"}]
        assert len(parse_record({"id": 1, "turns": turns}).turns) == 2
        assert parse_record({"transcript": ""}) == Transcript()

    @pytest.mark.parametrize(
        "record",
        [
            {},
            {"transcript": None},
            {"transcript": VISIT, "turns": []},
            {"transcript": 3},
            {"transcript": "\ud800"},
            {"turns": 3},
            {"turns": [3]},
            {"turns": [{"speaker": "doctor"}]},
            {"transcript": VISIT.replace("[", "[x ")},
        ],
    )
    def test_what_lacks_it_is_refused(self, record: dict[str, object]) -> None:
        with pytest.raises(InvalidInput):
            parse_record(record)

    def test_what_is_too_large_is_refused(self) -> None:
        for record in (
            {"transcript": "[doctor] a " * 1_000_000},
            {"turns": [{"speaker": "doctor", "text": "a " * 500_000}] * 3},
            {"turns": [{"speaker": "doctor", "text": "a"}] * 10_001},
        ):
            with pytest.raises(TooLarge):
                parse_record(record)


NAMES = st.sampled_from(
    [
        "v.txt",
        "v.json",
        "v.vtt",
        "v.srt",
        "v.TextGrid",
        "a_doctor.TextGrid",
        "a_patient.TextGrid",
        "v",
    ]
)
PIECES = st.sampled_from(
    [
        "[doctor] ", "[", "]", "Doctor: ", "\n", "\r\n", "\n\n", "WEBVTT", "-->", "00:00:01.000",
        " --> ", "00:00:02,500", "<v ", ">", "</v>", '"', '""', "1", "2.5", "<exists>",
        '"IntervalTier"', '"ooTextFile"', '"TextGrid"', "{", "}", '{"turns": [', '"speaker": "a"',
        ",", ":", "\ufeff", "é", "\U0001f600", "\x0b", "NOTE", "pain",
    ]
)  # fmt: skip
DATA = st.one_of(
    st.binary(max_size=200), st.lists(PIECES, max_size=40).map("".join).map(str.encode)
)


@pytest.mark.requirement("DOC-12")
@given(st.lists(st.tuples(NAMES, DATA), max_size=3))
@example([("v.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v a><v b>\n")])
@example([("v", b"\xff\xfe\x00\xd8")])
def test_whatever_comes_in_is_read_or_refused(parts: list[tuple[str, bytes]]) -> None:
    try:
        transcript = read_transcript(parts)
    except WardroundError:
        return
    for turn in transcript.turns:
        assert turn.source[turn.offset :] == turn.text
    assert Transcript.model_validate_json(transcript.model_dump_json()) == transcript


@given(st.lists(PIECES, max_size=40).map("".join), NAMES.filter(lambda n: "TextGrid" not in n))
def test_sources_stand_in_the_input(text: str, name: str) -> None:
    try:
        transcript = read_transcript([(name, text.encode())])
    except WardroundError:
        return
    if name != "v.json" and not text.lstrip().startswith(("{", "[{", "[]")):
        read = text.encode().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        for turn in transcript.turns:
            assert turn.source.replace("\r\n", "\n").replace("\r", "\n") in read


@pytest.mark.data
def test_published_pairs_are_read() -> None:
    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    folder = Path(os.environ["WARDROUND_DATA"]) / "primock57" / "transcripts"
    files = sorted(folder.glob("*_doctor.TextGrid"))
    assert len(files) >= 15
    for file in files:
        other = file.with_name(file.name.replace("_doctor", "_patient"))
        turns = read_transcript([(f.name, f.read_bytes()) for f in (file, other)]).turns
        assert {turn.speaker for turn in turns} == {"doctor", "patient"}
        starts = [turn.start for turn in turns if turn.start is not None]
        assert starts == sorted(starts)
        assert len(starts) == len(turns) > 60
