"""``wardround models card``."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.interfaces.cli.running import call


def test_it_is_printed() -> None:
    said = call("models", "card", "news2").stdout.decode()
    assert said.startswith("published-scores 1: ")
    assert "used to act at once: device function." in said
    assert "27  Validity here: not provided" in said
    assert "15  Approach to fairness: unknown (upstream undisclosed; " in said
    assert "[software found: By their names, race (race)" in said


def test_json_tells_the_states_apart() -> None:
    said = json.loads(call("models", "card", "support2-hospital-death", "--json").stdout)
    states = {one["number"]: one["state"] for one in said["attributes"]}
    assert len(states) == 31
    assert states[18] == "not applicable"
    assert said["counts"] == {"answered": 28, "unknown": 0, "not_applicable": 3, "blank": 0}
    assert said["functions"][0]["result"] == "device function"
    assert said["functions"][0]["imdrf"] == "II"


def test_files_are_written_and_kept(tmp_path: Path) -> None:
    pdf, xml = tmp_path / "card.pdf", tmp_path / "card.xml"
    done = call("models", "card", "heart-disease", "--pdf", str(pdf), "--xml", str(xml))
    assert done.returncode == 0
    assert done.stdout == b""
    assert pdf.read_bytes().startswith(b"%PDF")
    assert ET.fromstring(xml.read_bytes()).tag.endswith("AppliedModelCard")
    again = call("models", "card", "heart-disease", "--xml", str(xml))
    assert again.returncode == 1
    assert b"There is a file of this name" in again.stderr


def test_a_name_that_is_none() -> None:
    done = call("models", "card", "sepsis")
    assert done.returncode == 1
    assert b"no card of this model" in done.stderr
