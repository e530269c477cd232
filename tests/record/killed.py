"""A process to kill: it imports bundle after bundle, and says which are in.

Each number it sends is a promise: all of that bundle's resources are in the record. ``SIZE`` of
them, numbered within the bundle.
"""

import json
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from tests.keyed import keyed
from wardround.record import import_bundles

SIZE = 60


def id_of(number: int, item: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"{number}/{item}")


def written(folder: Path, number: int) -> Path:
    """Write bundle ``number``: a patient and their observations."""
    patient = f"urn:uuid:{id_of(number, 0)}"
    entries = []
    for item in range(SIZE):
        resource: dict[str, object] = {
            "resourceType": "Observation" if item else "Patient",
            "id": str(id_of(number, item)),
            "identifier": [{"system": "urn:bundle", "value": str(number)}],
        }
        if item:
            resource |= {"status": "final", "subject": {"reference": patient}}
        request = {"method": "POST", "url": resource["resourceType"]}
        full_url = f"urn:uuid:{id_of(number, item)}"
        entries.append({"fullUrl": full_url, "resource": resource, "request": request})
    file = folder / f"{number}.json"
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    file.write_text(json.dumps(bundle))
    return file


def main(url: str, folder: Path, start: int, promises: Connection) -> None:
    database = keyed(url, folder)
    promises.send("ready")
    for number in count(start):
        import_bundles(database, [written(folder, number)])
        promises.send(number)
