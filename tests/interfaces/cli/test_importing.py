import json
from pathlib import Path

from tests.interfaces.cli.running import call

BUNDLE = {
    "resourceType": "Bundle",
    "type": "transaction",
    "entry": [
        {
            "resource": {"resourceType": "Patient", "id": "ada"},
            "request": {"method": "PUT", "url": "Patient/ada"},
        }
    ],
}


def test_folders_and_files_are_taken_in_and_again_change_nothing(tmp_path: Path) -> None:
    folder, home = tmp_path / "bundles", tmp_path / "home"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(BUNDLE))
    (tmp_path / "b.json").write_text(json.dumps(BUNDLE).replace("ada", "bea"))
    for _ in range(2):
        done = call("import", str(folder), str(tmp_path / "b.json"), home=home)
        assert (done.returncode, done.stdout) == (0, b"2 bundles, 2 resources.\n"), done.stderr


def test_a_broken_bundle_is_named(tmp_path: Path) -> None:
    broken = json.dumps(BUNDLE).replace('"Patient",', '"Patient" ')
    for name, text in (("a.json", broken), ("b.json", "{}")):
        (tmp_path / name).write_text(text)
        done = call("import", str(tmp_path / name), home=tmp_path / "home")
        assert done.returncode == 1
        assert name.encode() in done.stderr
        assert b"Traceback" not in done.stderr
    assert call("import", str(tmp_path / "no.json"), home=tmp_path / "home").returncode == 1
