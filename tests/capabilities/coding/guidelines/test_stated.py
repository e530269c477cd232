"""What is absent, in doubt, past or another person's, by setting."""

import pytest

from tests.capabilities.coding.guidelines.notes import codes, guide, read
from wardround.capabilities.coding.guidelines import Setting, apply
from wardround.engines.assertion import Assertion
from wardround.engines.terminology import Tabular

OUT, IN = "outpatient", "inpatient"

CASES = [
    ("IV.J", OUT, "No [pneumonia|J18.9|no]. [Cough|R05.9].", "R05.9"),
    ("IV.J", IN, "[Pneumonia|J18.9|no] was ruled out.", ""),
    ("IV.H", OUT, "[Cough|R05.9], possible [pneumonia|J18.9|possible].", "R05.9"),
    ("IV.H", OUT, "[Chest pain|R07.9], rule out [myocardial infarction|I21.9|possible].", "R07.9"),
    ("II.H", IN, "Probable [pneumonia|J18.9|possible].", "J18.9"),
    ("II.H", None, "Probable [pneumonia|J18.9|possible].", "J18.9"),
    ("I.C.1.a.1", IN, "Suspected [HIV disease|B20|possible].", ""),
    ("I.C.1.f", IN, "Suspected [Zika|A92.5|possible] infection.", ""),
    ("I.C.1.g.1.a", IN, "Suspected [COVID-19|U07.1|possible]. [Fever|R50.9].", "R50.9"),
    ("I.C.10.c", IN, "Suspected [avian influenza|J09.X2|possible].", "J11.1"),
    ("I.C.10.c", OUT, "Suspected [avian influenza|J09.X2|possible].", ""),
    ("IV.H", OUT, "[Pneumonia|J18.9|possible] is likely. [Pneumonia|J18.9] is confirmed.", "J18.9"),
    ("I.C.21.c.4", OUT, "History of [breast cancer|C50.919|past].", "Z85.3"),
    ("I.C.21.c.4", OUT, "Past [colon cancer|C18.9|past], resected.", "Z85.038"),
    ("I.C.21.c.4", OUT, "Past [deep vein thrombosis|I82.409|past].", "Z86.718"),
    ("I.C.21.c.4", OUT, "Past [pulmonary embolism|I26.99|past].", "Z86.711"),
    ("I.C.9.d.3", OUT, "Earlier [stroke|I63.9|past] without deficits.", "Z86.73"),
    ("I.C.9.e.1", OUT, "Old [myocardial infarction|I21.9|past].", "I25.2"),
    ("I.C.21.c.4", OUT, "History of [kidney stones|N20.0|past].", "Z87.442"),
    ("I.C.21.c.4", OUT, "History of [pneumonia|J18.9|past].", "Z87.01"),
    ("I.C.21.c.4", OUT, "Old healed [wrist fracture|S52.501A|past].", "Z87.81"),
    ("I.C.21.c.4", OUT, "History of [peptic ulcer|K27.9|past].", "Z87.11"),
    ("I.C.21.c.4", OUT, "History of [diabetes|E11.9|past].", "E11.9"),
    ("I.C.21.c.4", OUT, "History of [hypertension|I10|past].", "I10"),
    ("I.C.21.c.4", OUT, "History of [asthma|J45.909|past].", "J45.909"),
    ("IV.J", OUT, "Had [fever|R50.9|past] last month.", ""),
    ("I.C.21.c.4", OUT, "Mother had [breast cancer|C50.919|family].", "Z80.3"),
    ("I.C.21.c.4", OUT, "Father with [diabetes|E11.9|family].", "Z83.3"),
    ("I.C.21.c.4", OUT, "Brother had a [myocardial infarction|I21.9|family].", "Z82.49"),
    ("I.C.21.c.4", OUT, "Sister: [colon cancer|C18.9|family].", "Z80.0"),
    ("I.C.21.c.4", OUT, "Father died of a [stroke|I63.9|family].", "Z82.3"),
    ("I.C.21.c.4", OUT, "Grandmother: [osteoporosis|M81.0|family].", "Z82.62"),
    ("IV.J", OUT, "Mother has a [headache|R51.9|family].", ""),
    ("IV.J", OUT, "Her roommate has [influenza|J11.1|other].", ""),
    ("I.B.11", OUT, "Return if [fever|R50.9|if].", ""),
    ("I.B.11", OUT, "At risk of [stroke|I63.9|later].", ""),
    ("I.C.21.c.3", OUT, "Does not take the drugs: [noncompliance|Z91.148|no].", "Z91.148"),
    ("I.C.21.c.4", OUT, "[Personal history of breast cancer|Z85.3|past].", "Z85.3"),
    ("I.C.21.c.4", OUT, "[Family history of diabetes|Z83.3|family].", "Z83.3"),
]


@pytest.mark.parametrize(
    ("section", "setting", "note", "expected"), CASES, ids=[f"{c[0]} {c[2][:24]}" for c in CASES]
)
def test_standing(
    section: str, setting: str | None, note: str, expected: str, tabular: Tabular
) -> None:
    assert codes(guide(note, tabular, setting)) == expected


def test_what_is_left_out_is_said_with_its_words(tabular: Tabular) -> None:
    guided = guide("No [pneumonia|J18.9|no], possible [asthma|J45.909|possible].", tabular)
    dropped = {remark.codes[0]: remark for remark in guided.remarks if remark.kind == "dropped"}
    assert dropped["J18.9"].section == "IV.J"
    assert dropped["J45.909"].section == "IV.H"
    assert all(remark.spans for remark in dropped.values())


def test_only_the_words_that_stand_are_evidence(tabular: Tabular) -> None:
    guided = guide("No [pneumonia|J18.9|no] in May. Now [pneumonia|J18.9].", tabular)
    (found,) = guided.codes
    assert len(found.spans) == 1
    assert found.spans[0].start > 20


def test_words_of_others_do_not_outlive_a_denial(tabular: Tabular) -> None:
    note = "No [fever|R50.9|no] for two [days|R50.9]."
    assert codes(guide(note, tabular)) == ""


def test_what_resolved_in_the_stay_is_coded_of_it(tabular: Tabular) -> None:
    note = read("[Encephalopathy|G93.41] resolved with treatment. [Sepsis|A41.9].")
    said = dict(note.assertions)
    at = note.text.index("resolved")
    said[note.found[0].spans[0]] = Assertion(time="historical", cues=((at, at + 8),))
    for setting, expected in ((Setting.INPATIENT, "A41.9 G93.41"), (None, "A41.9 Z86.69")):
        assert codes(apply(note.text, note.found, None, setting, tabular, said)) == expected


def test_an_uncertain_one_says_so(tabular: Tabular) -> None:
    (found,) = guide("Likely [pneumonia|J18.9|possible].", tabular, "inpatient").codes
    assert any("II.H" in reason for reason in found.reasons)


def test_without_assertions_the_engine_is_asked(tabular: Tabular) -> None:
    note = read("No [fever|R50.9]. She has [asthma|J45.909].")
    guided = apply(note.text, note.found, None, Setting.OUTPATIENT, tabular)
    assert codes(guided) == "J45.909"
