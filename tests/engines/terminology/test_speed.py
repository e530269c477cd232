"""How quickly ICD-10-CM is there, and how quickly words lead to codes: `make bench` measures."""

from itertools import cycle
from pathlib import Path
from typing import Any

from tests.engines.terminology.conftest import icd10cm, put
from wardround.engines.terminology import Asked, Tables, load_terms
from wardround.engines.terminology.packaged import packaged_edition

LOAD, SEARCH = 1.5, 0.010
"""Seconds."""


def within(benchmark: Any, limit: float) -> bool:
    return not benchmark.enabled or benchmark.stats["median"] <= limit


def test_loading(benchmark: Any) -> None:
    assert benchmark(packaged_edition).knows("E11.9")
    assert within(benchmark, LOAD)


def test_searching(benchmark: Any) -> None:
    lines = (Path(__file__).parent / "queries.tsv").read_text("utf-8").splitlines()
    queries = cycle(line.split("\t")[0] for line in lines if not line.startswith("#"))
    tabular = icd10cm()
    tabular.search("diabetes")
    assert benchmark(lambda: len(tabular.search(next(queries), 20))) >= 0
    assert within(benchmark, SEARCH)


def test_finding(benchmark: Any) -> None:
    edition = icd10cm().newest
    codes = cycle(edition.rows.codes)
    assert benchmark(lambda: edition.find(next(codes))) is not None


def test_asking_for_edits(benchmark: Any, tmp_path: Path) -> None:
    from datetime import date

    head = "Column 1\tColumn 2\tx\tEffective Date\tDeletion Date\tModifier\tRationale\n"
    rows = "".join(
        f"{first:05}\t{second:05}\t\t20200101\t*\t1\tMade up\n"
        for first in range(10_000, 10_500)
        for second in range(20_000, 20_200)
    )
    load_terms([put(tmp_path, "ccipra-v320r0.txt", head + rows)], tmp_path / "terms", Asked())
    tables, on = Tables(tmp_path / "terms"), date(2026, 2, 1)
    assert benchmark(tables.ptp, "10250", "20100", on)
