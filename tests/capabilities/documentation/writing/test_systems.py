import pytest

from tests.capabilities.documentation.said import said, writer
from wardround.capabilities.documentation.writing.exchanges import pair
from wardround.capabilities.documentation.writing.segments import segment
from wardround.capabilities.documentation.writing.systems import Review
from wardround.engines.text import load


def review(*lines: str) -> str:
    heard = Review()
    for exchange in pair(segment(said(*lines), load().ends)):
        heard.hear(exchange)
    return " ".join(item.text for item in heard.claims())


@pytest.mark.requirement("DOC-03")
def test_what_is_asked_and_denied_is_denied() -> None:
    assert review("d: any chest pain ?", "p: no .") == "Cardiovascular: Denies chest pain."


def test_what_is_asked_and_confirmed_is_reported() -> None:
    assert review("d: any nausea ?", "p: yes .") == "Gastrointestinal: Reports nausea."


@pytest.mark.requirement("DOC-03")
@pytest.mark.parametrize(
    "line",
    [
        "p: i have n't had any fever or chills .",
        "p: no fever .",
        "p: no , no fever .",
        "p: i do n't think i have a fever .",
    ],
)
def test_negations_are_kept(line: str) -> None:
    told = review("d: what else ?", line)
    assert "Denies" in told
    assert "Reports" not in told


def test_a_negation_ends_where_the_sentence_turns() -> None:
    assert "Reports headaches" in review(
        "d: how are you ?", "p: i do n't sleep but i have headaches ."
    )


def test_yes_to_several_things_confirms_none_by_itself() -> None:
    assert review("d: any fever , chills , or cough ?", "p: yes .") == ""


@pytest.mark.parametrize(
    "line",
    [
        "d: if you get a fever or back pain , call me .",
        "d: it can cause nausea .",
        "d: you have not got any symptoms to worry about , things like fever .",
        "p: my mother had chest pain .",
    ],
)
def test_what_may_come_or_is_another_s_is_no_symptom(line: str) -> None:
    assert review(line, "p: okay .") == ""


def test_the_review_stands_on_question_and_answer() -> None:
    note, evidence = writer().write(said("d: any chest pain ?", "p: no ."))
    place = next(i for i, s in enumerate(note.sections) if s.code == "10187-3")
    sources = next(e.sources for e in evidence if e.claim == f"/sections/{place}/sentences/0")
    assert {source.part for source in sources if source.kind == "text"} == {0, 1}
