"""The forms of ``forms.toml``, each found whole; of ``stays.toml`` nothing is."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from wardround.privacy.deid import Kind, find_phi

HERE = Path(__file__).parent
FORMS = tomllib.loads((HERE / "forms.toml").read_text("utf-8"))
STAYS = tomllib.loads((HERE / "stays.toml").read_text("utf-8"))["stays"]
_ELSEWHERE = {Kind.NAME, Kind.PLACE, Kind.DATE}
"""Kinds that have their own tests."""

CASES = [
    (kind, text.strip("\n"))
    for kind, written in FORMS.items()
    for text in re.findall(r"(?:[^⟧\n]*\n)*?[^\n]*⟧[^\n]*\n", written)
]


def parted(written: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its marks, and where they stood."""
    text, spans = "", []
    for number, part in enumerate(re.split("[⟦⟧]", written)):
        if number % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans


def uncovered(text: str, start: int, end: int) -> Iterator[str]:
    covered = {at for span in find_phi(text) for at in range(span.start, span.end)}
    return (text[at] for at in range(start, end) if text[at].isalnum() and at not in covered)


def test_there_are_fifteen_forms_of_each_kind() -> None:
    kinds = [kind for kind, _ in CASES]
    assert {kind for kind in Kind if kinds.count(kind) < 15} <= _ELSEWHERE


@pytest.mark.parametrize(("kind", "written"), CASES)
def test_each_form_is_found_whole(kind: str, written: str) -> None:
    text, spans = parted(written)
    assert spans
    assert [list(uncovered(text, *span)) for span in spans] == [[]] * len(spans)


@pytest.mark.parametrize("text", STAYS.strip("\n").split("\n"))
def test_what_is_measured_or_published_stays(text: str) -> None:
    found = [span for span in find_phi(text) if span.kind not in _ELSEWHERE]
    assert [(text[span.start : span.end], span.reason) for span in found] == []


def test_what_stands_under_an_aligned_heading_is_what_it_says() -> None:
    text = (
        "          Plate      Serial\nCar       674-CFW    61X4935\nPump      ward       88120944\n"
    )
    found = [(text[span.start : span.end], span.kind) for span in find_phi(text)]
    assert ("674-CFW", Kind.VEHICLE) in found
    assert ("61X4935", Kind.DEVICE) in found
    assert ("88120944", Kind.DEVICE) in found
    assert all(written != "ward" for written, _ in found)


@pytest.mark.parametrize(
    "unit",
    [
        *("dot ", "a dot b ", "colon zero ", "x at b dot ", "one a ", "b as in boy ", "is 94 "),
        *("mother ", "lived to 95 and ", "plate is on the ", "mrn 12 34 ", "1mmmmmm", "(21)a"),
        *("a.pdf ", "a(dot)", "10.1.", "aa:bb:", "a.be/", "ssn?\n", "mrn  phone  x\n"),
        "5551234567 ext ",
    ],
)
def test_no_unit_repeated_takes_long(unit: str) -> None:
    find_phi(unit * (20_000 // len(unit)))
