from datetime import date, timedelta

import pytest

from tests.capabilities.billing.scrubbing.made import DAY, ON, PLAIN, changed, edits, found, lined
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.scrubbing import Known
from wardround.capabilities.billing.scrubbing.known import Seen


@pytest.mark.parametrize(
    ("modifiers", "rules"),
    [
        (["50", "RT"], {"modifier-bilateral"}),
        (["RT", "LT"], {"modifier-sides"}),
        (["F1", "F6"], {"modifier-sides"}),
        (["26", "TC"], {"modifier-parts"}),
        (["59", "XU"], {"modifier-distinct"}),
        (["59"], set()),
        (["22", "52"], {"modifier-against"}),
        (["P3", "QZ"], set()),
        (["XS"], set()),
        (["LT", "E1"], set()),
        (["EP"], set()),
        (["RH"], set()),
        (["Q!"], {"modifier-form"}),
        (["0Q"], {"modifier-unknown"}),
    ],
)
def test_modifiers_of_a_procedure(modifiers: list[str], rules: set[str]) -> None:
    claim = lined(PLAIN, {"procedure": "20610", "modifiers": modifiers})
    assert found(claim) == rules


@pytest.mark.parametrize("code", ["99213", "0275T", "4004F", "0011M", "0001U", "J1885", "G0439"])
def test_a_code_of_a_form_that_exists_passes(code: str) -> None:
    assert "procedure-form" not in found(lined(PLAIN, {"procedure": code}))


@pytest.mark.parametrize(
    "code", ["9921", "992133", "9921E", "99999", "00000", "j1885", "W1885", "9921\u0663"]
)
def test_another_does_not(code: str) -> None:
    assert "procedure-form" in found(lined(PLAIN, {"procedure": code}))


@pytest.mark.parametrize(
    ("code", "day", "ended"),
    [
        ("99201", date(2026, 6, 2), True),
        ("99442", date(2026, 6, 2), True),
        ("99442", date(2024, 6, 3), False),
    ],
)
def test_a_visit_that_ended_is_found_without_any_table(code: str, day: date, ended: bool) -> None:
    claim = lined(PLAIN, {"procedure": code, "begins": day})
    assert ("procedure-ended" in found(claim, on=day + timedelta(days=20))) is ended


def test_the_visit_beside_a_procedure_needs_25_unless_it_is_the_drawing_of_blood() -> None:
    visit: dict[str, object] = {}
    blood, joint = {"procedure": "36415"}, {"procedure": "20610"}
    assert not found(lined(PLAIN, visit, blood))
    assert found(lined(PLAIN, visit, joint)) == {"visit-with-procedure"}
    assert not found(lined(PLAIN, {"modifiers": ["25"]}, joint))
    other_day = {"procedure": "20610", "begins": DAY - timedelta(days=1)}
    assert not found(lined(PLAIN, visit, other_day))


def test_an_add_on_stands_on_its_primary_of_the_same_day_also_on_another_claim() -> None:
    alone = lined(PLAIN, {"procedure": "99292"})
    assert found(alone) == {"add-on-alone"}
    assert not found(lined(PLAIN, {"procedure": "99291"}, {"procedure": "99292"}))
    before = lined(changed(PLAIN, id="C2"), {"procedure": "99291"})
    assert "add-on-alone" not in found(alone, Known(claims=(before,)))


def test_the_same_line_twice_needs_a_reason() -> None:
    film = {"procedure": "71046"}
    assert found(lined(PLAIN, film, film)) == {"line-twice"}
    assert not found(lined(PLAIN, film, film | {"modifiers": ["76"]}))
    finger = {"procedure": "12001", "modifiers": ["F1"]}
    assert found(lined(PLAIN, finger, finger)) == {"line-twice"}
    assert not found(lined(PLAIN, finger, finger | {"modifiers": ["F2"]}))
    assert not found(lined(PLAIN, film, film | {"begins": DAY - timedelta(days=1)}))


@pytest.mark.parametrize(
    ("code", "units", "rules"),
    [
        ("A0425", "12.4", set()),
        ("A0425", "3.1234", {"units-form"}),
        ("97110", "1.5", {"units-part"}),
        ("97110", "33", {"units-long"}),
        ("97110", "97", {"units-day"}),
        ("99213", "2", {"visit-units"}),
        ("97110", "0", {"units"}),
        ("97110", "-1", {"units"}),
    ],
)
def test_units(code: str, units: str, rules: set[str]) -> None:
    assert found(lined(PLAIN, {"procedure": code, "units": units, "modifiers": []})) == rules


def test_what_is_free_may_be_billed_at_nothing() -> None:
    assert found(lined(PLAIN, {"charge": "0"})) == {"charge"}
    assert not found(lined(PLAIN, {}, {"procedure": "4004F", "charge": "0"}))
    assert not found(lined(PLAIN, {}, {"procedure": "G8427", "charge": "0.00"}))


def test_telehealth_and_its_places() -> None:
    assert not found(lined(PLAIN, {"modifiers": ["95"], "place": "10"}))
    assert not found(lined(PLAIN, {"modifiers": ["93"], "place": "02"}))
    assert found(lined(PLAIN, {"modifiers": ["95"]})) == {"place-telehealth"}
    told = [one.rule for one in edits(lined(PLAIN, {"place": "10"}))]
    assert "telehealth-unsaid" in told


def test_dates_of_a_service() -> None:
    later = {"begins": ON + timedelta(days=1)}
    assert found(lined(PLAIN, later)) == {"date-future"}
    assert found(lined(PLAIN, {"ends": DAY - timedelta(days=1)})) == {"date-order"}
    died = PLAIN.patient.model_dump() | {"death_date": DAY}
    assert not found(changed(PLAIN, patient=died)), "on the day of death"
    died["death_date"] = DAY - timedelta(days=1)
    assert found(changed(PLAIN, patient=died)) == {"date-death"}
    autopsy = lined(changed(PLAIN, patient=died), {"procedure": "88020"})
    assert not found(autopsy)


@pytest.mark.parametrize(
    ("filing", "days", "rules"),
    [
        ("MB", 365, set()),
        ("MB", 366, {"filing-late"}),
        ("CI", 366, {"filing-old"}),
        ("CI", 365, set()),
    ],
)
def test_medicare_gives_one_calendar_year(filing: str, days: int, rules: set[str]) -> None:
    covered = PLAIN.subscribers[0].model_dump() | {"filing": filing, "member_id": "1EG4TE5MK73"}
    claim = changed(PLAIN, subscribers=[covered])
    assert found(claim, on=DAY + timedelta(days=days)) == rules


def test_a_payers_own_limit_goes_before() -> None:
    known = Known(limits={"60054": 90})
    assert not found(PLAIN, known, DAY + timedelta(days=90))
    assert found(PLAIN, known, DAY + timedelta(days=91)) == {"filing-late-payer"}


def _earlier(**fields: object) -> Known:
    return Known(claims=(changed(PLAIN, id="C0", **fields),))


def test_a_service_is_billed_once_unless_the_claim_corrects_the_earlier() -> None:
    assert found(PLAIN, _earlier()) == {"duplicate-claim"}
    assert not found(changed(PLAIN, frequency="7", original="ICN1"), _earlier())
    assert not found(PLAIN, _earlier(frequency="8", original="ICN1")), "the earlier one was voided"
    other = changed(PLAIN, rendering=PLAIN.rendering.model_dump() | {"npi": "1234567893"})  # type: ignore[union-attr]
    assert "duplicate-claim" not in found(other, _earlier())


def test_a_number_is_given_to_one_claim() -> None:
    other = lined(PLAIN, {"begins": DAY - timedelta(days=60)})
    assert found(PLAIN, Known(claims=(other,))) == {"control-twice"}


@pytest.mark.parametrize(
    ("days", "group", "specialty", "new"),
    [
        (400, "1234567893", "", False),
        (3 * 365 - 2, "1234567893", "", False),
        (3 * 366, "1234567893", "", True),
        (400, "1497758544", "", True),
        (400, "1234567893", "2084P0800X", True),
    ],
)
def test_who_was_seen_within_three_years_is_not_new(
    days: int, group: str, specialty: str, new: bool
) -> None:
    seen = Known(seen=(Seen(DAY - timedelta(days=days), group, specialty),))
    assert ("new-patient" in found(lined(PLAIN, {"procedure": "99203"}), seen)) is not new


def test_an_accident_says_when_and_of_a_vehicle_where() -> None:
    crash = changed(PLAIN, accident="AA", accident_date=DAY, accident_state="NY")
    assert not found(crash)
    assert found(changed(crash, accident_state="")) == {"accident-state"}
    assert found(changed(crash, accident_date=None)) == {"accident-date"}
    assert found(changed(crash, accident="XX")) == {"accident-form"}


def test_pointers() -> None:
    def pointing(*pointers: int) -> Claim:
        return lined(PLAIN, {"pointers": pointers})

    assert found(pointing()) == {"pointer-missing"}
    assert found(pointing(2)) == {"pointer-beyond"}
    assert found(pointing(0)) == {"pointer-beyond"}
    assert found(pointing(1, 1)) == {"pointer-twice"}
