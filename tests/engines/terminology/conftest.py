"""ICD-10-CM, read once; and files as their publishers lay them out, with made-up words."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from wardround.engines.terminology import Asked, Edition, Tables, Tabular, load_icd10cm, load_terms

IN_2026 = date(2026, 2, 1)


@cache
def icd10cm() -> Tabular:
    return load_icd10cm()


@pytest.fixture
def tabular() -> Tabular:
    return icd10cm()


@pytest.fixture
def edition(tabular: Tabular) -> Edition:
    return tabular.newest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "terms"


CPT = (
    "CPT codes copyright 2026 of their owner\r\nAll rights reserved\r\n\r\n"
    "99213\tMade-up visit, established\r\n99214\tMade-up longer visit\r\n0001U\tMade-up test\r\n"
)


def record(code: str, sequence: str, kind: str, words: str, end: str = "") -> str:
    """One line of HCPCS II, as CMS lays it out: 320 columns."""
    head = f"{code:>5}{sequence}{kind}{words:<80}{'short ' + code:<28}"
    return f"{head:<268}2020010120260101{end:<8}N{'':27}"


HCPCS = "\n".join(
    [
        record("A0021", "00100", "3", "Made-up transport, outside the"),
        record("A0021", "00200", "4", "state, per mile"),
        record("G0008", "00300", "3", "Made-up injection", end="20260131"),
        record("GT", "00400", "7", "Made-up modifier"),
    ]
)

PTP = (
    "CPT only copyright\t\t\t\t\t\t\nColumn1/Column2 Edits\t\t\t\t\t\t\n"
    "\t\t* = in\t\t\t\t\n\t\texistence\t\tDeletion\tModifier\t\n"
    "Column\tColumn\tprior to\tEffective\tDate\t0=not allowed\tPTP Edit\n"
    "1\t2\t1996\tDate\t*=no data\t1=allowed\tRationale\n"
    "11042\t97597\t\t20200101\t*\t1\tMisuse of column two code\n"
    "11042\t97598\t\t20200101\t20221231\t0\tMisuse of column two code\n"
    "11042\t97602\t*\t20200101\t20200101\t9\tNever in force\n"
    "99213\t36415\t\t20210401\t*\t0\tStandards\n"
)

MUE = (
    '"CPT only copyright 2025",,,\n'
    '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
    "99213,1,3 Date of Service Edit: Clinical,Clinical: Data\n"
    "36415,2,2 Date of Service Edit: Policy,CMS Policy\n"
)

FEES = (
    "code,modifier,amount,from,to\n"
    "99213,,112.50,2026-01-01,2026-12-31\n99213,25,$99.00,2026-01-01,\n36415,,3.00,,\n"
)

NECESSITY = "procedure,diagnosis,source\n93000,I10,L123\n93000,i4891,L123\n"


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def tables(tmp_path: Path, home: Path) -> Tables:
    """Tables with one edition of each."""
    for name, text in (
        ("LONGULT.txt", CPT),
        ("HCPC2026_JAN_ANWEB.txt", HCPCS),
        ("ccipra-v320r0.txt", PTP),
        ("MCR_MUE_PractitionerServices_Eff_01-01-2026.csv", MUE),
        ("fees.csv", FEES),
        ("necessity.csv", NECESSITY),
    ):
        start = date(2026, 1, 1) if name == "LONGULT.txt" else None
        load_terms([put(tmp_path, name, text)], home, Asked(start=start, licensed=True))
    return Tables(home)
