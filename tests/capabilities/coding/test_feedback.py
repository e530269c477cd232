"""What coders changed goes out for learning, and nothing of a patient with it."""

from typing import Any

import orjson
import pytest

from tests.capabilities.coding.words import AT, FISCHER, NOTE_TEXT, ROOM, drafted, edited
from wardround.capabilities.coding import Coded, deciding, records
from wardround.kernel import Draft


def coded(draft: Draft) -> Coded:
    return Coded.model_validate(draft.content)


def decided() -> tuple[Draft, Draft]:
    first = drafted()

    def title(code: str) -> str:
        return ROOM.display(code, coded(first).date)

    ids = {code.code: code.id for code in coded(first).codes}
    now = edited(first, deciding.replace(coded(first), ids["J02.9"], "J02.0", "Strep test", title))
    now = edited(
        now, deciding.reject(coded(now), ids["E11.9"], "Denied or ruled out: by Ada Quill")
    )
    words = [deciding.find_words(NOTE_TEXT, "fever of 38.5")]
    now = edited(now, deciding.add("R50.9", "", words, title))
    return first, now


@pytest.mark.requirement("CODE-11")
def test_each_decision_is_a_record() -> None:
    first, now = decided()
    signed = now.model_copy(update={"findings": ()}).signed(FISCHER, AT)
    found: dict[str, Any] = {
        one["suggested"] or one["code"]: one for one in records(first, signed, 7)
    }
    assert {key: one["did"] for key, one in found.items()} == {
        "I10": "kept",
        "J02.9": "replaced",
        "E11.9": "rejected",
        "Z79.84": "kept",
        "R50.9": "added",
    }
    assert (found["J02.9"]["code"], found["J02.9"]["score"]) == ("J02.0", 0.62)
    assert (found["E11.9"]["code"], found["E11.9"]["reason"]) == ("", "Denied or ruled out")
    assert (found["R50.9"]["suggested"], found["R50.9"]["score"]) == ("", None)
    assert {one["visit"] for one in found.values()} == {7}


@pytest.mark.requirement("CODE-11")
def test_no_record_holds_a_word_a_name_or_a_date() -> None:
    first, now = decided()
    signed = now.model_copy(update={"findings": ()}).signed(FISCHER, AT)
    written = orjson.dumps(list(records(first, signed, 1))).decode()
    for word in ("Ada", "Quill", "Strep", "fever", "hypertension", "2026", "d1", "Fischer"):
        assert word not in written, word


@pytest.mark.requirement("CODE-11")
def test_a_suggestion_that_nobody_took_is_a_record_of_its_own() -> None:
    first = drafted()
    signed = first.model_copy(update={"findings": ()}).signed(FISCHER, AT)
    found = {one["suggested"]: (one["did"], one["code"]) for one in records(first, signed, 1)}
    assert found["J02.9"] == ("left", "")
    assert found["I10"] == ("kept", "I10")


def test_what_nobody_signed_teaches_nothing() -> None:
    first, now = decided()
    assert list(records(first, now, 1)) == []
