"""Which kind of thing an event is about."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wardround.privacy.oversight import Thing, thing_of
from wardround.security import Glance

ADA = "Patient/ada"


@pytest.mark.parametrize(
    ("event", "thing"),
    [
        ({}, Thing.CHART),
        ({"entity": "Observation/1"}, Thing.CHART),
        ({"entity": "DocumentReference/1"}, Thing.DOCUMENT),
        ({"entity": "Binary/1"}, Thing.DOCUMENT),
        ({"entity": "draft/1"}, Thing.DRAFT),
        ({"entity": "draft/1", "action": "sign"}, Thing.DRAFT),
        ({"entity": "Consent/1", "action": "set-consent"}, Thing.CHART),
        ({"detail": {"among": "9"}}, Thing.LIST),
        ({"detail": {"as": "found"}}, Thing.FOUND),
        ({"entity": "draft/1", "detail": {"among": "9"}}, Thing.DRAFT),
        ({"entity": "register/access", "purpose": "HCOMPL"}, Thing.REGISTER),
        ({"entity": "case/1", "purpose": "HCOMPL"}, Thing.REGISTER),
        ({"entity": "hold/1", "action": "add-hold"}, Thing.REGISTER),
        ({"action": "break-glass", "entity": "emergency/1"}, Thing.EMERGENCY),
        ({"action": "review-emergency", "entity": "emergency/1"}, Thing.REGISTER),
        ({"action": "export-chart"}, Thing.EXPORT),
        ({"action": "export-disclosures", "role": "privacy officer"}, Thing.REGISTER),
        ({"action": "read-audit", "entity": None}, Thing.REGISTER),
        ({"action": "egress", "entity": "recipient/x"}, Thing.SENT),
        ({"action": "denied", "outcome": "failure", "entity": None}, Thing.DENIED),
    ],
)
def test_the_kind_of_thing(event: dict[str, Any], thing: Thing) -> None:
    known: dict[str, Any] = dict.fromkeys(Glance._fields) | {
        "id": 1,
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "action": "read",
        "outcome": "success",
        "subject": ADA,
        "entity": ADA,
        "detail": {},
    }
    assert thing_of(Glance(**(known | event))) is thing
