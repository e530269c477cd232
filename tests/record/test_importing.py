import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.keyed import keyed
from tests.record.conftest import Ticking, bundle, post, put
from tests.record.killed import SIZE, written
from wardround.database import Database
from wardround.kernel import InvalidInput, TooLarge
from wardround.record import Chart, Imported, bundle_files, import_bundles


def test_a_file_is_one_transaction(database: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    files = [written(tmp_path, number) for number in range(3)]
    done = import_bundles(database, files, lambda *so_far: told.append(so_far), Ticking())
    assert done == Imported(bundles=3, resources=3 * SIZE)
    assert told == [(1, 3), (2, 3), (3, 3)]
    with database.read() as tx:
        moments = {stored.updated for stored in Chart(tx).search("Observation", {})}
    assert len(moments) == 3


def test_the_same_file_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    files = [written(tmp_path, 1)]
    import_bundles(database, files)
    with database.read() as tx:
        before = Chart(tx).search("Observation", {})
    assert import_bundles(database, files).resources == SIZE
    with database.read() as tx:
        assert Chart(tx).search("Observation", {}) == before


def test_the_order_of_entries_means_nothing(database: Database, tmp_path: Path) -> None:
    """A patient after the observations about them, or before: the same bytes, so no new version."""
    file = written(tmp_path, 1)
    sent = json.loads(file.read_bytes())
    sent["entry"].reverse()
    (tmp_path / "reversed.json").write_text(json.dumps(sent))
    for name in ("reversed.json", file.name):
        import_bundles(database, [tmp_path / name])
    with database.read() as tx:
        chart = Chart(tx)
        (patient,) = chart.search("Patient", {})
        found = chart.search("Observation", {"patient": patient.reference})
    assert len(found) == SIZE - 1
    assert {stored.version for stored in (patient, *found)} == {1}


def test_a_broken_entry_undoes_its_file_alone(database: Database, tmp_path: Path) -> None:
    good, bad, never = (tmp_path / name for name in ("1.json", "2.json", "3.json"))
    good.write_bytes(bundle(put({"resourceType": "Patient", "id": "a"})))
    entries = [put({"resourceType": "Patient", "id": f"b{number}"}) for number in range(20)]
    entries[17]["resource"] = {"resourceType": "Patience", "id": "b17"}
    broken = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    bad.write_text(json.dumps(broken, indent=2))
    never.write_bytes(bundle(put({"resourceType": "Patient", "id": "c"})))
    with pytest.raises(InvalidInput) as told:
        import_bundles(database, [good, bad, never])
    line = bad.read_text()[: bad.read_text().index("Patience")].count("\n") - 1
    assert told.value.where == f"2.json, line {line}: Bundle.entry[17].resource.resourceType"
    assert told.value.mend
    with database.read() as tx:
        assert [stored.id for stored in Chart(tx).search("Patient", {})] == ["a"]


def test_a_file_that_cannot_be_read(database: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.json.*No such file"):
        import_bundles(database, [tmp_path / "none.json"])
    with pytest.raises(InvalidInput, match="Is a directory"):
        import_bundles(database, [tmp_path])
    (tmp_path / "a.json").write_bytes(b'{\n"a": }')
    with pytest.raises(InvalidInput, match=r"a\.json: Bundle: .*line 2, column 6"):
        import_bundles(database, [tmp_path / "a.json"])


def test_a_file_too_large(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardround.record.importing.LIMIT", 100)
    with pytest.raises(TooLarge, match=r"1\.json"):
        import_bundles(database, [written(tmp_path, 1)])


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    names = ["Ada.json", "hospitalInformation1.json", "Zoe.json", "practitionerInformation1.json"]
    for name in [*names, "notes.txt"]:
        (tmp_path / name).touch()
    found = [path.name for path in bundle_files([tmp_path, tmp_path / "Ada.json"])]
    assert found == [names[1], names[3], "Ada.json", "Zoe.json", "Ada.json"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput, match=r"empty: There is no \.json file"):
        bundle_files([tmp_path / "empty"])
    with pytest.raises(InvalidInput, match="nowhere: There is no such file"):
        bundle_files([tmp_path / "nowhere"])


def test_what_others_refer_to_comes_in_once(database: Database, tmp_path: Path) -> None:
    """As Synthea exports it: the hospital on its own, and patients that refer to it by a search."""
    number = {"system": "urn:hospital", "value": "h1"}
    hospital = {"resourceType": "Organization", "identifier": [number]}
    known = post("urn:uuid:h", hospital, ifNoneExist="identifier=urn:hospital|h1")
    (tmp_path / "hospitalInformation1.json").write_bytes(bundle(known, of="batch"))
    visit = {"serviceProvider": {"reference": "Organization?identifier=urn:hospital|h1"}}
    entry = post("urn:uuid:v", {"resourceType": "Encounter", **visit})
    (tmp_path / "Ada.json").write_bytes(bundle(entry))
    for _ in range(2):
        import_bundles(database, bundle_files([tmp_path]))
    with database.read() as tx:
        (organization,) = Chart(tx).search("Organization", {})
        query = {"service-provider": organization.reference}
        assert Chart(tx).count("Encounter", query) == Chart(tx).count("Encounter", {}) == 2


FULL = """
import resource, sys
from pathlib import Path
from tests.keyed import keyed
from wardround.kernel import Unavailable
from wardround.record import import_bundles

files = [Path(name) for name in sys.argv[2:]]
database = keyed(sys.argv[1], files[0].parent)
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
try:
    import_bundles(database, files, lambda done, _: print(done, flush=True))
except Unavailable as error:
    print(error)
"""


def test_a_full_disk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'wardround.db'}"
    database = keyed(url, tmp_path)
    files = [str(written(tmp_path, number)) for number in range(100)]
    done = subprocess.run(
        [sys.executable, "-c", FULL, url, *files], capture_output=True, text=True, check=True
    )
    *told, said = done.stdout.strip().split("\n")
    assert said.startswith("wardround.db: The disk")
    assert told == [str(number) for number in range(1, len(told) + 1)]
    assert 0 < len(told) < 100
    with database.begin() as tx:
        assert Chart(tx).count("Patient", {}) == len(told)
        assert Chart(tx).count("Observation", {}) == len(told) * (SIZE - 1)
        assert tx.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    import_bundles(database, [Path(name) for name in files])
    with database.read() as tx:
        assert Chart(tx).count("Patient", {}) == 100
    database.dispose()


@pytest.mark.data
@pytest.mark.slow
def test_published_patients(database: Database, data: Path) -> None:
    files = bundle_files([data / "synthea-r4"])
    assert import_bundles(database, files) == Imported(bundles=20, resources=5982)
    with database.read() as tx:
        chart = Chart(tx)
        counts = {kind: chart.count(kind, {}) for kind in ("Patient", "Observation", "Encounter")}
        assert counts == {"Patient": 20, "Observation": 2832, "Encounter": 557}
        for file in files[:4]:
            sent = json.loads(file.read_bytes(), parse_float=str)["entry"]
            patient = next(
                e["resource"] for e in sent if e["resource"]["resourceType"] == "Patient"
            )
            for kind in ("Observation", "Encounter", "Claim", "Immunization"):
                wanted = {
                    e["resource"]["id"] for e in sent if e["resource"]["resourceType"] == kind
                }
                assert {s.id for s in chart.search(kind, {"patient": patient["id"]})} == wanted
            kept = chart.read(f"Patient/{patient['id']}")
            assert json.loads(kept.body, parse_float=str) == patient
            assert kept.body in file.read_bytes()
    assert import_bundles(database, files).resources == 5982
    with database.read() as tx:
        assert {s.version for s in Chart(tx).search("Observation", {})} == {1}
