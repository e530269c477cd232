"""The suite is what it claims to be, and is read as well as the target asks."""

import pytest

from wardround.engines.assertion import assess
from wardround.engines.assertion.evaluate import TARGET, by_kind, by_label, evaluate
from wardround.engines.assertion.rules import AXES
from wardround.engines.assertion.suite import PARTS, PLAIN, case_of, labels_of, read_suite

CASES = [case for part in PARTS for case in read_suite(part)]


def test_it_holds_many_different_sentences_of_ten_kinds() -> None:
    texts = [case.text for case in CASES]
    assert len(texts) == len(set(texts)) >= 400
    for part in PARTS:
        assert len({case.kind for case in CASES if case.part == part}) >= 10
    assert {label for case in CASES for held in case.labels for label in held} == AXES | {PLAIN}


def test_every_sentence_has_a_mention() -> None:
    assert all(case.spans and "[" not in case.text and "|" not in case.text for case in CASES)


def test_labels_are_read_from_brackets() -> None:
    case = case_of("fresh", "list", "No [fever|negated], [cough].")
    assert case.text == "No fever, cough."
    assert [case.text[start:end] for start, end in case.spans] == ["fever", "cough"]
    assert case.labels == (frozenset({"negated"}), frozenset({PLAIN}))


@pytest.mark.parametrize("part", PARTS)
def test_each_part_reaches_the_target(part: str) -> None:
    for lines in (by_kind, by_label):
        scores = [line.f1 for line in lines(part, read_suite(part))]
        assert sum(scores) / len(scores) >= TARGET


def test_the_report_counts_what_is_wrong() -> None:
    wrong = case_of("fresh", "trap", "No [fever].")
    assert labels_of(assess(wrong.text, wrong.spans)[0]) == {"negated"}
    (line,) = by_kind("fresh", [wrong])
    assert (line.exact, line.precision, line.recall, line.f1) == (0, 0, 0, 0)


def test_the_report_needs_no_data() -> None:
    report = evaluate()
    assert report.met
    assert {line.data.split(",")[0] for line in report.measured} == set(PARTS)
