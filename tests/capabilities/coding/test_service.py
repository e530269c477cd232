"""A signed note becomes the draft of its codes, each with its words; bad input gets an answer."""

from datetime import date

import orjson
import pytest

from tests.capabilities.coding.words import ENCOUNTER, NOTE_TEXT, ROOM, Held, drafted, order
from wardround.capabilities.coding import NOTE, REQUEST, Coded, State
from wardround.kernel import Draft, InvalidInput, Part, TextSpan, Work, work_of


def coded(draft: Draft) -> Coded:
    return Coded.model_validate(draft.content)


def words(draft: Draft, claim: str, text: str = NOTE_TEXT) -> list[str]:
    (item,) = [one for one in draft.evidence if one.claim == claim]
    return [text[s.start : s.end] for s in item.sources if isinstance(s, TextSpan)]


@pytest.mark.requirement("CODE-01")
def test_each_code_names_its_words() -> None:
    draft = drafted()
    made = coded(draft)
    found = {code.code: words(draft, f"/codes/{n}") for n, code in enumerate(made.codes)}
    assert found["I10"] == ["hypertension", "Hypertension"]
    assert found["E11.9"] == ["type 2 diabetes"]
    assert all(found.values())
    assert made.codes[0].display == "Essential (primary) hypertension"


@pytest.mark.requirement("CODE-04")
def test_what_is_denied_is_no_code_and_is_told() -> None:
    made = coded(drafted())
    assert "J45.909" not in [code.code for code in made.codes]
    assert [hint.codes for hint in made.hints if hint.kind == "dropped"] == [("J45.909",)]


@pytest.mark.requirement("CODE-02")
def test_what_is_sure_is_taken_and_the_rest_is_only_suggested() -> None:
    made = coded(drafted())
    by_code = {code.code: code for code in made.codes}
    assert (by_code["I10"].stands, by_code["I10"].untaken) == (True, False)
    assert (by_code["J02.9"].stands, by_code["J02.9"].untaken) == (False, True)
    assert all(code.state is State.SUGGESTED for code in made.codes)
    assert made.headline.endswith("1 suggestion not taken")


def test_exactly_one_code_is_the_first_listed() -> None:
    made = coded(drafted())
    assert [code.id for code in made.codes if code.principal] == [made.order[0]]


def test_codes_are_the_coders_work() -> None:
    assert work_of(ROOM) is Work.CODING


@pytest.mark.requirement("CODE-10")
@pytest.mark.parametrize(
    ("kind", "period", "setting", "day"),
    [
        ("AMB", {"start": "2026-05-12T23:30:00-04:00"}, "outpatient", date(2026, 5, 12)),
        ("VR", {"start": "2026-05-12"}, "outpatient", date(2026, 5, 12)),
        ("EMER", {"start": "2026-05-12", "end": "2026-05-13"}, "outpatient", date(2026, 5, 12)),
        ("IMP", {"start": "2026-09-28", "end": "2026-10-02"}, "inpatient", date(2026, 10, 2)),
        ("IMP", {"start": "2026-09-28"}, "inpatient", date(2026, 9, 28)),
    ],
)
def test_setting_and_day_are_the_encounters(
    kind: str, period: dict[str, str], setting: str, day: date
) -> None:
    made = coded(drafted(chart=Held({**ENCOUNTER, "class": {"code": kind}, "period": period})))
    assert (made.setting, made.date) == (setting, day)


def test_an_encounter_without_a_day_is_refused_with_the_place() -> None:
    chart = Held({**ENCOUNTER, "period": {}})
    with pytest.raises(InvalidInput, match="no date of service") as refused:
        ROOM.draft(order(chart), chart)
    assert refused.value.where == "Encounter.period"


@pytest.mark.requirement("CODE-12")
@pytest.mark.parametrize(
    ("day", "code", "undecided"),
    [("2024-05-12", "99213", False), ("2023-05-11", "99203", True), ("2026-05-12", "99203", True)],
)
def test_who_was_seen_within_three_years_is_no_new_patient(
    day: str, code: str, *, undecided: bool
) -> None:
    before = {**ENCOUNTER, "id": "v0", "period": {"start": day}}
    made = coded(drafted(chart=Held(before)))
    assert made.level is not None
    assert (made.level.code, made.level.undecided) == (code, undecided)


@pytest.mark.requirement("CODE-12")
def test_the_words_of_a_level_are_its_evidence() -> None:
    assert "lisinopril" in words(drafted(), "/level")


def test_an_encounter_of_another_kind_has_no_level() -> None:
    assert coded(drafted(chart=Held({**ENCOUNTER, "class": {"code": "FLD"}}))).level is None


@pytest.mark.requirement("CODE-08")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no words"),
        ("  \n\n ", "no words"),
        ("123 456 -- ###", "no words"),
        (
            "Paciente de 54 años que acude por dolor en el pecho desde hace tres días, con fiebre "
            "y tos. Se le realiza una radiografía de tórax que muestra una neumonía en el lóbulo "
            "inferior de la derecha, por lo que se inicia tratamiento con antibióticos.",
            "English",
        ),
        (
            "患者は昨日から咽頭痛と発熱を訴えている。 高血圧の既往がある。 糖尿病で通院中。",
            "English",
        ),
    ],
)
def test_an_empty_or_foreign_note_is_not_coded(text: str, reason: str) -> None:
    chart = Held(text=text)
    made = ROOM.draft(order(chart), chart)
    assert made.abstained is not None
    assert reason in made.abstained
    assert not made.content


def test_short_hand_is_english() -> None:
    assert coded(drafted("Pt c/o CP, SOB. Hx hypertension, type 2 diabetes. RTC 3 mo.")).codes


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Part(name=NOTE, data=b"Hypertension.")],
        [Part(name=NOTE, data=b"x"), Part(name=REQUEST, data=b"no json")],
        [Part(name=NOTE, data=b"x"), Part(name=REQUEST, data=b'{"note": "../etc/passwd"}')],
        [
            Part(name=NOTE, data=b"\xff"),
            Part(name=REQUEST, data=b'{"note": "DocumentReference/1"}'),
        ],
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_saved(parts: list[Part]) -> None:
    with pytest.raises(InvalidInput) as refused:
        ROOM.accept(parts)
    assert refused.value.mend


def test_a_note_of_another_machine_keeps_its_lines() -> None:
    asked = orjson.dumps({"note": "DocumentReference/1"})
    parts = [Part(name=REQUEST, data=asked), Part(name=NOTE, data=b"\xef\xbb\xbfOne.\r\nTwo.")]
    accepted = {part.name: part.data for part in ROOM.accept(parts)}
    assert accepted[NOTE] == b"One.\nTwo."


def test_edited_codes_keep_the_titles_of_the_code_set() -> None:
    draft = drafted()
    content = orjson.loads(orjson.dumps(draft.content))
    content["codes"][0]["display"] = "Something else"
    assert ROOM.validate(content)["codes"] == draft.content["codes"]


def test_what_is_no_code_cannot_stand_there() -> None:
    content = orjson.loads(orjson.dumps(drafted().content))
    content["codes"][0]["code"] = "<script>"
    with pytest.raises(InvalidInput) as refused:
        ROOM.validate(content)
    assert refused.value.where == "/codes/0/code"


@pytest.mark.parametrize(
    ("said", "first"),
    [("J02", "J02"), ("e11.9", "E11.9"), ("essential hypertension", "I10")],
)
def test_a_search_finds_by_number_and_by_words(said: str, first: str) -> None:
    assert ROOM.search(said, date(2026, 5, 12))[0].code == first


def test_a_search_for_nothing_finds_nothing() -> None:
    assert ROOM.search("  ", date(2026, 5, 12)) == []
    assert ROOM.search("zzqx vvkw", date(2026, 5, 12)) == []
