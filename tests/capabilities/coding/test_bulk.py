"""Many notes: codes with their words, and a clear word for what cannot be coded."""

from time import process_time
from typing import Any

import pytest

from wardround.batches import load_batch
from wardround.capabilities.coding.bulk import LONGEST, SYSTEM
from wardround.capabilities.coding.service import Coding, load_coding
from wardround.kernel import Blocks, InvalidInput

VISIT = (
    "Hypertension, well controlled on lisinopril. Type 2 diabetes with neuropathy. "
    "Follow-up of knee pain, right. Denies chest pain."
)


@pytest.fixture(scope="module")
def coding() -> Coding:
    return load_coding()


def codes(answer: dict[str, Any]) -> list[str]:
    return [one["code"] for one in answer["codes"]]


def test_a_record_comes_out_with_codes_and_their_words(coding: Coding) -> None:
    answer = coding.batch({"id": "a", "text": VISIT})
    assert (answer["id"], answer["status"]) == ("a", "drafted")
    scores = [one["score"] for one in answer["codes"]]
    assert scores == sorted(scores, reverse=True)
    for one in answer["codes"]:
        assert one["system"] == SYSTEM
        assert one["display"]
        assert isinstance(one["accepted"], bool)
        assert one["evidence"]
        assert all(VISIT[it["start"] : it["end"]].strip() for it in one["evidence"])
    first = next(one for one in answer["codes"] if one["code"] == "I10")
    assert first["accepted"]
    assert answer["queries"] == []


@pytest.mark.requirement("CODE-04")
def test_with_a_setting_the_guidelines_hold_and_what_is_denied_is_no_code(coding: Coding) -> None:
    asked = {"id": 1, "text": VISIT, "date": "2026-05-04", "setting": "outpatient"}
    found = codes(coding.batch(asked))
    assert {"I10", "E11.40", "M25.561"} <= set(found)
    assert "R07.9" not in found


def test_a_denied_finding_is_never_accepted_unseen(coding: Coding) -> None:
    answer = coding.batch({"id": 1, "text": "She denies fever. COPD is stable for her."})
    fever = [one for one in answer["codes"] if one["code"] == "R50.9"]
    assert not any(one["accepted"] for one in fever)
    assert any(one["code"] == "J44.9" and one["accepted"] for one in answer["codes"])


def test_what_only_went_with_a_code_in_training_is_no_evidence(coding: Coding) -> None:
    text = "Photophobia and vomiting, with fever since yesterday, for about 24 hours each day."
    answer = coding.batch({"id": 1, "text": text})
    fever = next(one for one in answer["codes"] if one["code"] == "R50.9")
    assert [text[it["start"] : it["end"]] for it in fever["evidence"]] == ["fever"]


@pytest.mark.requirement("CODE-03")
def test_a_date_that_no_edition_covers_is_told_with_each_code(coding: Coding) -> None:
    answer = coding.batch({"id": 1, "text": VISIT, "date": "1999-01-01"})
    assert answer["codes"]
    assert all("covers 1999-01-01" in one["reasons"][-1] for one in answer["codes"])


@pytest.mark.requirement("CODE-08")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no words"),
        (" \n\t", "no words"),
        ("El paciente presenta dolor en la rodilla y fiebre de tres días con tos.", "English"),
    ],
)
def test_what_cannot_be_coded_abstains_and_says_why(coding: Coding, text: str, word: str) -> None:
    answer = coding.batch({"id": 1, "text": text})
    assert (answer["status"], answer["codes"]) == ("abstained", [])
    assert word in answer["reasons"][0]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ({"id": 1}, "text"),
        ({"id": 1, "text": 5}, "text"),
        ({"id": 1, "text": ["a"]}, "text"),
        ({"id": 1, "text": "x" * (LONGEST + 1)}, "text"),
        ({"id": 1, "text": VISIT, "date": "04.05.2026"}, "date"),
        ({"id": 1, "text": VISIT, "date": 20260504}, "date"),
        ({"id": 1, "text": VISIT, "setting": "ward"}, "setting"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_place(
    coding: Coding, line: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        coding.batch(line)
    assert caught.value.where == where
    assert "knee" not in str(caught.value)


def test_a_bad_record_costs_the_others_nothing(coding: Coding) -> None:
    assert isinstance(coding, Blocks)
    good = {"id": 1, "text": VISIT}
    answers = coding.batch_many([good, {"id": 2}, {"id": 3, "text": ""}, good])
    assert isinstance(answers[1], InvalidInput)
    assert answers[0] == answers[3] == coding.batch(good)


def test_a_megabyte_of_text_takes_no_more_than_its_share(coding: Coding) -> None:
    sentence = "Pain, cough and fever of the right knee with type 2 diabetes and asthma noted. "
    part, whole = sentence * 400, sentence * 12_800
    assert len(whole) > 1_000_000
    coding.batch({"id": 1, "text": part})

    def spent(text: str) -> float:
        begun = process_time()
        assert coding.batch({"id": 1, "text": text})["codes"]
        return process_time() - begun

    # 32 times the text; work that grew with its square would take a thousand times as long.
    assert spent(whole) < 150 * max(spent(part), 0.01)


def test_it_is_found_by_its_name() -> None:
    assert load_batch("coding").batch({"id": 1, "text": VISIT})["status"] == "drafted"
