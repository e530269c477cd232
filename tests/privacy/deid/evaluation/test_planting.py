from wardround.privacy.deid import Kind
from wardround.privacy.deid.evaluation.planting import Planter

FILLERS = ["The patient has no fever, and the lungs are clear to auscultation on both sides."] * 9


def test_what_is_planted_stands_where_it_is_said() -> None:
    notes = Planter(FILLERS, 5).notes(18)
    assert len({note.form for note in notes}) == 9
    kinds = {kind for note in notes for _, _, kind in note.spans}
    assert kinds == set(Kind)
    for note in notes:
        assert all(0 <= start < end <= len(note.text) for start, end, _ in note.spans)
        assert all(note.text[start:end].strip() for start, end, _ in note.spans)
    assert [note.text for note in Planter(FILLERS, 5).notes(18)] == [note.text for note in notes]
    assert Planter(FILLERS, 6).notes(1)[0].text != notes[0].text


def test_a_title_belongs_to_the_name_that_follows_it() -> None:
    titled = 0
    for note in Planter(FILLERS, 5).notes(18):
        for start, end, kind in note.spans:
            titled += note.text[start:end].startswith("Dr. ")
            assert kind is not Kind.NAME or not note.text[:start].endswith("Dr. ")
    assert titled
