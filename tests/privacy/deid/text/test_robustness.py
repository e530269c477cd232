"""Texts as they come: of any length, in any script, with what breaks offsets and patterns."""

import pytest

from wardround.privacy.deid import Kind, find_phi

LINE = "Seen by Dr. Maria Lopez on March 3, 2023."
ODD = {
    "nothing": "",
    "NUL": "\0\0 ",
    "a lone surrogate": "\ud800 \udfff ",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u202e\u0645\u0631\u062d\u0628\u0627\u202c ",
    "CRLF": "Visit\r\n\r\n",
    "tabs": "\t\tVisit\t\n",
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 ",
    "letters that grow in lower case": "\u0130\u0130\u0130\u0130 ",
    "a byte order mark": "\ufeff",
    "combining marks": "e\u0301e\u0301 ",
}


@pytest.mark.parametrize("before", ODD.values(), ids=ODD.keys())
def test_offsets_are_those_of_the_text_whatever_stands_before(before: str) -> None:
    text = before + LINE
    found = [(span.kind, text[span.start : span.end]) for span in find_phi(text)]
    assert found[-2:] == [(Kind.NAME, "Dr. Maria Lopez"), (Kind.DATE, "March 3, 2023")]


def test_lines_end_in_any_way_and_mean_the_same() -> None:
    lines = ["Patient: Ana Gonzalez", "MRN: 00482913", "Lives in Tucson.", "Seen 03/04/2023."]
    plain = ["Ana Gonzalez", "00482913", "Tucson", "03/04/2023"]
    for end in ("\n", "\r\n", "\n\n", "\n\t"):
        text = end.join(lines)
        assert [text[span.start : span.end] for span in find_phi(text)] == plain


def test_a_text_of_a_megabyte_is_read_to_its_end() -> None:
    text = "The lungs are clear. No fever, no cough. " * 25_000 + LINE
    assert [text[span.start : span.end] for span in find_phi(text)] == [
        "Dr. Maria Lopez",
        "March 3, 2023",
    ]


@pytest.mark.parametrize(
    "piece",
    ["van ", "de la ", "Dr. Ng, ", "St. ", "A.B. ", "A^B^", "PID|1||", "1-1-1-", "90 ", "12/12-", "N5 ", "W1234 ",
     "the 3rd of ", "who is ninety ", "in march ", "dot com ", "x dot y ", "::f", "-0123", "100 main ", "Hospital of ",
     "lives in a b ", "on oak ", "id: ", "Smith, ", "Zodwa ", '"a",', "one one twenty ", "by abcde ", "#1 ", "at a.com "],
)  # fmt: skip
def test_no_pattern_goes_back_and_forth(piece: str) -> None:
    find_phi(piece * 8_000)  # one that did would not come to its end
