import json
from datetime import timedelta
from pathlib import Path

from tests.interfaces.cli.running import call
from tests.privacy.egress.parties import OFFICER, terms
from wardround.bootstrap import open_database
from wardround.kernel import system_clock
from wardround.privacy.egress import Agreements
from wardround.settings import Settings


def test_the_register_is_listed(tmp_path: Path) -> None:
    today = system_clock().astimezone().date()
    soon = (today + timedelta(days=20)).isoformat()
    database = open_database(Settings(home=tmp_path))
    with database.begin() as tx:
        Agreements(tx).add(terms(effective=today, expires=soon), OFFICER)
        Agreements(tx).add(terms(party="Ever & Co", expires=None, flow_down=False), OFFICER)
    database.dispose()
    done = call("privacy", "agreements", "list", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == [
        "in force\t-\tEver & Co\tapi.vendor.example",
        f"ends soon\t{soon}\tVendor Incorporated\tapi.vendor.example",
    ]
    done = call("privacy", "agreements", "list", "--json", home=tmp_path)
    first, second = json.loads(done.stdout)
    assert first["lacks"] == ["a clause that binds subcontractors"]
    assert (second["standing"], second["expires"]) == ("ends soon", soon)
    assert second["services"] == ["language"]
