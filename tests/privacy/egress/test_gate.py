from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
import pytest

from tests.privacy.egress.conftest import Wire
from tests.privacy.egress.house import House
from tests.privacy.egress.parties import OFFICER, PUBLIC, TODAY, recipient
from wardround.kernel import NotAllowed, Unavailable
from wardround.privacy.egress import (
    Agreements,
    Carries,
    Data,
    Gate,
    Otherwise,
    Purpose,
    Service,
    carrying,
)


@pytest.mark.requirement("SEC-05")
def test_phi_is_refused_by_default_and_the_refusal_is_on_record(house: House, wire: Wire) -> None:
    with pytest.raises(NotAllowed, match="No business associate agreement") as refused:
        house.ask()
    assert not wire.sent
    assert "Ada" not in str(refused.value)
    (event,) = house.events()
    assert (event.outcome, event.subject, event.actor) == ("failure", "Patient/ada", OFFICER.id)
    assert event.entity == "recipient/vendor"
    assert event.detail["basis"] == "no-agreement"
    assert event.detail["bytes"] == "0"


def test_an_agreement_in_force_and_in_scope_opens_the_gate(house: House, wire: Wire) -> None:
    agreement = house.agree()
    assert house.ask().status_code == 200
    (sent,) = wire.sent
    assert sent.url.host == PUBLIC
    assert sent.headers["host"] == "api.vendor.example"
    assert sent.extensions["sni_hostname"] == "api.vendor.example"
    assert sent.headers["accept-encoding"] == "identity"
    (event,) = house.events()
    assert event.outcome == "success"
    assert event.detail["basis"] == f"agreement/{agreement}"
    assert event.detail["bytes"] == str(len(sent.content))


@pytest.mark.parametrize(
    "scope",
    [
        {"hosts": ("other.vendor.example",)},
        {"services": frozenset({Service.SPEECH})},
        {"data": frozenset({Data.AUDIO})},
    ],
)
def test_out_of_scope_is_no_agreement(house: House, wire: Wire, scope: dict[str, Any]) -> None:
    house.agree(**scope)
    with pytest.raises(NotAllowed, match="No business associate agreement"):
        house.ask()


@pytest.mark.parametrize("lacking", [{"flow_down": False}, {"breach_days": None}, {"at_end": None}])
def test_an_agreement_without_what_the_rule_demands(
    house: House, wire: Wire, lacking: dict[str, Any]
) -> None:
    house.agree(**lacking)
    with pytest.raises(NotAllowed, match="lacks a clause"):
        house.ask()


def test_a_limited_data_set_is_not_phi(house: House, wire: Wire) -> None:
    house.agree(level=Carries.LIMITED)
    with pytest.raises(NotAllowed, match="covers a limited data set"):
        house.ask()
    with house.gate().client(recipient()) as client:
        assert client.post("chat", extensions=carrying(Carries.LIMITED)).status_code == 200
        with pytest.raises(NotAllowed):
            client.post("chat")


def test_an_agreement_that_expires_between_two_calls(house: House, wire: Wire) -> None:
    house.agree(expires=TODAY)
    with house.gate().client(recipient()) as client:
        assert client.post("chat").status_code == 200
        house.now += timedelta(days=1)
        with pytest.raises(NotAllowed, match="expired"):
            client.post("chat")
    assert len(wire.sent) == 1


def test_a_terminated_agreement_closes_the_gate_at_once(house: House, wire: Wire) -> None:
    agreement = house.agree()
    with house.gate().client(recipient()) as client:
        assert client.post("chat").status_code == 200
        with house.database.begin() as tx:
            Agreements(tx, lambda: house.now).terminate(
                agreement, 1, TODAY, "They told nobody of a breach.", OFFICER
            )
        with pytest.raises(NotAllowed, match="terminated"):
            client.post("chat")
    assert len(wire.sent) == 1


def test_an_agreement_that_is_yet_to_come(house: House, wire: Wire) -> None:
    house.agree(effective=TODAY + timedelta(days=1))
    with pytest.raises(NotAllowed, match="not in force yet"):
        house.ask()


def test_a_recipient_is_never_handed_more_than_its_own_limit(house: House, wire: Wire) -> None:
    house.agree()
    with pytest.raises(NotAllowed, match="that much"):
        house.ask(recipient(carries=Carries.DEIDENTIFIED))
    with pytest.raises(NotAllowed, match="that much"):
        house.ask(recipient(carries=Carries.NOTHING), otherwise=Otherwise.DEIDENTIFY)
    assert not wire.sent


def test_a_name_that_changes_where_it_leads_is_followed_and_judged(
    house: House, wire: Wire
) -> None:
    house.agree()
    with house.gate().client(recipient()) as client:
        assert client.post("chat").status_code == 200
        for rebound in ("127.0.0.1", "169.254.169.254", "10.0.0.5", "::1"):
            house.addresses = [rebound]
            with pytest.raises(NotAllowed):
                client.post("chat")
    assert [sent.url.host for sent in wire.sent] == [PUBLIC]
    assert [event.detail["basis"] for event in house.events()][:4] == ["address"] * 4


def test_the_next_address_of_a_name_is_tried(house: House, wire: Wire) -> None:
    house.agree()
    house.addresses = [PUBLIC, "93.184.216.35"]

    def only_the_second(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("refused")
        return httpx.Response(200)

    wire.answer = only_the_second
    assert house.ask().status_code == 200
    house.addresses = [PUBLIC]
    with pytest.raises(Unavailable, match="cannot be reached"):
        house.ask()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/v1/chat",
        "http://api.vendor.example/v1/chat",
        "https://api.vendor.example:8443/v1/chat",
        "https://api.vendor.example/admin",
        "https://api.vendor.example/v1/%2e%2e/admin",
        "https://me:secret@api.vendor.example/v1/chat",
        "https://127.0.0.1/v1/chat",
    ],
)
def test_a_client_calls_nobody_but_its_recipient(house: House, wire: Wire, elsewhere: str) -> None:
    house.agree()
    wire.answer = lambda _: httpx.Response(307, headers={"Location": elsewhere})
    with house.gate().client(recipient()) as client:
        with pytest.raises(NotAllowed, match="another address"):
            client.post(elsewhere)
        with pytest.raises(NotAllowed, match="another address"):
            client.post("chat", follow_redirects=True)
    assert len(wire.sent) == 1


def test_proxies_of_the_environment_are_not_used(
    house: House, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://evil.example:3128")
    house.agree()
    assert house.ask().status_code == 200
    assert wire.sent[0].url.host == PUBLIC


def test_private_networks_and_this_machine_need_no_agreement(house: House, wire: Wire) -> None:
    house.addresses = ["10.20.3.4"]
    with pytest.raises(NotAllowed, match="not allowed"):
        house.ask()
    ours = {"private": (ip_network("10.20.0.0/16"),)}
    assert house.ask(recipient("http://llm.hospital.example/"), **ours).status_code == 200
    for here in ("http://127.0.0.1:8000/", "http://[::ffff:127.0.0.1]:8000/"):
        assert house.ask(recipient(here)).status_code == 200
    assert [event.detail["basis"] for event in house.events()][:3] == [
        "this-machine",
        "this-machine",
        "private-network",
    ]


def test_a_disclosure_that_must_be_accounted_for_is_noted(house: House, wire: Wire) -> None:
    house.agree()
    house.ask()
    assert not house.disclosures
    house.ask(recipient(purpose=Purpose.RESEARCH))
    (entry,) = house.disclosures
    assert (entry.subject, entry.recipient) == ("Patient/ada", "vendor")
    assert entry.host == "api.vendor.example"
    assert entry.purpose is Purpose.RESEARCH


@pytest.mark.requirement("SEC-05")
def test_what_cannot_be_put_on_record_is_not_sent(house: House, wire: Wire) -> None:
    house.agree()
    house.database.dispose()
    with house.database.begin() as tx:
        tx.exec_driver_sql("ALTER TABLE security_audit RENAME TO gone")
    with pytest.raises(Exception, match=r"security_audit|database"):
        house.ask()
    assert not wire.sent


def test_without_a_ledger_nothing_about_a_patient_leaves(wire: Wire) -> None:
    gate = Gate(resolver=lambda host, port: ["127.0.0.1"])
    with gate.client(recipient("http://127.0.0.1/")) as client:
        with pytest.raises(NotAllowed, match="not put on record"):
            client.post("chat", json={})
        assert client.post("chat", extensions=carrying(Carries.NOTHING)).status_code == 200
    assert len(wire.sent) == 1


def test_nothing_is_sent_to_a_publisher(wire: Wire) -> None:
    gate = Gate(resolver=lambda host, port: [PUBLIC])
    data = recipient(service=Service.PUBLISHED_DATA, carries=Carries.NOTHING)
    with gate.client(data) as client:
        assert client.get("file.csv").status_code == 200
        with pytest.raises(NotAllowed, match="only asked"):
            client.post("file.csv", content=b"note")
    assert len(wire.sent) == 1


def test_a_call_does_not_name_another_site(house: House, wire: Wire) -> None:
    house.agree()
    with house.gate().client(recipient()) as client:
        client.post("chat", headers={"Host": "evil.example"}, extensions={"sni_hostname": "evil"})
        for method in ("CONNECT", "TRACE"):
            with pytest.raises(NotAllowed, match="of this kind"):
                client.request(method, "chat")
    (sent,) = wire.sent
    assert sent.headers.get_list("host") == ["api.vendor.example"]
    assert sent.extensions["sni_hostname"] == "api.vendor.example"


def test_addresses_are_not_logged(
    house: House, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    house.agree()
    with caplog.at_level("INFO"), house.gate().client(recipient()) as client:
        client.get("chat?mrn=1234567")
        with pytest.raises(NotAllowed):
            client.get("https://evil.example/1234567")
    assert "1234567" not in caplog.text
    assert "egress to vendor: NotAllowed" in caplog.text
