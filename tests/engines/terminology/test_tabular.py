"""Which edition holds on a date, and whether a code is valid then."""

from datetime import date
from pathlib import Path

import pytest

from tests.engines.terminology.conftest import put
from wardround.engines.terminology import Asked, Standing, Tabular, load_icd10cm, load_terms
from wardround.engines.terminology.packaged import published_tabular

IN_FORCE = date(2026, 5, 1)


def order(*codes: tuple[str, int, str]) -> str:
    return "".join(
        f"{number:05} {code:<7} {complete} {words[:60]:<60} {words}\n"
        for number, (code, complete, words) in enumerate(codes, 1)
    )


OLD = order(
    ("E11", 0, "Type 2 diabetes mellitus"),
    ("E119", 1, "Type 2 diabetes mellitus without complications"),
    ("Z999", 1, "A code that was retired"),
    ("S5250", 0, "Unspecified fracture of the lower end of radius"),
    ("S52501A", 1, "Unspecified fracture of the lower end of right radius, initial encounter"),
)


@pytest.mark.requirement("TERM-04")
@pytest.mark.parametrize(
    ("code", "standing", "words"),
    [
        ("E11.9", Standing.VALID, ""),
        ("e119", Standing.VALID, ""),
        ("E11", Standing.INCOMPLETE, "a claim needs a code under it"),
        ("S52.501", Standing.INCOMPLETE, "needs a seventh character"),
        ("Z99.9", Standing.UNKNOWN, "no code of the edition 2026-04"),
        ("hello", Standing.UNKNOWN, "no code"),
    ],
)
def test_in_force(tabular: Tabular, code: str, standing: Standing, words: str) -> None:
    found = tabular.valid(code, IN_FORCE)
    assert found.standing is standing
    assert words in found.reason
    assert found.valid is (standing is Standing.VALID)
    assert found.known
    assert found.edition == "2026-04"


@pytest.mark.requirement("TERM-04")
@pytest.mark.parametrize("on", [date(2026, 3, 31), date(2026, 10, 1), date(1999, 1, 1)])
def test_a_date_outside_any_edition_is_said_and_not_guessed(tabular: Tabular, on: date) -> None:
    found = tabular.valid("E11.9", on)
    assert found.standing is Standing.NO_EDITION
    assert not found.valid
    assert not found.known
    assert str(on) in found.reason
    assert "2026-04 from 2026-04-01 to 2026-09-30" in found.reason
    assert "wardround terms load" in found.mend
    assert found.nearest is Standing.VALID
    assert tabular.valid("Z99.9", on).nearest is Standing.UNKNOWN


@pytest.mark.requirement("TERM-04")
def test_an_edition_that_was_loaded_answers_for_its_dates(tmp_path: Path, home: Path) -> None:
    made = load_terms([put(tmp_path, "icd10cm-order-2025.txt", OLD)], home, Asked())
    assert (made.start, made.end) == (date(2024, 10, 1), date(2025, 9, 30))
    tabular = load_icd10cm(home)
    then = date(2025, 3, 1)
    assert tabular.valid("Z99.9", then).valid
    assert tabular.valid("S52.501A", then).valid
    retired = tabular.valid("Z99.9", IN_FORCE)
    assert retired.standing is Standing.RETIRED
    assert "which ended 2025-09-30" in retired.reason
    to_come = tabular.valid("I50.31", then)
    assert to_come.standing is Standing.NOT_YET
    assert "only from 2026-04-01" in to_come.reason
    assert tabular.valid("E11", then).standing is Standing.INCOMPLETE
    assert tabular.valid("E11.9", date(2025, 12, 1)).standing is Standing.NO_EDITION
    assert tabular.in_force(then) is not None
    assert not tabular.nearest(then).annotated


def test_the_published_list_loaded_by_itself_has_the_same_codes(
    tabular: Tabular, tmp_path: Path, home: Path
) -> None:
    """Without the list of all codes, the notes say which seventh characters there are."""
    made = load_terms([published_tabular()], home, Asked())
    assert (made.start, made.end) == (date(2026, 4, 1), date(2026, 9, 30))
    loaded = load_icd10cm(home).editions[-1]
    assert loaded.rows.allowed is None
    assert loaded.find("S06.1X7D") is None
    assert loaded.billable("S06.1X7A")
    assert loaded.billable("S06.1X6D")
    for chapter in ("2", "19", "20"):
        assert list(loaded.under(chapter)) == list(tabular.newest.under(chapter))


def test_notes_of_an_edition_without_them_are_those_of_the_nearest(
    tmp_path: Path, home: Path
) -> None:
    load_terms([put(tmp_path, "icd10cm-order-2025.txt", OLD)], home, Asked())
    tabular = load_icd10cm(home)
    then = date(2025, 3, 1)
    assert tabular.in_force(then).notes("E11.9", "excludes1") == ()  # type: ignore[union-attr]
    assert tabular.notes("E11.9", "excludes1", then)
    assert tabular.excludes("E11.9", "E10.9", then) is not None


def test_an_update_holds_from_its_day(tmp_path: Path, home: Path) -> None:
    """Of two editions that cover a date, the one that began later answers."""
    load_terms([put(tmp_path, "icd10cm-order-2026.txt", OLD)], home, Asked())
    tabular = load_icd10cm(home)
    assert tabular.valid("Z99.9", date(2026, 3, 31)).valid
    assert tabular.valid("Z99.9", date(2026, 4, 1)).standing is Standing.UNKNOWN


def test_an_order_file_and_a_tabular_list_are_one_edition(tmp_path: Path, home: Path) -> None:
    listed = (
        '<?xml version="1.0"?><ICD10CM.tabular><version>2025</version><chapter><name>1</name>'
        '<desc>First</desc><section id="E10-E11"><desc>Some (E10-E11)</desc><diag><name>E11</name>'
        "<desc>Type 2</desc><excludes1><note>other (E10.-)</note></excludes1><diag>"
        "<name>E11.9</name><desc>Plain</desc></diag></diag></section></chapter></ICD10CM.tabular>"
    )
    load_terms([put(tmp_path, "icd10cm-order-2025.txt", OLD)], home, Asked())
    load_terms([put(tmp_path, "tabular.xml", listed)], home, Asked())
    tabular = load_icd10cm(home)
    assert [one.name for one in tabular.editions] == ["2024-10", "2026-04"]
    assert tabular.editions[0].annotated
    concept = tabular.find("E11", date(2025, 1, 1))
    assert concept is not None
    assert concept.excludes1 == ("other (E10.-)",)
