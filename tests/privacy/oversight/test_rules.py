"""Each rule at its edge, over the real record: what makes a reason, and what does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from wardround.bootstrap import OpenRecord
from wardround.kernel import Actor, InvalidInput, Role
from wardround.privacy.oversight import Swept, Watched, load_rules, read_hours, sweep
from wardround.record import Chart
from wardround.security import AuditTrail

NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)
"""A Wednesday."""


def actor(name: str, role: Role) -> Actor:
    title = f"Dr {name.title()}, MD" if role is Role.CLINICIAN else name.title()
    return Actor(id=name, name=title, role=role, reference=f"Practitioner/{name}")


THORNHILL = actor("thornhill", Role.CLINICIAN)
NURSE, DESK = actor("nurse", Role.NURSE), actor("quist", Role.SCHEDULER)
PROGRAM = actor("program", Role.SERVICE)
PEOPLE = [THORNHILL, NURSE, DESK, PROGRAM]


class Place:
    """A record and a trail, as a test fills them."""

    def __init__(self, tx: Connection) -> None:
        self.tx = tx
        self.hand = NOON
        self.trail = AuditTrail(tx, lambda: self.hand)

    def keep(self, kind: str, name: str, /, **elements: Any) -> None:
        Chart(self.tx).update(orjson.dumps({"resourceType": kind, "id": name, **elements}))

    def patient(self, name: str, family: str = "Okonjo", **elements: Any) -> str:
        self.keep("Patient", name, name=[{"family": family, "given": ["Ada"]}], **elements)
        return f"Patient/{name}"

    def visit(
        self, patient: str, days: float, who: str = "other", status: str = "finished"
    ) -> None:
        at = (NOON - timedelta(days=days)).isoformat()
        self.keep(
            "Encounter",
            f"e-{patient.partition('/')[2]}",
            status=status,
            subject={"reference": patient},
            participant=[{"individual": {"reference": f"Practitioner/{who}"}}],
            period={"start": at, "end": at},
        )

    def read(self, who: Actor, patient: str, days: float = 2, **more: Any) -> None:
        self.hand = NOON - timedelta(days=days)
        told = {"action": "read", "outcome": "success", "purpose": "TREAT", "entity": patient}
        self.trail.record(actor=who, subject=patient, **(told | more))

    def sweep(self, days: int = 30) -> Swept:
        self.trail.list(limit=1)  # what is recorded is put into the trail
        record = OpenRecord(self.tx, 90)
        return sweep(self.tx, record, PEOPLE, NOON, days, read_hours("07:00-19:00"))

    def rules(self) -> dict[str, int]:
        """The rules that were met, with their points, of whoever is a case."""
        return {
            reason.rule: reason.points for one in self.sweep().suspects for reason in one.reasons
        }


@pytest.fixture
def place(tx: Connection) -> Place:
    return Place(tx)


def test_a_family_name_counts_by_how_rare_it_is(place: Place) -> None:
    place.read(DESK, place.patient("a", "Vega-Quist"))
    assert place.rules() == {"family-name": 4}


def test_a_person_without_a_resource_has_the_name_they_sign_in_with(place: Place) -> None:
    place.visit(place.patient("a", "Thornhill"), 2)
    place.read(THORNHILL, "Patient/a")
    assert place.rules() == {"family-name": 4}


@pytest.mark.parametrize("family", ["Smith", "Hayes"])
def test_a_common_name_alone_is_no_case(place: Place, family: str) -> None:
    place.keep("Practitioner", "quist", name=[{"family": family, "given": ["Jo"]}])
    place.read(DESK, place.patient("a", family))
    assert place.rules() == {}
    place.read(DESK, "Patient/a", days=2.5)  # at midnight
    assert set(place.rules()) & {"common-name", "very-common-name", "unusual-hours"}


def test_who_treats_a_namesake_is_no_case(place: Place) -> None:
    place.visit(place.patient("a", "Thornhill"), 2, "thornhill")
    place.read(THORNHILL, "Patient/a")
    assert place.rules() == {}


def test_a_relation_is_that_of_the_day(place: Place) -> None:
    place.visit(place.patient("a"), 20, "thornhill")
    place.read(THORNHILL, "Patient/a", 2)
    assert place.rules() == {}
    place.visit("Patient/a", 20, "thornhill", "cancelled")
    assert place.rules() == {"no-relation": 4}


def test_an_emergency_needs_no_relation(place: Place) -> None:
    place.read(THORNHILL, place.patient("a"), purpose="ETREAT")
    assert place.rules() == {}


def test_the_desk_needs_no_relation(place: Place) -> None:
    place.read(DESK, place.patient("a"))
    assert place.rules() == {}


@pytest.mark.parametrize("detail", [{"among": "20"}, {"as": "found"}])
def test_a_line_of_a_list_is_no_open_chart(place: Place, detail: dict[str, str]) -> None:
    place.read(THORNHILL, place.patient("a"), detail=detail)
    found = place.sweep()
    assert (found.suspects, found.accesses) == ((), 0)


def test_programs_are_left_out(place: Place) -> None:
    for number in range(60):
        place.read(PROGRAM, place.patient(f"p{number}"))
    assert place.rules() == {}


def test_a_colleague_counts_less_near_a_visit(place: Place) -> None:
    same = {"birthDate": "1980-01-01"}
    place.keep("Practitioner", "nurse", name=[{"family": "Okonjo", "given": ["Ada"]}], **same)
    place.patient("a", **same)
    place.visit("Patient/a", 20)
    place.read(DESK, "Patient/a", 2)
    assert place.rules() == {"co-worker": 3}
    place.visit("Patient/a", 2.5)
    assert place.rules() == {}


def test_a_person_of_the_record_says_who_is_who(place: Place) -> None:
    links = [{"target": {"reference": one}} for one in ("Practitioner/quist", "Patient/a")]
    place.keep("Person", "1", link=links)
    place.read(DESK, place.patient("a"))
    assert place.rules() == {"own-chart": 4}


def test_a_home_is_shared_by_few(place: Place) -> None:
    home: dict[str, Any] = {"address": [{"line": ["1 Elm St"], "postalCode": "55401"}]}
    place.keep("Practitioner", "quist", name=[{"family": "Quist"}], **home)
    place.read(DESK, place.patient("a", **home))
    assert place.rules() == {"same-home": 5}
    assert place.sweep().with_home == 1
    for number in range(5):
        place.read(NURSE, place.patient(f"n{number}", **home), purpose="ETREAT")
    assert place.rules() == {}


def test_watched_and_marked_patients(place: Place) -> None:
    place.read(DESK, place.patient("a", meta={"security": [{"code": "VIP"}]}))
    assert place.rules() == {"special-patient": 3}
    Watched(place.tx).add("Patient/a", "In the news", NURSE)
    assert place.rules() == {"watched-patient": 4}


def test_after_death(place: Place) -> None:
    place.patient("a", deceasedDateTime="2026-08-01")
    place.visit("Patient/a", 70)
    place.read(NURSE, "Patient/a", 2)
    assert place.rules() == {"after-death": 2, "long-after": 1}


def test_refused_again_and_again(place: Place) -> None:
    refused: dict[str, Any] = {
        "action": "denied",
        "outcome": "failure",
        "purpose": None,
        "entity": None,
    }
    place.read(NURSE, place.patient("a"), **refused)
    assert place.rules() == {}
    place.read(NURSE, "Patient/a", 1, **refused)
    assert place.rules() == {"refused": 3}
    for number in range(4):
        place.read(NURSE, place.patient(f"p{number}"), 1, **refused)
    assert place.rules() == {"refused": 3, "refused-often": 3}


def test_many_within_minutes(place: Place) -> None:
    for number in range(30):
        place.read(DESK, place.patient(f"p{number}"), 2 - number / 5000)
    assert place.rules() == {"bulk": 4}


def test_exports(place: Place) -> None:
    for _ in range(5):
        place.read(DESK, place.patient("a"), action="export-account")
    assert place.rules() == {"exports": 3}


def test_what_was_before_the_span_is_no_case(place: Place) -> None:
    place.read(DESK, place.patient("a", "Quist"), 8)
    assert place.sweep(7).suspects == ()
    assert len(place.sweep(9).suspects) == 1


@pytest.mark.parametrize("days", [0, 93])
def test_a_span_is_one(place: Place, days: int) -> None:
    with pytest.raises(InvalidInput):
        place.sweep(days)


def test_who_is_gone_is_still_told(place: Place) -> None:
    """Neither the person nor the patient is known any more; the trail is."""
    gone = actor("gone", Role.NURSE)
    for _ in range(2):
        place.read(gone, "Patient/gone", action="denied", outcome="failure", entity=None)
    place.read(gone, "Patient/gone")
    assert place.rules() == {"refused": 3}


def test_every_rule_says_all_it_needs() -> None:
    for rule in load_rules().by_name.values():
        assert 0 <= rule.treated <= rule.near <= rule.points
        assert rule.says.endswith(".")
        assert rule.title
        assert "why" not in rule.says.split()
