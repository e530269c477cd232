"""A gate over a register whose clock a test turns, and whose names it sets."""

from typing import Any

import httpx

from tests.privacy.egress.parties import NOON, OFFICER, PUBLIC, find_phi, recipient, terms
from wardround.database import Database
from wardround.privacy.consent import About
from wardround.privacy.egress import (
    Agreements,
    Carries,
    Disclosure,
    Gate,
    Ledger,
    Policy,
    Recipient,
    carrying,
)
from wardround.privacy.egress.exchange import Finder
from wardround.security import AuditTrail, Event


class House:
    """A gate over a register whose clock a test turns, and whose names it sets."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOON
        self.addresses = [PUBLIC]
        self.disclosures: list[Disclosure] = []
        self.policy = Policy()
        self.refusals: dict[tuple[About, str], str] = {}

    finder: Finder = staticmethod(find_phi)

    def gate(self, **policy: Any) -> Gate:
        ledger = Ledger(
            self.database,
            lambda: self.now,
            lambda _, entry: self.disclosures.append(entry),
            lambda _, about, patient: self.refusals.get((about, patient)),
        )
        return Gate(
            Policy(**policy),
            ledger,
            self.finder,
            lambda: self.now,
            lambda host, port: self.addresses,
        )

    def agree(self, **more: Any) -> str:
        with self.database.begin() as tx:
            return Agreements(tx, lambda: self.now).add(terms(**more), OFFICER).id

    def ask(self, to: Recipient | None = None, **policy: Any) -> httpx.Response:
        with self.gate(**policy).client(to or recipient()) as client:
            return client.post(
                "chat",
                json={"messages": [{"content": "Ada Lovelace is well"}]},
                extensions=carrying(Carries.PHI, "Patient/ada", OFFICER),
            )

    def events(self) -> list[Event]:
        with self.database.read() as tx:
            return AuditTrail(tx).list(action="egress")
