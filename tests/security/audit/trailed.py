"""Filling a trail, and verifying it."""

from pathlib import Path

from wardround.database import Database
from wardround.kernel import Actor, Role
from wardround.security import AuditTrail, Verdict, read_checkpoints, verify_trail

AMARA = Actor(id="amara", name="Amara Osei", role=Role.CLINICIAN, reference="Practitioner/amara")


def fill(database: Database, events: int = 8, first: int = 1) -> None:
    for number in range(first, first + events):
        with database.begin() as tx:
            AuditTrail(tx).record(
                "read",
                "success",
                actor=AMARA if number % 3 else None,
                subject=f"Patient/{number}",
                detail={"number": str(number)},
                purpose="TREAT" if number % 2 else None,
            )


def verdict(database: Database, file: Path | None = None) -> Verdict:
    with database.read() as tx:
        return verify_trail(tx, read_checkpoints(file) if file else ())
