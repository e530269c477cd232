"""The way out: the clinic's choices for the egress gate, and what asks its identity provider."""

from contextlib import AbstractContextManager

from wardround.privacy.egress import (
    Carries,
    Gate,
    Otherwise,
    Policy,
    Purpose,
    Recipient,
    Service,
    read_network,
)
from wardround.security import Client, Dial
from wardround.settings import Settings


def egress_policy(settings: Settings) -> Policy:
    """Return the clinic's choices for the egress gate; raise ``InvalidInput`` for no network.

    ``Gate(egress_policy(settings))`` calls what keeps the installation running (keys, sign-in):
    without a ledger it carries nothing about a patient.
    """
    networks = (text.strip() for text in settings.private_networks.split(","))
    return Policy(
        private=tuple(read_network(text) for text in networks if text),
        otherwise=Otherwise(settings.egress),
        authorities=settings.certificate_authorities,
    )


def provider_dial(gate: Gate) -> Dial:
    """Return what asks an identity provider, through the gate; nothing of a patient goes there."""

    def dial(address: str) -> AbstractContextManager[Client]:
        return gate.client(
            Recipient(
                name="identity-provider",
                address=address,
                service=Service.SIGN_IN,
                purpose=Purpose.INFRASTRUCTURE,
                carries=Carries.NOTHING,
                seconds=10,
                most=1024 * 1024,
            )
        )

    return dial
