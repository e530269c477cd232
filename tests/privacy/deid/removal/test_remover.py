import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardround.kernel import InvalidInput
from wardround.privacy.deid import (
    MODES,
    Deidentifier,
    Kind,
    Mode,
    Operator,
    Remover,
    Secret,
    find_phi,
    limited_data_set,
    read_mode,
    safe_harbor,
    three_digits,
)
from wardround.privacy.deid.removal.calendar import moved

SECRET = Secret(b"k" * 32)
TEXT = (
    "Maria Gonzalez, DOB 03/14/1962, of 12 Oak Street, Springfield, IL 62704, aged 94, "
    "call (312) 201-3344. Maria was seen March 3, 2023."
)


def cleaned(mode: Mode, text: str = TEXT, patient: str = "1") -> str:
    return Remover(find_phi, mode, SECRET).remove(text, patient).text


def test_each_operator_takes_phi_out_in_its_way() -> None:
    assert cleaned(safe_harbor(Operator.TAG)) == (
        "[NAME], DOB [DATE], of [PLACE], [PLACE], IL [PLACE], aged [AGE], "
        "call [PHONE]. [NAME] was seen [DATE]."
    )
    assert cleaned(safe_harbor(Operator.REDACT)).startswith(", DOB , of , , IL , aged ,")
    assert cleaned(safe_harbor(Operator.MASK)).startswith("***** ********, DOB **/**/****, of ")
    codes = re.findall(r"\[NAME-\w{10}\]", cleaned(safe_harbor(Operator.PSEUDONYM)))
    assert len(codes) == 2


def test_surrogates_agree_for_one_patient_and_differ_for_another() -> None:
    surrogate = safe_harbor(Operator.SURROGATE)
    text = cleaned(surrogate)
    assert text == cleaned(surrogate) != cleaned(surrogate, patient="2")
    first = text.split()[0]
    assert text.count(first) == 2
    assert "90+" in text
    assert "627**" in text
    assert not any(word in text for word in ("Maria", "Gonzalez", "1962", "Oak", "3344", "62704"))


def test_what_lies_between_dates_stays() -> None:
    text = Remover(find_phi, safe_harbor(Operator.SURROGATE), SECRET).remove(
        "Seen 03/14/2021 and 03/21/2021.", "1"
    )
    days = [date(int(y), int(m), int(d)) for m, d, y in re.findall(r"(\d+)/(\d+)/(\d+)", text.text)]
    assert days[1] - days[0] == timedelta(days=7)
    assert days[0] != date(2021, 3, 14)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("03/14/2021", "03/04/2021"),
        ("3/14/21", "3/4/21"),
        ("2021-03-14", "2021-03-04"),
        ("20210314", "20210304"),
        ("2021-03-14T10:00:00Z", "2021-03-04T10:00:00Z"),
        ("March 14, 2021", "March 4, 2021"),
        ("MARCH 14, 2021", "MARCH 4, 2021"),
        ("Mar 14th", "Mar 4th"),
        ("14 March 2021", "4 March 2021"),
        ("the 12th of March 2021", "the 2nd of March 2021"),
        ("04-Jan-2021", "25-Dec-2020"),
        ("14.03.2021", "04.03.2021"),
        ("03/2021", "03/2021"),
        ("march third", None),
        ("99/99/2021", None),
    ],
)
def test_a_date_is_moved_in_its_own_format(written: str, wanted: str | None) -> None:
    assert moved(written, -10) == wanted


def test_a_limited_data_set_keeps_dates_and_towns_but_no_street() -> None:
    text = cleaned(limited_data_set())
    assert "03/14/1962" in text
    assert "Springfield, IL 62704" in text
    assert "aged 94" in text
    assert "Oak" not in text
    assert "Maria" not in text


@pytest.mark.parametrize(
    ("code", "wanted"), [("62704", "627"), ("03601", "000"), ("20301-1234", "000")]
)
def test_three_digits_stay_where_enough_people_live(code: str, wanted: str) -> None:
    assert three_digits(code) == wanted


def test_a_mode_of_ones_own() -> None:
    mode = read_mode('usual = "tag"\nname = "mask"\ndate = "keep"\n')
    assert mode.operator(Kind.DATE) is Operator.TAG or mode.name == "mask"
    mine = read_mode('usual = "mask"\ndate = "keep"\n')
    assert mine.operator(Kind.DATE) is Operator.KEEP
    assert mine.operator(Kind.SSN) is Operator.MASK
    for wrong in ("usual = 1", 'shoe = "tag"', 'date = "burn"', "date ="):
        with pytest.raises(InvalidInput):
            read_mode(wrong)
    with pytest.raises(InvalidInput, match="keeps no identifier"):
        safe_harbor(Operator.KEEP)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=30), st.sampled_from(list(MODES)))
def test_nothing_found_stays(kind: Kind, written: str, mode: str) -> None:
    from wardround.privacy.deid import Span

    def find(text: str) -> list[Span]:
        return [Span(start=2, end=len(text) - 2, kind=kind, score=1, reason="")]

    for operator in (Operator.TAG, Operator.REDACT, Operator.SURROGATE, Operator.PSEUDONYM):
        result = Remover(find, MODES[mode](operator), SECRET).remove(f"< {written} >")
        if result.spans and sum(map(str.isalnum, written)) > 3:
            assert written not in result.text


def test_bulk_answers_with_spans_of_the_text_that_came_in() -> None:
    answer = Deidentifier(SECRET).batch({"id": "a", "text": TEXT})
    assert answer["id"] == "a"
    assert answer["text"] == cleaned(safe_harbor())
    assert [TEXT[span["start"] : span["end"]] for span in answer["spans"]][:2] == [
        "Maria Gonzalez",
        "03/14/1962",
    ]
    masked = Deidentifier(SECRET).batch({"id": 1, "text": TEXT, "operator": "mask"})
    assert "[NAME]" not in masked["text"]
    for wrong in (
        {},
        {"text": 1},
        {"text": "x", "mode": "none"},
        {"text": "x", "operator": "burn"},
    ):
        with pytest.raises(InvalidInput):
            Deidentifier(SECRET).batch(wrong)
