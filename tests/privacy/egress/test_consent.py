"""The patient is asked before a message to them, and before their data goes out for research."""

from typing import Any

import pytest

from tests.privacy.egress.conftest import Wire
from tests.privacy.egress.house import House
from tests.privacy.egress.parties import recipient
from wardround.kernel import NotAllowed
from wardround.privacy.consent import About
from wardround.privacy.egress import Carries, Gate, Ledger, Purpose, Service, carrying

ADA, BEA = "Patient/ada", "Patient/bea"
NO = "The patient does not consent to messaging."


def sent(house: House, service: Service, **cargo: Any) -> None:
    to = recipient(service=service, carries=Carries.PHI)
    fields: dict[str, Any] = {"carries": Carries.PHI, "subject": ADA} | cargo
    with house.gate().client(to) as client:
        client.post("send", json={"text": "Come at nine."}, extensions=carrying(**fields))


@pytest.fixture
def agreed(house: House) -> House:
    house.agree(services=frozenset({Service.MAIL, Service.TEXT_MESSAGES, Service.LANGUAGE}))
    return house


@pytest.mark.parametrize("service", [Service.MAIL, Service.TEXT_MESSAGES])
@pytest.mark.parametrize("carries", [Carries.NOTHING, Carries.DEIDENTIFIED, Carries.PHI])
def test_no_message_goes_to_a_patient_who_did_not_agree(
    agreed: House, wire: Wire, service: Service, carries: Carries
) -> None:
    agreed.refusals[About.MESSAGING, ADA] = NO
    with pytest.raises(NotAllowed, match="does not consent to messaging: nothing was sent"):
        sent(agreed, service, carries=carries)
    assert not wire.sent
    (event,) = agreed.events()
    assert (event.outcome, event.subject) == ("failure", ADA)
    assert event.detail["basis"] == "no-consent"
    sent(agreed, service, subject=BEA)
    assert len(wire.sent) == 1


def test_a_message_that_names_no_patient_goes_to_none(agreed: House, wire: Wire) -> None:
    with pytest.raises(NotAllowed, match="cannot be asked for"):
        sent(agreed, Service.TEXT_MESSAGES, subject=None)
    assert not wire.sent


def test_a_letter_to_a_colleague_asks_nobody(agreed: House, wire: Wire) -> None:
    agreed.refusals[About.MESSAGING, ADA] = NO
    sent(agreed, Service.MAIL, to_patient=False)
    assert len(wire.sent) == 1


def test_nobody_to_ask_is_no_agreement(agreed: House, wire: Wire) -> None:
    gate = Gate(ledger=Ledger(agreed.database), resolver=lambda host, port: agreed.addresses)
    with (
        gate.client(recipient(service=Service.MAIL)) as client,
        pytest.raises(NotAllowed, match="cannot be asked for"),
    ):
        client.post("send", json={}, extensions=carrying(Carries.DEIDENTIFIED, ADA))
    assert not wire.sent


def test_who_refused_research_is_no_part_of_it(agreed: House, wire: Wire) -> None:
    agreed.refusals[About.RESEARCH, ADA] = "The patient does not consent to research."
    study = recipient(purpose=Purpose.RESEARCH)
    with pytest.raises(NotAllowed, match="does not consent to research"):
        agreed.ask(study)
    assert not wire.sent
    assert not agreed.disclosures
    agreed.ask(recipient())  # treatment asks nobody
    assert len(wire.sent) == 1


def test_the_refusal_of_an_agreement_is_told_first(house: House, wire: Wire) -> None:
    house.refusals[About.MESSAGING, ADA] = NO
    with pytest.raises(NotAllowed, match="No business associate agreement"):
        sent(house, Service.MAIL)
    assert not wire.sent
