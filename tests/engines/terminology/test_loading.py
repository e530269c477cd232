"""Files as people bring them: taken whole, or refused with the line; nothing written by half."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.terminology.conftest import CPT, FEES, HCPCS, MUE, PTP, put, record
from wardround.engines.terminology import Asked, Shelf, Tables, kinds, load_terms
from wardround.kernel import Conflict, InvalidInput, NotAllowed, NotFound, TooLarge, WardroundError

IN_2026 = date(2026, 1, 1)
OURS = Asked(kind="cpt", start=IN_2026, licensed=True)


@pytest.mark.requirement("TERM-05")
@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "empty"),
        (b"\r\n\r\n", None, "layout"),
        (b"99213,Visit,more\n99214,Visit\n", 1, "layout"),
        (b"copyright\n99213\tVisit\n99214 Visit\n", 3, "layout"),
        (b"99213\tVisit\n9921\tVisit\n", 2, "layout"),
        (b"99213\tVisit\n99214\t\n", 2, "layout"),
        (b"99213\tVisit\n99214", 2, "layout"),
        (b"99213\tVisit\n99214\tVisit\n99213\tAgain\n", 3, "stands at line 1 already"),
        (b"99213\tVisit\n\x00\x01\x02", 2, "no text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 3, "no text file"),
        (b"PK\x03\x04word", 1, "packed"),
        ("99213\tVisit\n".encode("utf-16"), 1, "UTF-16"),
        (b"99213\tVis\x81it\n", 1, "Byte 10 is neither UTF-8 nor Windows-1252"),
        (b"99213\tVisit\n99214\t" + b"x" * 100_000 + b"\n", 2, "longer than"),
        (b"word\n" * 80, 61, "layout"),
    ],
)
def test_a_cpt_file_that_is_none(
    tmp_path: Path, home: Path, content: bytes, line: int | None, words: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        load_terms([put(tmp_path, "LONGULT.txt", content)], home, OURS)
    assert words in str(told.value)
    assert line is None or f"LONGULT.txt, line {line}" in str(told.value)
    assert not home.exists()


def test_one_endless_line_is_not_read_into_memory(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "LONGULT.txt"
    with file.open("wb") as stream:
        stream.write(b"99213\tVisit\n99214\t")
        stream.truncate(1 << 29)
    with pytest.raises(InvalidInput, match="line 2"):
        load_terms([file], home, OURS)
    with file.open("wb") as stream:
        stream.truncate((1 << 30) + 1)
    with pytest.raises(TooLarge):
        load_terms([file], home, OURS)
    assert not home.exists()


@pytest.mark.requirement("TERM-07")
def test_cpt_is_not_loaded_until_the_licence_is_said(tmp_path: Path, home: Path) -> None:
    file = put(tmp_path, "LONGULT.txt", CPT)
    with pytest.raises(NotAllowed, match="American Medical Association") as told:
        load_terms([file], home, Asked(start=IN_2026))
    assert "--licensed" in str(told.value)
    assert not home.exists()
    made = load_terms([file], home, Asked(start=IN_2026, licensed=True))
    assert (made.licensed, made.count, made.kind) == (True, 3, "cpt")


@pytest.mark.requirement("TERM-07")
def test_no_list_that_needs_a_licence_is_shipped() -> None:
    import wardround

    folder = Path(wardround.__file__).parent / "engines" / "terminology"
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} <= {
        ".py",
        ".toml",
        ".md",
        ".yaml",
        ".pyc",
    }
    assert [one.name for one in kinds().values() if one.licensed] == ["cpt"]


def test_short_descriptors_and_windows_letters(tmp_path: Path, home: Path) -> None:
    """MEDU.txt has fixed columns; CMS and the AMA write Windows-1252."""
    content = "Copyright\n99213 OFFICE VISIT \xb5\n99214 OTHER VISIT\n".encode("cp1252")
    made = load_terms([put(tmp_path, "MEDU.txt", content)], home, OURS)
    found = Tables(home).code("cpt", "99213", IN_2026)
    assert made.count == 2
    assert getattr(found, "display", "") == "OFFICE VISIT \xb5"


def test_a_last_line_that_is_not_ended_is_remarked(tmp_path: Path, home: Path) -> None:
    made = load_terms([put(tmp_path, "LONGULT.txt", "99213\tVis")], home, OURS)
    assert made.facts == {"unended": "LONGULT.txt"}


@pytest.mark.requirement("TERM-05")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("mue.csv", MUE.replace("36415,2,", "36415,two,"), "line 5: units: the cell is no whole"),
        ("mue.csv", MUE.replace("36415,2,2", "36415,2,9"), "line 5: adjudication"),
        ("mue.csv", MUE + "36415,3,3 x,y\n", "line 6: This row stands at line 5 already"),
        ("mue.csv", "code,units\n99213,1\n", "headings"),
        ("mue.csv", MUE.partition("99213")[0], "no rows"),
        ("mue.csv", MUE + '99215,1,"3 x\n', "line"),
        ("fees.csv", FEES + "99215,,12.345,,\n", "line 5: amount"),
        ("fees.csv", FEES + "99215,,-1,,\n", "line 5: amount"),
        ("fees.csv", FEES + "99215,,NaN,,\n", "line 5: amount"),
        ("fees.csv", FEES + "99215,,1e400,,\n", "line 5: amount"),
        ("fees.csv", FEES + "99215,,10,2026-13-01,\n", "line 5: start"),
        ("fees.csv", FEES + "9921,,10,,\n", "line 5: code"),
        ("fees.csv", FEES + "99215,259,10,,\n", "line 5: modifier"),
        ("fees.csv", FEES + "99215\n", "line 5: The row has 1 cells"),
        ("ptp-practitioner.txt", PTP.replace("\t1\tMisuse", "\t7\tMisuse"), "line 7: modifier"),
        ("ptp-practitioner.txt", PTP.replace("20210401", "20210431"), "line 10: start"),
        ("HCPC2026_JAN_ANWEB.txt", HCPCS[:-100], "line 4: The record is cut off"),
        ("HCPC2026_JAN_ANWEB.txt", record("A0021", "00200", "4", "x"), "did not begin above"),
        ("HCPC2026_JAN_ANWEB.txt", "A0021 words\n", "line 1: This is not the record layout"),
        ("HCPC2026_JAN_ANWEB.txt", record("A0021", "00200", "3", "x", "20269999"), "A date"),
        ("2018_I9gem.txt", "0010  A000    0000\n", "line 1: This is no row of a GEM"),
        ("icd10cm-order-2027.txt", "00001 E11 words\n", "line 1: This is no row of an ICD-10-CM"),
        ("carc.csv", "code,description\n45,Words\n45,Words\n", "line 3"),
    ],
)
def test_a_table_with_a_fault(
    tmp_path: Path, home: Path, name: str, content: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        load_terms([put(tmp_path, name, content)], home, Asked(start=IN_2026))
    assert words in str(told.value)
    assert name in str(told.value)
    assert not home.exists()


def test_the_kind_of_a_file(tmp_path: Path, home: Path) -> None:
    with pytest.raises(InvalidInput, match="--kind"):
        load_terms([put(tmp_path, "mystery.csv", FEES)], home, Asked())
    with pytest.raises(NotFound, match="no kind nothing"):
        load_terms([put(tmp_path, "mystery.csv", FEES)], home, Asked(kind="nothing"))
    made = load_terms([put(tmp_path, "mystery.csv", FEES)], home, Asked("fees", "medicare"))
    assert made.name == "fees-medicare"


@pytest.mark.parametrize("variant", ["../out", "a/b", "A", " ", "-", ".x", "x" * 41, "\n"])
def test_a_variant_is_a_plain_name(tmp_path: Path, home: Path, variant: str) -> None:
    file = put(tmp_path, "fees.csv", FEES)
    with pytest.raises(InvalidInput, match="lower-case letters"):
        load_terms([file], home, Asked(variant=variant))
    with pytest.raises(InvalidInput, match="practitioner, facility, dme"):
        load_terms([put(tmp_path, "mue.csv", MUE)], home, Asked(variant="other", start=IN_2026))
    assert not home.exists()


@pytest.mark.parametrize(
    ("name", "kind", "start", "end"),
    [
        ("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", "mue", (2026, 4, 1), (2026, 6, 30)),
        ("ccipra-v321r0-f1.txt", "ptp", (2026, 4, 1), (2026, 6, 30)),
        ("ccioph-v313r0-f2.txt", "ptp", (2025, 10, 1), (2025, 12, 31)),
    ],
)
def test_the_name_tells_from_when_it_holds(
    tmp_path: Path,
    home: Path,
    name: str,
    kind: str,
    start: tuple[int, int, int],
    end: tuple[int, int, int],
) -> None:
    file = put(tmp_path, name, MUE if kind == "mue" else PTP)
    made = load_terms([file], home, Asked())
    assert (made.kind, made.start, made.end) == (kind, date(*start), date(*end))


def test_a_name_that_tells_no_date_asks_for_it(tmp_path: Path, home: Path) -> None:
    with pytest.raises(InvalidInput, match="--from"):
        load_terms([put(tmp_path, "mue.csv", MUE)], home, Asked())
    asked = Asked(start=IN_2026, end=date(2025, 1, 1))
    with pytest.raises(InvalidInput, match="before it begins"):
        load_terms([put(tmp_path, "mue.csv", MUE)], home, asked)


def test_an_edition_is_loaded_once(tmp_path: Path, home: Path) -> None:
    file = put(tmp_path, "LONGULT.txt", CPT)
    load_terms([file], home, OURS)
    with pytest.raises(Conflict, match="wardround terms remove cpt-2026-01-01"):
        load_terms([file], home, OURS)
    Shelf(home).remove("cpt-2026-01-01")
    assert load_terms([file], home, OURS).count == 3
    with pytest.raises(NotFound):
        Shelf(home).remove("../terms")


@pytest.mark.requirement("TERM-08")
@pytest.mark.parametrize("how", ["changed", "shortened", "no rows", "manifest", "no manifest"])
def test_what_was_changed_is_refused_by_name(tmp_path: Path, home: Path, how: str) -> None:
    load_terms([put(tmp_path, "LONGULT.txt", CPT)], home, OURS)
    load_terms([put(tmp_path, "fees.csv", FEES)], home, Asked())
    folder = home / "cpt-2026-01-01"
    rows = folder / "rows"
    if how == "changed":
        rows.write_bytes(rows.read_bytes().replace(b"visit", b"bribe"))
    elif how == "shortened":
        rows.write_bytes(rows.read_bytes()[:-10])
    elif how == "no rows":
        rows.unlink()
    elif how == "manifest":
        file = folder / "manifest.json"
        file.write_text(file.read_text().replace('"licensed": true', '"licensed": false'))
    else:
        (folder / "manifest.json").unlink()
    with pytest.raises(InvalidInput, match="cpt-2026-01-01 is not whole"):
        Tables(home).code("cpt", "99213", IN_2026)
    assert not isinstance(Tables(home).fee("99213", (), IN_2026), InvalidInput)
    Shelf(home).remove("cpt-2026-01-01")
    load_terms([tmp_path / "LONGULT.txt"], home, OURS)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    content=st.binary(max_size=300),
    kind=st.sampled_from(sorted(kinds())),
)
@pytest.mark.requirement("TERM-05")
def test_any_bytes_are_loaded_or_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    home = tmp_path / "home"
    file = put(tmp_path, "any", content)
    variant = next(iter(kinds()[kind].variants), None)
    asked = Asked(kind, variant, IN_2026, licensed=True)
    try:
        made = load_terms([file], home, asked)
    except WardroundError:
        assert not Shelf(home).manifests
    else:
        Shelf(home).remove(made.name)
