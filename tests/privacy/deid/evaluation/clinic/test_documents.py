import random

import pytest

from wardround.privacy.deid.evaluation.clinic import documents
from wardround.privacy.deid.evaluation.clinic.scene import scene
from wardround.privacy.deid.evaluation.clinic.shapes import speech
from wardround.privacy.deid.evaluation.document import Document, Piece, joined, merged
from wardround.privacy.deid.evaluation.halves import PARTS
from wardround.privacy.deid.kind import Kind

NUMBER = 60


@pytest.fixture(scope="module", params=PARTS)
def notes(request: pytest.FixtureRequest) -> list[Document]:
    return documents(5, NUMBER, request.param)


def test_spans_stand_in_order_and_hold_what_was_planted(notes: list[Document]) -> None:
    for note in notes:
        at = 0
        for start, end, kind in note.spans:
            assert at <= start < end <= len(note.text), note.id
            held = note.text[start:end]
            assert held == held.strip(), (note.id, held)
            assert Kind(kind)
            at = end


def test_spans_of_known_makes_hold_values_of_that_make(notes: list[Document]) -> None:
    for note in notes:
        if "speech" in note.form:
            continue
        held = {kind: [note.text[s:e] for s, e, k in note.spans if k == kind] for kind in Kind}
        assert all("@" in email for email in held[Kind.EMAIL])
        assert all(int(age) > 89 for age in held[Kind.AGE] if age.isdigit())
        assert all(sum(sign.isdigit() for sign in phone) >= 7 for phone in held[Kind.PHONE])
        assert all(sum(sign.isdigit() for sign in ssn) in {4, 9} for ssn in held[Kind.SSN])
        assert not any(name.split()[-1] in {"MD", "RN", "DO", "PhD"} for name in held[Kind.NAME])


def test_no_place_is_left_unfilled(notes: list[Document]) -> None:
    assert not [note.id for note in notes if "{" in note.text or "}" in note.text]


def test_every_kind_is_planted_among_enough_prose(notes: list[Document]) -> None:
    assert {kind for note in notes for *_, kind in note.spans} == set(Kind)
    assert all(1_400 < len(note.text) < 5_000 for note in notes)
    assert all(12 <= len(note.spans) <= 45 for note in notes)


def test_most_notes_are_of_usual_shape_and_some_are_not(notes: list[Document]) -> None:
    unusual = sum(", " in note.form for note in notes)
    assert 0.05 < unusual / NUMBER < 0.4


def test_a_decimal_point_is_no_stop() -> None:
    parts = merged([Piece("INR 1."), Piece("9"), Piece(". Seen by "), Piece("Dr. Ng", "name")])
    of = scene(random.Random(1), "dev", (40, 50), "f", voice=True)
    assert joined(speech(parts, of)) == ("inr 1.9 seen by dr ng", ((16, 21, "name"),))


def test_the_same_seed_gives_the_same_notes() -> None:
    assert documents(3, 8, "dev") == documents(3, 8, "dev")
    assert documents(3, 8, "dev") != documents(4, 8, "dev")


def test_asking_for_more_leaves_the_first_as_they_were() -> None:
    assert documents(3, 9, "test")[:4] == documents(3, 4, "test")


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ValueError, match="dev, test"):
        documents(1, 1, "train")  # type: ignore[arg-type]
