"""What scrubbing asks: an edit, none, or no table; and that these three are told apart."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.engines.terminology.conftest import IN_2026, NECESSITY, PTP, put
from wardround.engines.terminology import (
    Absent,
    Asked,
    Described,
    Fee,
    PairEdit,
    Support,
    Tables,
    UnitLimit,
    load_terms,
)


def test_ncci_edits(tables: Tables) -> None:
    found = tables.ptp("11042", "97597", IN_2026)
    assert isinstance(found, PairEdit)
    assert (found.modifier, found.start, found.end) == ("1", date(2020, 1, 1), None)
    assert found.rationale == "Misuse of column two code"
    assert tables.ptp("97597", "11042", IN_2026) is None
    assert tables.ptp("11042", "97598", IN_2026) is None
    earlier = tables.ptp("11042", "97598", date(2022, 12, 31))
    assert isinstance(earlier, PairEdit)
    assert tables.ptp("11042", "97602", date(2020, 1, 1)) is None


@pytest.mark.requirement("TERM-06")
def test_no_table_is_no_answer(tables: Tables, tmp_path: Path) -> None:
    none = Tables(tmp_path / "nothing")
    later = date(2026, 7, 1)
    answers = [
        none.ptp("11042", "97597", IN_2026),
        none.mue("99213", IN_2026),
        none.necessity("93000"),
        none.fee("99213", (), IN_2026),
        none.code("cpt", "99213"),
        tables.ptp("11042", "97597", later),
        tables.ptp("11042", "97597", IN_2026, "outpatient"),
        tables.mue("99213", later),
        tables.mue("99213", IN_2026, "facility"),
        tables.code("hcpcs", "A0021", later),
        tables.fee("99213", (), IN_2026, "medicaid"),
        tables.code("carc", "45", IN_2026),
    ]
    for answer in answers:
        assert isinstance(answer, Absent), answer
        assert "wardround terms load FILE --kind" in str(answer)


def test_units(tables: Tables) -> None:
    assert tables.mue("36415", IN_2026) == UnitLimit("36415", 2, "2", "CMS Policy")
    assert tables.mue("11042", IN_2026) is None


def test_fees(tables: Tables) -> None:
    assert tables.fee("99213", (), IN_2026) == Fee("99213", "", Decimal("112.50"), "fees")
    assert tables.fee("99213", ("59", "25"), IN_2026) == Fee(
        "99213", "25", Decimal("99.00"), "fees"
    )
    assert tables.fee("99213", ("59",), IN_2026) == Fee("99213", "", Decimal("112.50"), "fees")
    assert tables.fee("99213", (), date(2027, 1, 1)) is None
    assert tables.fee("99214", (), IN_2026) is None
    found = tables.fee("36415", (), date(1999, 1, 1))
    assert isinstance(found, Fee)


def test_necessity(tables: Tables) -> None:
    assert tables.necessity("93000", IN_2026) == (
        Support("I10", "L123"),
        Support("I48.91", "L123"),
    )
    assert tables.necessity("99213") is None


PROCEDURES = (
    "article_id,article_version,hcpc_code_id,hcpc_code_version,hcpc_code_group,range,last_updated,"
    "long_description,short_description\n"
    '52840,7,93000,55,1,N,2026-01-01,"Made-up, long",short\n'
    '52840,7,93000,55,2,N,2026-01-01,"Made-up, long",short\n'
)
DIAGNOSES = (
    "article_id,article_version,icd10_code_id,icd10_code_version,icd10_covered_group,range,"
    "last_updated,sort_order,description,asterisk\n"
    "52840,7,I10,8,1,N,2026-01-01,1,Words,\n52840,6,I11.0,8,1,N,2026-01-01,1,Words,\n"
    "52841,1,R07.9,8,1,N,2026-01-01,1,Words,\n"
)


def test_coverage_articles_of_cms(tmp_path: Path, home: Path) -> None:
    load_terms([put(tmp_path, "article_x_hcpc_code.csv", PROCEDURES)], home, Asked())
    assert isinstance(Tables(home).necessity("93000"), Absent)
    load_terms([put(tmp_path, "article_x_icd10_covered.csv", DIAGNOSES)], home, Asked())
    assert Tables(home).necessity("93000") == (Support("I10", "article A52840, group 1"),)
    assert Tables(home).necessity("93005") is None
    assert b"long" not in (home / "article-procedures" / "rows").read_bytes()


def test_headings_of_the_edits_that_are_explained_below(tmp_path: Path, home: Path) -> None:
    head = (
        "CPT only copyright\t\t\t\t\t\t\nColumn1/Column2 Edits\t\t\t\t\t\t\n"
        "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date\t"
        "Modifier\tPTP Edit Rationale\n\t\t\t\t\t0=not allowed\t\n"
        "\t\t\t\t*=no data\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n"
    )
    rows = PTP.partition("Rationale\n")[2]
    load_terms([put(tmp_path, "ccipra-v320r0.txt", head + rows)], home, Asked())
    assert isinstance(Tables(home).ptp("11042", "97597", IN_2026), PairEdit)


def test_two_lists_of_necessity_add_up(tables: Tables, tmp_path: Path, home: Path) -> None:
    other = NECESSITY.replace("L123", "L456").replace("I10", "R07.9")
    load_terms([put(tmp_path, "b.csv", other)], home, Asked("necessity", "b"))
    found = Tables(home).necessity("93000")
    assert isinstance(found, tuple)
    assert {one.diagnosis for one in found} == {"I10", "I48.91", "R07.9"}


def test_descriptions(tables: Tables) -> None:
    assert tables.code("cpt", "99213", IN_2026) == Described("99213", "Made-up visit, established")
    found = tables.code("hcpcs", "a0021", IN_2026)
    assert found == Described(
        "A0021", "Made-up transport, outside the state, per mile", date(2020, 1, 1)
    )
    assert tables.code("hcpcs", "GT") == Described("GT", "Made-up modifier", date(2020, 1, 1))
    assert tables.code("cpt", "99215", IN_2026) is None


def test_parts_of_the_edits_answer_for_their_codes_alone(tmp_path: Path, home: Path) -> None:
    load_terms([put(tmp_path, "ccipra-v320r0-f2.txt", PTP)], home, Asked())
    tables = Tables(home)
    assert isinstance(tables.ptp("11042", "97597", IN_2026), PairEdit)
    assert tables.ptp("20000", "97597", IN_2026) is None
    assert isinstance(tables.ptp("00100", "97597", IN_2026), Absent)
    assert isinstance(tables.ptp("G0008", "97597", IN_2026), Absent)


def test_many_rows_are_found_where_they_lie(tmp_path: Path, home: Path) -> None:
    rows = [f"{number:05},,{number}.00,," for number in range(10_000, 30_000)]
    load_terms(
        [put(tmp_path, "fees.csv", "\n".join(["code,modifier,amount,from,to", *rows]))],
        home,
        Asked(),
    )
    tables = Tables(home)
    for number in (10_000, 10_001, 19_999, 29_998, 29_999):
        found = tables.fee(str(number), (), IN_2026)
        assert isinstance(found, Fee)
        assert found.amount == number
    for code in ("09999", "30000", "1000", "1000A", "ZZZZZ"):
        assert tables.fee(code, (), IN_2026) is None
