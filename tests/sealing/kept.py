"""An installation without drafting: some patients, a recording of each, and a trail."""

import json
import sys
from pathlib import Path

from wardround.bootstrap import open_database
from wardround.database import Database
from wardround.record import Blobs, Chart
from wardround.security import AuditTrail, keep_checkpoints
from wardround.settings import Settings

PATIENTS = 30


def settings_of(home: Path) -> Settings:
    return Settings(home=home)


def patient(number: int) -> bytes:
    name = {"family": f"Thistlewaite{number:03}", "given": ["Wilhelmina"]}
    return json.dumps({"resourceType": "Patient", "id": f"p{number}", "name": [name]}).encode()


def recording(number: int) -> bytes:
    return f"the heliotrope room {number} ".encode() * 200


def fill(home: Path) -> None:
    """Make the installation."""
    settings = settings_of(home)
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database)
    for number in range(PATIENTS):
        with database.begin() as tx:
            Chart(tx).update(patient(number))
            AuditTrail(tx).record("create", "success", subject=f"Patient/p{number}")
        blobs.put(recording(number), f"Patient/p{number}")
    keep_checkpoints(database, settings.checkpoints)
    database.dispose()


def read(database: Database, settings: Settings) -> list[tuple[bytes, bytes]]:
    """Return all that was kept, read through every door."""
    from hashlib import sha256

    blobs = Blobs(settings.blobs, database)
    found = []
    for number in range(PATIENTS):
        with database.read() as tx:
            (stored,) = Chart(tx).search("Patient", {"name": f"Thistlewaite{number:03}"})
        digest = sha256(recording(number)).hexdigest()
        found.append((stored.body, blobs.get(digest, f"Patient/p{number}")))
    return found


EXPECTED = [(patient(number), recording(number)) for number in range(PATIENTS)]


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
