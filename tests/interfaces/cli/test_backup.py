from pathlib import Path

import pytest

from tests.engines.terminology.conftest import FEES, put
from tests.interfaces.cli.running import call, run
from tests.interfaces.cli.test_importing import BUNDLE

WORDS = "six words taken quite at random"


@pytest.mark.slow
def test_a_backup_and_its_passphrase_are_all_that_is_needed(tmp_path: Path) -> None:
    import json

    (tmp_path / "a.json").write_text(json.dumps(BUNDLE))
    words, out = tmp_path / "words", tmp_path / "monday.backup"
    words.write_text(f"{WORDS}\n")
    fees = put(tmp_path, "fees.csv", FEES)
    assert call("terms", "load", str(fees), home=tmp_path / "home").returncode == 0
    (tmp_path / "home" / "terms" / ".fees.half").mkdir()
    (tmp_path / "home" / "terms" / ".fees.half" / "rows").write_text("half")
    assert call("import", str(tmp_path / "a.json"), home=tmp_path / "home").returncode == 0
    done = run("backup", str(out), "--passphrase-file", str(words), home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"Written: ")

    again = call("backup", str(out), home=tmp_path / "home")
    assert again.returncode == 1
    assert b"Name another" in again.stderr

    for options, said in (
        ((), b"no master key"),
        (("--passphrase-file", str(tmp_path / "no")), b"Check"),
    ):
        refused = call("restore", str(out), *options, home=tmp_path / "drill")
        assert refused.returncode == 1
        assert said in refused.stderr
        assert not (tmp_path / "drill").exists()

    passphrase = ("--passphrase-file", str(words))
    assert (
        call("restore", str(out), *passphrase, "--check", home=tmp_path / "drill").returncode == 0
    )
    back = run("restore", str(out), *passphrase, home=tmp_path / "drill")
    assert back.returncode == 0, back.stderr
    assert back.stdout.startswith(b"Restored: ")
    unchanged = call("import", str(tmp_path / "a.json"), home=tmp_path / "drill")
    assert unchanged.stdout == b"1 bundles, 1 resources.\n"
    listed = call("terms", "list", home=tmp_path / "drill")
    assert (listed.returncode, b"3 rows\tfees.csv" in listed.stdout) == (0, True)
    assert not (tmp_path / "drill" / "terms" / ".fees.half").exists()
    twice = call("restore", str(out), *passphrase, home=tmp_path / "drill")
    assert twice.returncode == 1
    assert b"not empty" in twice.stderr
