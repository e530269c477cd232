"""The user's own files of CMS, once loaded, are asked."""

from datetime import date
from pathlib import Path

import pytest

from tests.capabilities.billing.scrubbing.made import PLAIN, diagnosed, lined
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.scrubbing import Scrubber, load_tables
from wardround.engines.terminology import Asked, load_terms
from wardround.kernel import Severity

ON = date(2026, 6, 30)
HCPCS_ROW = 320

PAIRS = """Column 1,Column 2,Effective Date,Deletion Date *=no data,Modifier 0=not allowed 1=allowed 9=not applicable,PTP Edit Rationale
29881,29877,20030101,*,1,Misuse of column two code with column one code
27447,27445,20030101,*,0,Mutually exclusive procedures
80053,80048,20030101,*,9,Laboratory panel
43239,43235,20030101,20200101,0,More extensive procedure
"""  # noqa: E501 - as CMS writes its headings
LIMITS = """HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale
20605,2,1 Line Edit,Anatomic consideration
93000,3,2 Date of Service Edit: Policy,Nature of service
82962,9,3 Date of Service Edit: Clinical,Clinical: Data
"""
COVERED = """procedure,diagnosis,source
95811,G47.33,LCD L33718
"""


DAY_BEFORE = {"procedure": "29877", "begins": date(2026, 6, 1)}
STRIPS: dict[str, object] = {"procedure": "82962", "units": "5"}


@pytest.fixture(scope="module")
def scrubber(tmp_path_factory: pytest.TempPathFactory) -> Scrubber:
    folder = tmp_path_factory.mktemp("terms")
    for name, text, kind, variant in (
        ("ptp.csv", PAIRS, "ptp", "practitioner"),
        ("mue.csv", LIMITS, "mue", "practitioner"),
        ("necessity.csv", COVERED, "necessity", None),
    ):
        path = folder / name
        path.write_text(text, "utf-8")
        holds = None if kind == "necessity" else date(2026, 4, 1)
        load_terms([path], folder / "kept", Asked(kind=kind, variant=variant, start=holds))
    return Scrubber(load_tables(folder / "kept"))


def _found(scrubber: Scrubber, claim: Claim) -> set[str]:
    told = scrubber.scrub(claim, None, ON)
    return {one.rule for one in told if one.severity is not Severity.NOTE}


def _pair(first: str, second: str, *modifiers: str) -> Claim:
    return lined(PLAIN, {"procedure": first}, {"procedure": second, "modifiers": modifiers})


@pytest.mark.parametrize(
    ("claim", "rules"),
    [
        (_pair("29881", "29877"), {"ptp-modifier"}),
        (_pair("29877", "29881"), {"ptp-modifier"}),
        (_pair("29881", "29877", "XS"), set()),
        (_pair("29881", "29877", "22"), {"ptp-modifier"}),
        (_pair("27447", "27445"), {"ptp-never"}),
        (_pair("27447", "27445", "59"), {"ptp-never"}),
        (_pair("80053", "80048"), set()),
        (_pair("43239", "43235"), set()),
        (lined(PLAIN, {"procedure": "29881"}, DAY_BEFORE), set()),
        (lined(PLAIN, {"procedure": "20605", "units": "2"}), set()),
        (lined(PLAIN, {"procedure": "20605", "units": "3"}), {"mue-line"}),
        (lined(PLAIN, {"procedure": "93000", "units": "4"}), {"mue-day"}),
        (lined(PLAIN, {"procedure": "82962", "units": "10"}), {"mue-clinical"}),
        (lined(PLAIN, STRIPS, STRIPS | {"modifiers": ["91"]}), {"mue-clinical"}),
        (lined(PLAIN, {"procedure": "95811"}), {"necessity"}),
        (lined(PLAIN, {"procedure": "95811", "modifiers": ["GA"]}), set()),
        (lined(diagnosed(PLAIN, "G47.33"), {"procedure": "95811"}), set()),
    ],
)
def test_edits_of_cms(scrubber: Scrubber, claim: Claim, rules: set[str]) -> None:
    assert _found(scrubber, claim) == rules


def test_what_is_loaded_is_no_longer_said_to_be_missing(scrubber: Scrubber) -> None:
    told = {one.rule: one.says for one in scrubber.scrub(PLAIN, None, ON)}
    assert "procedure-to-procedure" not in told["tables-missing"]
    assert "CPT" in told["tables-missing"]


def test_a_code_of_hcpcs_is_held_against_its_loaded_edition(tmp_path: Path) -> None:
    def row(code: str, added: str, ended: str) -> str:
        line = list(" " * HCPCS_ROW)
        line[0:5] = code
        line[5:11] = "001003"
        line[11:30] = "Injection, drug one".ljust(19)
        line[91:110] = "Injection".ljust(19)
        line[268:276] = added
        line[276:284] = added
        line[284:292] = ended.ljust(8)
        return "".join(line)

    path = tmp_path / "HCPC2026_APR_ANWEB.txt"
    path.write_text("\n".join((row("J1885", "20000101", ""), row("J9999", "20000101", "20251231"))))
    load_terms([path], tmp_path / "kept", Asked(kind="hcpcs", start=date(2026, 4, 1)))
    scrubber = Scrubber(load_tables(tmp_path / "kept"))
    assert not _found(scrubber, lined(PLAIN, {"procedure": "J1885"}))
    assert _found(scrubber, lined(PLAIN, {"procedure": "J9999"})) == {"procedure-date"}
    assert _found(scrubber, lined(PLAIN, {"procedure": "J0001"})) == {"procedure-date"}
    assert not _found(scrubber, lined(PLAIN, {"procedure": "99213"})), "CPT is not loaded"
