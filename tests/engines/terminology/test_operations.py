"""What FHIR asks of terminologies."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.parameters import Parameters
from fhir.resources.R4B.valueset import ValueSet

from tests.engines.terminology.conftest import IN_2026, put
from wardround.engines.terminology import Asked, Tables, Terminology, load_terms, system_of
from wardround.kernel import InvalidInput, NotFound, Unavailable

ON = date(2026, 5, 1)
GEM = "25000 E119    10000\n25001 E109    10000\n0010  NoDx    11000\n0020  A000    10112\n"
MAP_HEAD = (
    "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\t"
    "referencedComponentName\tmapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\tmapTargetName\n"
)


def snomed(number: int, target: str, rule: str, active: int = 1) -> str:
    return (
        f"x\t20250301\t{active}\t1\t2\t44054006\tDiabetes\t1\t{number}\t{rule}\t"
        f"ALWAYS {target}\t{target}\tName\n"
    )


@pytest.fixture
def known(tables: Tables, home: Path) -> Terminology:
    return Terminology(home)


def said(answer: Any) -> dict[str, Any]:
    Parameters.model_validate(answer)
    return {
        one["name"]: next((value for key, value in one.items() if key.startswith("value")), None)
        for one in answer["parameter"]
    }


def test_lookup(known: Terminology) -> None:
    answer: Any = known.lookup("http://hl7.org/fhir/sid/icd-10-cm", "i503")
    assert said(answer)["display"] == "Diastolic (congestive) heart failure"
    children = [
        one["part"][1]["valueString"]
        for one in answer["parameter"]
        if one["name"] == "property" and one["part"][0]["valueCode"] == "child"
    ]
    assert children[:2] == ["I50.30", "I50.31"]
    assert said(known.lookup("cpt", "99213"))["display"] == "Made-up visit, established"
    with pytest.raises(NotFound, match=r"no code Z99\.9"):
        known.lookup("icd10cm", "Z99.9")
    with pytest.raises(NotFound, match="no code 99999"):
        known.lookup("cpt", "99999")
    with pytest.raises(NotFound, match="no code system icd11"):
        known.lookup("icd11", "1")


@pytest.mark.requirement("TERM-06")
@pytest.mark.parametrize(
    ("system", "code", "on", "result", "words"),
    [
        ("icd10cm", "I50.31", ON, True, ""),
        ("icd10cm", "I50.3", ON, False, "not complete"),
        ("icd10cm", "I50.31", IN_2026, None, "covers 2026-02-01"),
        ("hcpcs", "A0021", IN_2026, True, ""),
        ("hcpcs", "G0008", IN_2026, False, "was valid until 2026-01-31"),
        ("hcpcs", "A0022", IN_2026, False, "not in the loaded list"),
        ("hcpcs", "A0021", ON, None, "not loaded"),
        ("loinc", "718-7", ON, None, "not loaded"),
        ("loinc", "718-8", ON, False, "check digit"),
        ("carc", "45", ON, None, "not loaded"),
    ],
)
def test_validate_code(
    known: Terminology, system: str, code: str, on: date, result: bool | None, words: str
) -> None:
    answer = said(known.validate_code(system, code, on))
    assert answer.get("result") is result
    assert words in answer.get("message", "")


def test_a_display_that_is_not_the_codes(known: Terminology) -> None:
    right = known.validate_code("icd10cm", "I10", ON, "essential (primary)  Hypertension")
    assert said(right)["result"] is True
    wrong = known.validate_code("icd10cm", "I10", ON, "Hypotension")
    assert said(wrong)["result"] is False


def codes(answer: Any) -> list[str]:
    ValueSet.model_validate(
        answer | {"expansion": answer["expansion"] | {"timestamp": "2026-01-01T00:00:00Z"}}
    )
    return [one["code"] for one in answer["expansion"]["contains"]]


def test_expand(known: Terminology) -> None:
    assert codes(known.expand("icd10cm", is_a="I50.3")) == [
        "I50.3", "I50.30", "I50.31", "I50.32", "I50.33"
    ]  # fmt: skip
    few: Any = known.expand("icd10cm", is_a="S52", count=3)
    assert len(codes(few)) == 3
    assert few["expansion"]["total"] > 3_000
    assert codes(known.expand("icd10cm", "acute", is_a="I50.3", count=1)) == ["I50.31"]
    assert codes(known.expand("hcpcs", "transport mile", on=IN_2026)) == ["A0021"]
    assert codes(known.expand("cpt", "longer visit", count=1)) == ["99214"]
    with pytest.raises(InvalidInput):
        known.expand("icd10cm")
    with pytest.raises(InvalidInput):
        known.expand("cpt", is_a="99213")
    with pytest.raises(NotFound):
        known.expand("icd10cm", is_a="Z99.9")
    with pytest.raises(Unavailable, match="terms load"):
        known.expand("loinc", "sodium")


def test_translate(known: Terminology, tmp_path: Path, home: Path) -> None:
    with pytest.raises(Unavailable, match="No map from icd9cm to icd10cm is loaded"):
        known.translate("icd9cm", "250.00", "icd10cm")
    content = MAP_HEAD + snomed(2, "E11.8", "OTHERWISE TRUE") + snomed(1, "E11.9", "IFA 1 | x |")
    content += snomed(3, "E10.9", "TRUE", active=0)
    load_terms([put(tmp_path, "2018_I9gem.txt", GEM)], home, Asked())
    name = "tls_Icd10cmHumanReadableMap_US1000124_20250301.tsv"
    load_terms([put(tmp_path, name, content)], home, Asked())
    own = put(tmp_path, "own.csv", "source,target\nGLU,2345-7\n")
    load_terms([own], home, Asked("map", "local-loinc"))
    known = Terminology(home)
    found = known.translate("icd9cm", "250.00", "icd10cm")
    assert [(one.code, one.equivalence) for one in found] == [("E11.9", "inexact")]
    none = known.translate("icd9cm", "0010", "icd10cm")
    assert [(one.code, one.equivalence) for one in none] == [("", "unmatched")]
    assert known.translate("icd9cm", "0020", "icd10cm")[0].group == "1.2"
    assert known.translate("icd9cm", "999", "icd10cm") == []
    by_rule = known.translate("snomed", "44054006", "icd10cm")
    assert [(one.code, one.rule) for one in by_rule] == [
        ("E11.9", "IFA 1 | x |"),
        ("E11.8", "OTHERWISE TRUE"),
    ]
    assert known.translate("local", "GLU", "loinc")[0].code == "2345-7"


def test_systems_go_by_name_and_address() -> None:
    assert system_of("loinc") is system_of("http://loinc.org")
