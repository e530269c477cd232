"""What a note names in its parentheses."""

import pytest

from wardround.engines.terminology import Edition, references


@pytest.mark.requirement("TERM-03")
@pytest.mark.parametrize(
    ("note", "named", "unnamed"),
    [
        ("type 1 diabetes mellitus (E10.-)", ["E10", "E109"], ["E11", "E1"]),
        ("diabetes (E08-E13)", ["E08", "E119", "E13"], ["E07", "E14"]),
        ("gestational diabetes (O24.4-)", ["O244", "O24419"], ["O249", "O24"]),
        ("codes (I26-I28, I30.1)", ["I269", "I301", "I28"], ["I29", "I302"]),
        ("x (T36-T50 with fifth or sixth character 5)", ["T360X5A", "T39015A"], ["T360X1A"]),
        ("x (T36-T50 with final character 6)", ["T360X6"], ["T360X5"]),
        ("x (E08-E13 with .51-.52)", ["E1151", "E0852"], ["E1159", "E119"]),
        ("x (F10-F19 with .14, .24, .94)", ["F1014", "F1124"], ["F1015"]),
        ("x (I69. with final characters -92)", ["I6992", "I69092"], ["I6991"]),
        ("x (S12.- with 7th character B)", ["S12000B"], ["S12000A"]),
        ("x (S42.- with 7th character B or C)", ["S42001C"], ["S42001A"]),
        ("x (M05.00 to M05.8A)", ["M0500", "M057"], ["M06"]),
        ("x (F11-F19 with fifth to sixth characters 51)", ["F11151", "F11951"], ["F1115"]),
        ("x (T36-T65 with fifth or sixth character 1-4 or 6)", ["T510X3A", "T360X6A"], ["T360X5A"]),
        ("x (E08, E09, E11, E13 with final characters .00 or .01)", ["E1100"], ["E1165"]),
    ],
)
def test_codes_ranges_and_conditions(note: str, named: list[str], unnamed: list[str]) -> None:
    found = references(note)
    assert found
    for code in named:
        assert any(one.covers(code) for one in found), code
    for code in unnamed:
        assert not any(one.covers(code) for one in found), code


@pytest.mark.parametrize(
    "note",
    [
        "traumatic otorrhagia - code to injury",
        "with C3 glomerulopathy (with C3 glomerulopathy)",
        "mutation (STAT5b)",
        "fracture (S52.- with open fracture 7th character)",
        "",
    ],
)
def test_what_names_no_code_is_no_reference(note: str) -> None:
    assert references(note) == ()


def test_nearly_every_code_in_a_note_is_understood(edition: Edition) -> None:
    """Of the notes with a code in parentheses, what is named is of the edition."""
    named, unknown = 0, []
    for held in edition.rows.notes.values():
        for kind in ("excludes1", "excludes2"):
            for note in held.get(kind, ()):
                for one in references(note):
                    named += 1
                    if not edition.knows(one.low):
                        unknown.append(note)
    assert named > 8_000
    assert len(unknown) < 0.01 * named, unknown[:20]
