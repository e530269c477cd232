from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fhir.resources.R4B.consent import Consent as R4Consent

from wardround.privacy.consent.consent import About, Answer, Obtained, make_consent, read_consent

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def made(about: About = About.RECORDING, days_ago: int = 1, **more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {"permit": True, "given_by": "", "obtained": Obtained.SPOKEN} | more
    return dict(make_consent("Patient/ada", about, at=NOW - timedelta(days=days_ago), **fields))


def answer(*consents: dict[str, Any], about: About = About.RECORDING) -> Answer:
    return read_consent(consents, about, NOW).answer


@pytest.mark.parametrize("about", list(About))
@pytest.mark.parametrize("permit", [True, False])
def test_what_is_made_is_r4_and_is_read_back(about: About, permit: bool) -> None:
    one = made(about, permit=permit, given_by="Mia Byron, mother", until=NOW + timedelta(days=9))
    R4Consent.model_validate(one)
    found = read_consent([one], about, NOW)
    assert found.answer is (Answer.PERMITTED if permit else Answer.DENIED)
    assert found.given_by == "Mia Byron, mother"
    assert found.obtained == "spoken"
    assert found.until == NOW + timedelta(days=9)
    assert found.reference == f"Consent/{one['id']}"
    for other in set(About) - {about}:
        assert answer(one, about=other) is Answer.UNKNOWN


def test_the_newest_answer_counts_and_of_two_the_refusal() -> None:
    assert answer() is Answer.UNKNOWN
    yes, no = made(days_ago=5), made(days_ago=3, permit=False)
    assert answer(yes, no) is Answer.DENIED
    assert answer(no, yes) is Answer.DENIED
    assert answer(no, made(days_ago=1)) is Answer.PERMITTED
    assert answer(made(), made(permit=False)) is Answer.DENIED


@pytest.mark.parametrize(
    "status", ["draft", "proposed", "rejected", "inactive", "entered-in-error"]
)
def test_only_active_ones_count(status: str) -> None:
    assert answer(made() | {"status": status}) is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        ({"start": "2026-11-24"}, True),
        ({"start": "2026-11-25"}, False),
        ({"end": "2026-11-24"}, True),
        ({"end": "2026-11-23"}, False),
        ({"end": "2026-11"}, True),
        ({"end": "2026-10"}, False),
        ({"end": "2026"}, True),
        ({"end": "2025"}, False),
        ({"end": "2026-11-24T11:59:59Z"}, False),
        ({"start": "2024-02", "end": "2027-02"}, True),
    ],
)
def test_a_period(period: dict[str, str], holds: bool) -> None:
    one = made()
    one["provision"]["period"] = period
    assert answer(one) is (Answer.PERMITTED if holds else Answer.UNKNOWN)


def test_what_cannot_be_read_permits_nothing_and_still_denies() -> None:
    assert answer(made() | {"dateTime": "lately"}) is Answer.UNKNOWN
    assert answer(made(permit=False) | {"dateTime": "lately"}) is Answer.DENIED
    assert answer(made() | {"provision": {}}) is Answer.DENIED


def test_consents_of_another_house() -> None:
    foreign: dict[str, Any] = {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"coding": [{"code": "patient-privacy"}]},
        "dateTime": "2026-01-01",
        "provision": {
            "type": "permit",
            "provision": [
                {"type": "permit", "purpose": [{"code": "TREAT"}]},
                {"type": "permit", "purpose": [{"code": "HRESCH"}]},
                {"type": "deny", "purpose": [{"code": "HRESCH"}]},
            ],
        },
    }
    assert answer(foreign, about=About.RESEARCH) is Answer.DENIED
    assert answer(foreign) is Answer.UNKNOWN
    system = "http://terminology.hl7.org/CodeSystem/consentscope"
    scoped = foreign | {
        "scope": {"coding": [{"system": system, "code": "research"}]},
        "provision": {"type": "permit"},
    }
    assert answer(scoped, about=About.RESEARCH) is Answer.PERMITTED
