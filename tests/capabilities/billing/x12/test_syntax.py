"""X12 as text: delimiters of the ISA, segments and their places, and what is no X12."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.capabilities.billing.x12.texts import ISA, REMITTANCE, file
from wardround.capabilities.billing.x12.syntax import Delimiters, segments
from wardround.kernel import InvalidInput

TEXT = file("835", REMITTANCE)


def refusal(text: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        list(segments(text))
    return str(refused.value)


def test_segments_have_their_numbers_and_elements() -> None:
    found = list(segments(TEXT))
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    service = next(one for one in found if one.id == "SVC")
    assert service.get(2) == "150"
    assert service.get(1, 2) == "99213"
    assert service.get(1, 9) == service.get(40) == ""
    assert service.place(1) == f"segment {service.number}, SVC01"


def test_delimiters_are_those_of_the_isa() -> None:
    other = TEXT.translate(str.maketrans("*:^~", "|>!\x1c"))
    found = list(segments(other))
    assert found[0].delimiters == Delimiters("|", "!", ">", "\x1c")
    assert [one.parts(1) for one in found] == [one.parts(1) for one in segments(TEXT)]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "  \n"])
def test_blanks_after_a_segment_are_none_of_it(end: str) -> None:
    text = TEXT.replace("\n", end)
    assert [one.elements for one in segments(text)] == [one.elements for one in segments(TEXT)]


def test_a_segment_may_end_with_the_line() -> None:
    lines = TEXT.replace("~\n", "\n")
    assert [one.elements for one in segments(lines)] == [one.elements for one in segments(TEXT)]


@pytest.mark.parametrize("size", [1, 7, 105, 106, 107, 1000])
def test_it_does_not_matter_where_a_piece_ends(size: int) -> None:
    cut = [TEXT[at : at + size] for at in range(0, len(TEXT), size)]
    assert list(segments(cut)) == list(segments(TEXT))


def test_two_interchanges_may_have_their_own_delimiters() -> None:
    second = TEXT.replace("*", "|").replace("000000123", "000000124")
    found = list(segments(TEXT + second))
    assert found[-1].get(2) == "000000124"
    assert {one.delimiters.element for one in found} == {"*", "|"}


def test_another_separator_than_the_isa_has_is_found() -> None:
    assert "segment 2: This is no segment's name" in refusal(TEXT.replace("GS*", "GS|", 1))


def test_a_separator_out_of_its_place_is_found() -> None:
    said = refusal(TEXT.replace("*ZZ*PAYER          *", "*ZZ*PAYER*", 1))
    assert "segment 1, ISA06" in said
    assert "15 characters" in said


def test_delimiters_that_are_one_are_refused() -> None:
    assert "ISA16" in refusal(TEXT.replace("*T*:~", "*T*^~", 1))


@pytest.mark.parametrize("length", [3, 50, 105])
def test_an_isa_that_stops_is_told_with_its_length(length: int) -> None:
    assert f"stops after {length} of its 106 characters" in refusal(TEXT[:length])


def test_a_file_that_stops_in_a_segment_is_told_where() -> None:
    assert "segment 3: The file stops within a segment" in refusal(TEXT[: TEXT.index("835*") + 2])


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_said_to_be_one(text: str) -> None:
    assert "The file is empty" in refusal(text)


@pytest.mark.parametrize("text", ["%PDF-1.7 …", '{"id": 1}', "IS", "GS*HP*A*B~"])
def test_what_is_no_x12_is_said_to_be_none(text: str) -> None:
    assert "begins with ISA" in refusal(text)


def test_another_character_is_told_with_segment_and_element_and_without_the_word() -> None:
    said = refusal(TEXT.replace("DOE*JANE", "DOÉ*JANE"))
    number = next(one.number for one in segments(TEXT) if one.get(1) == "QC")
    assert f"segment {number}, NM103" in said
    assert "U+00C9" in said
    assert "DO" not in said.replace("U+00C9", "")


def test_a_terminator_that_never_comes_is_told_without_reading_on() -> None:
    def endless() -> Iterator[str]:
        yield ISA.format(control=1)
        while True:
            yield "GS*HP*" * 1000

    with pytest.raises(InvalidInput, match="does not end by the terminator"):
        list(segments(endless()))


HUGE = """
import resource
from wardround.capabilities.billing.x12 import check_envelopes

CLAIM = "CLP*WR{}*4*100*0**12*ICN*11*1~CAS*PR*1*100~NM1*QC*1*DOE*JANE~"

def pieces(count):
    yield ISA
    yield "GS*HP*A*B*20260301*1200*1*X*005010X221A1~ST*835*0001~"
    for start in range(0, count, 1000):
        yield "".join(CLAIM.format(one) for one in range(start, start + 1000))
    yield f"SE*{3 * count + 2}*0001~GE*1*1~IEA*1*000000001~"

def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

check_envelopes(pieces(1000))
before = memory()
assert sum(map(len, pieces(510_000))) > 30_000_000
check_envelopes(pieces(510_000))
print(memory() - before)
"""


@pytest.mark.slow
def test_thirty_megabytes_are_read_in_little_memory() -> None:
    script = HUGE.replace("yield ISA", f"yield {ISA.format(control=1)!r}")
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    kilobytes = int(ran.stdout)
    assert kilobytes < 10_000
