"""The CDC's XML: what is no whole list is refused, with its line."""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.engines.terminology.conftest import put
from wardround.engines.terminology import Asked, Shelf, load_icd10cm, load_terms
from wardround.kernel import InvalidInput

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<ICD10CM.tabular>&b;</ICD10CM.tabular>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<ICD10CM.index><letter>&a;</letter></ICD10CM.index>"
)
INDEX = """<?xml version="1.0"?><ICD10CM.index><version>2026</version><letter><title>F</title>
<mainTerm><title>Failure, failed</title><term level="1"><title>heart<nemod>(acute)</nemod></title>
<code>I50.9</code><term level="2"><title>stiff<nemod>(sudden)</nemod></title><code>I50.30</code>
</term><term level="2"><title>gone</title><code>I99.99</code></term></term>
<term level="1"><title>see</title><see>Nothing</see></term></mainTerm></letter></ICD10CM.index>"""


@pytest.mark.requirement("TERM-05")
@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_entities_are_refused(tmp_path: Path, home: Path, content: str) -> None:
    with pytest.raises(InvalidInput, match="line 1: The file declares entities"):
        load_terms([put(tmp_path, "a-2026.xml", content)], home, Asked())
    assert not home.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (INDEX[:200], "line"),
        ("<ICD10CM.index><letter/></ICD10CM.index>", "no ICD-10-CM index"),
        ("<ICD10CM.tabular><version>2026</version></ICD10CM.tabular>", "no ICD-10-CM tabular"),
        ("<ICD10CM.tabular><diag><name>E11</name></diag></ICD10CM.tabular>", "outside any chapter"),
        (
            "<ICD10CM.tabular><chapter><name>1</name><desc>a</desc><section id='E10-E11'>"
            "<desc>b</desc><diag><name>E11</name></diag></section></chapter></ICD10CM.tabular>",
            "lacks its code or its description",
        ),
        (
            "<ICD10CM.tabular><chapter><name>1</name><desc>a</desc><section id='E10-E11'>"
            "<desc>b</desc><diag><name>E11</name><desc>c</desc></diag><diag><name>E11</name>"
            "<desc>c</desc></diag></section></chapter></ICD10CM.tabular>",
            "twice",
        ),
        (
            "<ICD10CM.tabular><chapter><name>1</name><desc>a</desc><section id='E10-E11'>"
            + "<diag><name>E11</name>" * 5_000,
            "nested deeper",
        ),
    ],
)
def test_what_is_no_list(tmp_path: Path, home: Path, content: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        load_terms([put(tmp_path, "index-2026.xml", content)], home, Asked())
    assert not home.exists()


def test_the_index_helps_the_search(tmp_path: Path, home: Path) -> None:
    made = load_terms([put(tmp_path, "icd10cm-index-April-1-2026.xml", INDEX)], home, Asked())
    assert (made.variant, made.start, made.count) == ("main", date(2026, 4, 1), 3)
    rows = list(Shelf(home).rows(made).every())
    assert ["Failure, failed, heart, stiff", "I50.30", "(acute) (sudden)"] in rows
    hits = load_icd10cm(home).search("stiff heart failure", 3)
    assert hits[0].code == "I50.30"
    assert hits[0].term == "Failure, failed, heart, stiff"
    assert "I99.99" not in {hit.code for hit in load_icd10cm(home).search("gone heart failure")}


@pytest.mark.data
def test_the_published_indexes(home: Path) -> None:
    data = os.environ.get("WARDROUND_DATA")
    if data is None:
        pytest.skip("WARDROUND_DATA is not set: the indexes are there")
    made = {}
    for file in sorted((Path(data) / "icd-10-cm").glob("*.xml")):
        one = load_terms([file], home, Asked())
        made[one.variant] = one
    assert made.keys() == {"drug", "external", "neoplasm"}
    assert all(one.start == date(2026, 4, 1) for one in made.values())
    assert all(one.end == date(2026, 9, 30) for one in made.values())
    assert made["drug"].count > 25_000
    tabular = load_icd10cm(home)
    for words, code in (
        ("aspirin poisoning accidental", "T39.011"),
        ("neoplasm breast uncertain behavior", "D48.6"),
        ("struck by falling tree", "W20"),
    ):
        assert any(hit.code.startswith(code) for hit in tabular.search(words, 5)), words
