import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interfaces.web.capability import MODEL
from wardround.interfaces.web.lighting import Lighting
from wardround.kernel import Draft, Evidence, Source, Statement, TextSpan, system_clock

AT = system_clock()


def draft(*evidence: Evidence) -> Draft:
    return Draft(
        id="d1",
        capability="documentation",
        subject="Patient/1",
        evidence=evidence,
        model=MODEL,
        created=AT,
        updated=AT,
    )


def claim(number: int, *sources: Source) -> Evidence:
    return Evidence(claim=f"/sections/0/sentences/{number}", sources=sources)


def span(start: int, end: int, part: int = 0) -> TextSpan:
    return TextSpan(input="transcript", part=part, start=start, end=end)


def test_text_is_cut_where_the_claims_change() -> None:
    lighting = Lighting(draft(claim(0, span(0, 5)), claim(1, span(3, 8))))
    segments = list(lighting.segments("transcript", 0, "abcdefghij"))
    assert segments == [("abc", (0,)), ("de", (0, 1)), ("fgh", (1,)), ("ij", ())]


def test_what_stands_before_the_words_is_left_out() -> None:
    text = "[doctor] Good morning."
    lighting = Lighting(draft(claim(0, span(0, 13))))
    assert list(lighting.segments("transcript", 0, text, 9)) == [
        ("Good", (0,)),
        (" morning.", ()),
    ]


def test_other_parts_and_other_inputs_stay_dark() -> None:
    lighting = Lighting(draft(claim(0, span(0, 3, part=1))))
    assert list(lighting.segments("transcript", 0, "abc")) == [("abc", ())]
    assert list(lighting.segments("letter", 1, "abc")) == [("abc", ())]


def test_a_claim_knows_its_parts_and_its_person() -> None:
    said = Statement(by="p1", at=AT)
    lighting = Lighting(draft(claim(0, span(0, 2, part=4), span(1, 2, part=2), said)))
    assert lighting.parts("/sections/0/sentences/0") == [2, 4]
    assert lighting.statement("/sections/0/sentences/0") == said
    assert lighting.statement("/sections/0/sentences/9") is None
    assert lighting.number("/sections/0/sentences/9") is None
    assert lighting.claims("transcript", 4) == (0,)


spans = st.builds(
    lambda start, length: span(start, start + length), st.integers(0, 30), st.integers(1, 30)
)


# Drafting in the background, which other tests left running, may use the random module meanwhile.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@given(st.text(max_size=40), st.lists(spans, max_size=6), st.integers(0, 5))
def test_the_segments_are_the_text_whatever_the_spans(
    text: str, found: list[TextSpan], start: int
) -> None:
    start = min(start, len(text))
    lighting = Lighting(draft(*(claim(n, one) for n, one in enumerate(found))))
    segments = list(lighting.segments("transcript", 0, text, start))
    assert "".join(segment.text for segment in segments) == text[start:]
    at = start
    for segment in segments:
        for character in range(at, at + len(segment.text)):
            lit = {n for n, one in enumerate(found) if one.start <= character < one.end}
            assert set(segment.claims) == lit
        at += len(segment.text)
