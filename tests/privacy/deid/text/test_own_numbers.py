"""A site's own record numbers are found by their shape alone."""

import pytest

from wardround.kernel import InvalidInput
from wardround.privacy.deid import Kind, load_detector
from wardround.privacy.deid.text.own_numbers import WHERE, OwnNumbers

SHAPES = "E#######, @@-######, HL ## ## ##"


def found(text: str, shapes: str = SHAPES) -> list[str]:
    return [text[one.start : one.end] for one in OwnNumbers(shapes).find(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Labs of E4821937 were drawn.", "E4821937"),
        ("see e4821937", "e4821937"),
        ("(ab-204815)", "ab-204815"),
        ("HL 20 48 15 came", "HL 20 48 15"),
        ("HL204815 came", "HL204815"),
    ],
)
def test_a_number_of_this_site_needs_no_label(text: str, number: str) -> None:
    assert found(text) == [number]


@pytest.mark.parametrize("text", ["E48219371", "XE4821937", "E482193", "ab-20481", "aab-204815"])
def test_what_is_longer_or_shorter_is_none(text: str) -> None:
    assert found(text) == []


def test_the_detector_finds_them_where_the_site_has_said_so() -> None:
    text = "The sister of QX55.73.19 came along."
    told = load_detector("@@##.##.##").find(text)
    assert [(text[one.start : one.end], one.kind) for one in told] == [("QX55.73.19", Kind.MRN)]


@pytest.mark.parametrize("shapes", ["####", "E-@@@@@", "#######, ##"])
def test_a_shape_that_everything_has_is_refused(shapes: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        load_detector(shapes)
    assert refused.value.where == WHERE


@pytest.mark.parametrize("shapes", ["", " , "])
def test_without_shapes_nothing_is_found(shapes: str) -> None:
    assert found("E4821937", shapes) == []
