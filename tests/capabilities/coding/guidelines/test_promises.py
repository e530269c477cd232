"""What holds of every note, whatever it says."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capabilities.coding.guidelines import test_combining, test_order, test_specificity
from tests.capabilities.coding.guidelines.notes import HOW, codes, guide, read
from wardround.capabilities.coding import Found, Span
from wardround.capabilities.coding.guidelines import EVERY_STEP, Setting, Step, apply
from wardround.capabilities.coding.guidelines.model import Guided
from wardround.engines.terminology import Tabular, load_icd10cm

WORDS = """
    acute chronic severe mild right left bilateral stage 3 4 follow-up of with and due to no EF 35%
    BMI 41 insulin metformin smoker exacerbation hypoxia uncontrolled . , : open healing class 2
    weeks pregnant 31 eGFR diastolic systolic type 1 E. coli assessment
""".split()
MENTIONS = {
    "E11.9": "diabetes", "E10.9": "T1DM", "I10": "hypertension", "I50.9": "heart failure",
    "N18.9": "CKD", "N18.6": "ESRD", "J44.9": "COPD", "J18.9": "pneumonia", "R05.9": "cough",
    "A41.9": "sepsis", "R65.20": "severe sepsis", "G62.9": "neuropathy", "E66.9": "obesity",
    "M25.569": "knee pain", "S52.5": "wrist fracture", "W19.XXXA": "fall", "F02.80": "dementia",
    "G20.A1": "Parkinson", "K25.9": "gastric ulcer", "K92.1": "melena", "O99.019": "anemia",
    "O24.4": "gestational diabetes", "Z00.00": "checkup", "L89.159": "pressure ulcer",
    "C50.919": "breast cancer", "B20": "HIV", "Z87.891": "ex-smoker", "H66.009": "otitis",
    "I48.91": "AF", "I21.9": "MI",
    "J96.90": "respiratory failure", "D64.9": "anaemia", "F32.A": "depression", "R50.9": "fever",
}  # fmt: skip
TABULAR = load_icd10cm()


@st.composite
def notes(draw: st.DrawFn) -> str:
    """Write a note of marked mentions between words that rules look for."""
    pieces = []
    for _ in range(draw(st.integers(0, 9))):
        pieces += draw(st.lists(st.sampled_from(WORDS), max_size=4))
        code = draw(st.sampled_from(sorted(MENTIONS)))
        how = draw(st.sampled_from(["", "", "", *HOW]))
        pieces.append(f"[{MENTIONS[code]}|{code}{'|' + how if how else ''}]")
        pieces.append(draw(st.sampled_from([".", ",", "and", "\n", "with"])))
    return " ".join(pieces)


SETTINGS = st.sampled_from([None, "outpatient", "inpatient"])


@settings(max_examples=80, deadline=None)
@given(notes(), SETTINGS)
def test_every_code_has_words_of_the_note(marked: str, setting: str | None) -> None:
    text = read(marked).text
    guided = guide(marked, TABULAR, setting)
    for found in guided.codes:
        assert found.spans
        assert all(0 <= span.start < span.end <= len(text) for span in found.spans)
        assert 0 <= found.score <= 1
    assert len({found.code for found in guided.codes}) == len(guided.codes)
    for query in guided.queries:
        assert all(0 <= span.start < span.end <= len(text) for span in query.spans)


@settings(max_examples=80, deadline=None)
@given(notes(), SETTINGS)
def test_no_excludes1_pair_is_left_untold(marked: str, setting: str | None) -> None:
    guided = guide(marked, TABULAR, setting)
    told = {frozenset(one.codes) for one in guided.remarks if one.section == "I.A.12.a"}
    left = [found.code for found in guided.codes]
    for one in left:
        for other in left:
            if one < other and TABULAR.excludes(one, other):
                assert frozenset((one, other)) in told


@settings(max_examples=80, deadline=None)
@given(notes(), SETTINGS)
def test_twice_is_once(marked: str, setting: str | None) -> None:
    once = guide(marked, TABULAR, setting)
    twice = _again(marked, once, setting)
    assert codes(twice) == codes(once)
    assert [one.spans for one in twice.codes] == [one.spans for one in once.codes]


def _again(marked: str, guided: Guided, setting: str | None) -> Guided:
    note = read(marked)
    where = None if setting is None else Setting(setting)
    return apply(note.text, guided.codes, None, where, TABULAR, note.assertions)


@settings(max_examples=80, deadline=None)
@given(notes())
def test_the_order_of_equals_is_kept(marked: str) -> None:
    first = guide(marked, TABULAR)
    assert codes(guide(marked, TABULAR)) == codes(first)
    text = read(marked).text
    plain = [Found(code, 0.5, (Span(0, 1),)) for code in ("H61.21", "L70.0", "B07.9", "K64.9")]
    kept = apply(text or "x", plain, None, None, TABULAR, {}, steps={Step.SEQUENCE})
    assert [one.code for one in kept.codes] == [one.code for one in plain]


@settings(max_examples=80, deadline=None)
@given(notes(), SETTINGS)
def test_what_was_found_is_kept_or_accounted_for(marked: str, setting: str | None) -> None:
    """No code vanishes: it is kept, turned into one that says why, or told as dropped."""
    guided = guide(marked, TABULAR, setting)
    left = {span for one in guided.codes for span in one.spans}
    gone = {span for one in guided.remarks if one.kind == "dropped" for span in one.spans}
    for found in read(marked).found:
        here = {one.code for one in guided.codes}
        turned = [one for one in guided.codes if one.reasons and set(one.spans) & set(found.spans)]
        assert found.code in here or turned or set(found.spans) & (left | gone)


@pytest.mark.parametrize("step", list(Step))
def test_a_step_that_is_left_out_does_nothing(step: Step, tabular: Tabular) -> None:
    marked = {
        Step.ASSERTION: "No [asthma|J45.40|no].",
        Step.SPECIFICITY: "Right [knee pain|M25.569].",
        Step.COMPLETENESS: "[Gout|M10].",
        Step.COMBINATION: "[Hypertension|I10]. [Heart failure|I50.22].",
        Step.SYMPTOMS: "[Pneumonia|J13]. [Cough|R05.9].",
        Step.COMPANIONS: "[Diabetes|E11.65] on metformin.",
        Step.CONFLICTS: "[Heart failure|I50.9]. [Heart failure|I50.22].",
        Step.SEQUENCE: "[Fall|W19.XXXA]. [Fracture|S52.501A].",
        Step.QUERIES: "[Heart failure|I50.9], EF 30%.",
    }[step]
    whole, without = guide(marked, tabular), guide(marked, tabular, steps=EVERY_STEP - {step})
    assert (codes(whole), whole.queries) != (codes(without), without.queries)
    assert codes(guide(marked, tabular, steps=frozenset())) == " ".join(
        found.code for found in read(marked).found
    )


def test_an_empty_note_has_no_codes(tabular: Tabular) -> None:
    assert guide("", tabular) == Guided(())


@pytest.mark.parametrize("between", [" and then ", ". ", "\n"])
def test_a_text_of_a_megabyte_is_guided(between: str, tabular: Tabular) -> None:
    """Without punctuation too: what belongs to a mention is sought close to it."""
    text = between.join(["right knee pain", "diabetes", "CKD stage 3b", "smoker"] * 22_000)
    places = range(0, len(text) - 200, len(text) // 8)
    spans = {
        code: tuple(Span(at := text.index(word, place), at + len(word)) for place in places)
        for code, word in {"M25.569": "knee pain", "E11.9": "diabetes", "N18.9": "CKD"}.items()
    }
    found = [Found(code, 0.9, each) for code, each in spans.items()]
    guided = apply(text, found, None, Setting.OUTPATIENT, tabular, {})
    assert codes(guided) == "M25.561 E11.22 N18.32"


def test_a_code_without_words_is_left_out_and_told(tabular: Tabular) -> None:
    guided = apply("Cough.", [Found("R05.9", 0.9, ())], None, None, tabular, {})
    assert not guided.codes
    assert guided.remarks[0].codes == ("R05.9",)


def test_each_section_that_a_case_names_is_one_of_the_guidelines() -> None:
    named = [
        one[0] for module in (test_combining, test_order, test_specificity) for one in module.CASES
    ]
    assert len(named) >= 120
    assert all(
        re.fullmatch(r"(?:I\.[ABC]\.\d+|I{1,3}\.[A-M]|IV\.[A-Q])(?:\.\w+)*", one) for one in named
    )
