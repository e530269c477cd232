"""``wardround terms``: code lists loaded, listed, asked and removed from the terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.engines.terminology.conftest import CPT, HCPCS, put
from tests.interfaces.cli.running import call


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARDROUND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def lines(said: bytes) -> list[list[str]]:
    return [line.split("\t") for line in said.decode().splitlines()]


@pytest.mark.requirement("TERM-07")
def test_load_says_whose_it_is_and_asks_for_the_licence(tmp_path: Path, home: Path) -> None:
    file = str(put(tmp_path, "LONGULT.txt", CPT))
    refused = call("terms", "load", file, "--from", "2026-01-01")
    assert refused.returncode == 1
    assert b"Owner: the American Medical Association" in refused.stderr
    assert b"--licensed" in refused.stderr
    assert not (home / "terms").exists()
    loaded = call("terms", "load", file, "--from", "2026-01-01", "--licensed")
    assert loaded.returncode == 0
    made = ["cpt-2026-01-01", "2026-01-01", "2026-12-31", "3 rows", "LONGULT.txt"]
    assert lines(loaded.stdout) == [made]
    assert made in lines(call("terms", "list").stdout)
    assert json.loads(call("terms", "list", "--json").stdout)[0]["licensed"] is True


def test_a_fault_is_told_with_its_line(tmp_path: Path, home: Path) -> None:
    file = str(put(tmp_path, "LONGULT.txt", CPT + "broken\n"))
    told = call("terms", "load", file, "--from", "2026-01-01", "--licensed")
    assert told.returncode == 1
    assert b"LONGULT.txt, line 7: This is not the layout" in told.stderr
    assert not (home / "terms").exists()
    absent = call("terms", "load", str(tmp_path / "absent.csv"))
    assert absent.returncode == 1
    assert b"No such file" in absent.stderr
    assert call("terms", "load", file, "--from", "yesterday").returncode == 1


@pytest.mark.requirement("TERM-08")
def test_list_marks_what_was_changed(tmp_path: Path, home: Path) -> None:
    file = str(put(tmp_path, "HCPC2026_JAN_ANWEB.txt", HCPCS))
    assert call("terms", "load", file).returncode == 0
    assert call("terms", "list").returncode == 0
    rows = home / "terms" / "hcpcs-2026-01-01" / "rows"
    rows.write_bytes(rows.read_bytes() + b"x")
    told = call("terms", "list")
    assert told.returncode == 1
    assert ["broken", "hcpcs-2026-01-01"] in lines(told.stdout)
    assert b"hcpcs-2026-01-01 is not whole" in told.stderr
    asked = call("terms", "lookup", "A0021", "--system", "hcpcs", "--on", "2026-02-01")
    assert b"hcpcs-2026-01-01 is not whole" in asked.stderr
    assert call("terms", "remove", "hcpcs-2026-01-01").returncode == 0
    assert call("terms", "remove", "hcpcs-2026-01-01").returncode == 1
    assert lines(call("terms", "list").stdout)[0][0] == "icd10cm"


def test_lookup_tells_a_code_and_how_it_stands(tmp_path: Path) -> None:
    told = lines(call("terms", "lookup", "i503", "--on", "2026-05-01").stdout)
    assert told[0] == ["I50.3", "Diastolic (congestive) heart failure"]
    assert ["  child", "I50.31"] in told
    assert told[-1][0] == "i503 on 2026-05-01"
    assert told[-1][1].startswith("not valid: I50.3 is not complete")
    outside = lines(call("terms", "lookup", "I10", "--on", "2020-01-01").stdout)[-1]
    assert outside[1].startswith("not known: No edition of ICD-10-CM that is loaded")
    unloaded = call("terms", "lookup", "718-7", "--system", "loinc")
    assert unloaded.returncode == 0
    assert b"not known" in unloaded.stdout
    wrong = call("terms", "lookup", "Z99.9")
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    answer: dict[str, Any] = json.loads(
        call("terms", "lookup", "I10", "--on", "2026-05-01", "--json").stdout
    )
    assert answer["validate-code"]["parameter"][0] == {"name": "result", "valueBoolean": True}


def test_search(tmp_path: Path) -> None:
    found = lines(call("terms", "search", "heart", "failure", "with preserved EF").stdout)
    assert found[0][0].startswith("I50.3")
    assert len(found) == 10
    under = lines(call("terms", "search", "acute", "--under", "I50.3", "--count", "1").stdout)
    assert under == [["I50.31", "Acute diastolic (congestive) heart failure"]]
    nothing = call("terms", "search", "qxzqxz")
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    answer = json.loads(call("terms", "search", "UTI", "--count", "1", "--json").stdout)
    assert answer["expansion"]["contains"][0]["code"] == "N39.0"


def test_translate_and_kinds(tmp_path: Path) -> None:
    absent = call("terms", "translate", "25000", "--from", "icd9cm", "--to", "icd10cm")
    assert absent.returncode == 1
    assert b"No map from icd9cm to icd10cm is loaded" in absent.stderr
    call("terms", "load", str(put(tmp_path, "2018_I9gem.txt", "25000 E119    10000\n")))
    found = call("terms", "translate", "25000", "--from", "icd9cm", "--to", "icd10cm")
    assert lines(found.stdout)[0][:2] == ["E11.9", "inexact"]
    names = {line[0] for line in lines(call("terms", "kinds").stdout)}
    assert {"cpt", "hcpcs", "ptp", "mue", "icd10cm-order"} <= names
