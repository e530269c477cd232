import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.interfaces.cli.running import COMMAND, ROOT, VISIT, call, run, surroundings

PATIENT = b"""{"resourceType": "Bundle", "type": "transaction", "entry": [{
  "resource": {"resourceType": "Patient", "id": "ada", "gender": "male"},
  "request": {"method": "PUT", "url": "Patient/ada"}}]}"""
SILENCE = "WEBVTT\n\n00:01.000 --> 00:02.000\n[silence]\n"


@pytest.fixture
def silence(tmp_path: Path) -> str:
    (tmp_path / "v.vtt").write_text(SILENCE)
    return str(tmp_path / "v.vtt")


def test_text_has_each_sentence_with_what_it_stands_on() -> None:
    done = call("visit", VISIT)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    said = Path(VISIT).read_text().splitlines()
    quoted = [line for line in lines if line.startswith("    ")]
    assert len(quoted) > 5
    for line in quoted:
        turn, _, words = line.strip().partition(": ")
        assert words in said[int(turn.split()[0])]
    assert "HISTORY OF PRESENT ILLNESS" in lines
    assert "not signed" in lines[-1]
    assert not done.stderr


def test_json_is_the_record_of_a_bulk_run(tmp_path: Path) -> None:
    answer = json.loads(call("visit", VISIT, "--format", "json").stdout)
    record = {"id": "visit", "transcript": Path(VISIT).read_text()}
    (tmp_path / "in.jsonl").write_text(json.dumps(record) + "\n")
    files = (str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"))
    assert call("batch", "documentation", *files, "--workers", "1").returncode == 0
    lines = Path(VISIT).read_text().splitlines()
    assert [turn["source"] for turn in answer.pop("turns")] == lines
    assert answer == json.loads((tmp_path / "out.jsonl").read_text())


def test_fhir_is_a_bundle_of_preliminary_resources() -> None:
    bundle = json.loads(call("visit", VISIT, "--format", "fhir").stdout)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    get_fhir_model_class("Bundle").model_validate(bundle)
    resources: dict[str, Any] = {}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        assert entry["fullUrl"].endswith(f"/{resource['resourceType']}/{resource['id']}")
        resources.setdefault(resource["resourceType"], []).append(resource)
    (note,) = resources["Composition"]
    assert note["status"] == "preliminary"
    assert "attester" not in note
    (device,) = resources["Device"]
    assert note["author"] == [{"reference": f"Device/{device['id']}"}]
    assert "Provenance" not in resources
    statuses = {d["docStatus"] for d in resources["DocumentReference"] if "author" in d}
    assert statuses == {"preliminary"}
    assert "Patient/unknown" not in json.dumps(bundle)
    known = {f"{kind}/{r['id']}" for kind, found in resources.items() for r in found}
    references = set(_references(bundle))
    assert references <= known, references - known


def _references(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        url = value.get("url")
        own += [url] if isinstance(url, str) and "://" not in url else []
        return own + [found for item in value.values() for found in _references(item)]
    if isinstance(value, list):
        return [found for item in value for found in _references(item)]
    return []


def test_standard_input_is_read() -> None:
    done = run("visit", "-", stdin=Path(VISIT).read_bytes())
    assert b"HISTORY OF PRESENT ILLNESS" in done.stdout


def test_two_textgrids_are_one_visit() -> None:
    folder = ROOT / "src" / "wardround" / "clinic" / "visits"
    files = [str(folder / f"pemberton_{who}.TextGrid") for who in ("doctor", "patient")]
    answer = json.loads(call("visit", *files, "--format", "json").stdout)
    assert answer["status"] == "drafted"
    alone = call("visit", files[0])
    assert alone.returncode == 1
    assert b"pemberton_patient.TextGrid" in alone.stderr


@pytest.mark.parametrize("form", ["text", "json", "fhir"])
def test_abstaining_has_its_own_exit_code(silence: str, form: str) -> None:
    done = call("visit", silence, "--format", form)
    assert done.returncode == 3
    assert b"Nothing was said." in done.stdout
    if form == "json":
        assert json.loads(done.stdout)["status"] == "abstained"
    if form == "fhir":
        assert json.loads(done.stdout)["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("v.json", b'[{"speaker": ', b"v.json, line 1"),
        ("v.vtt", b"WEBVTT\n\nwords\n", b"v.vtt, line 3"),
        ("v.srt", b"words", b"v.srt, line 1"),
        ("v.TextGrid", b"words", b"v.TextGrid, line 1"),
        ("v.txt", b"[doctor] a\n\xff", b"v.txt, line 2"),
        ("v.txt", b"[doctor] a\n" * 1_000_000, b"11.0 MB"),
    ],
)
def test_bad_input_is_named_in_one_line(
    tmp_path: Path, name: str, data: bytes, said: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    done = call("visit", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"Error: ")
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_files_that_are_none(tmp_path: Path) -> None:
    for file, said in ((tmp_path / "no.txt", b"no such file"), (tmp_path, b"a folder")):
        done = call("visit", str(file))
        assert done.returncode == 1
        assert said in done.stderr


def test_the_chart_knows_the_patient(tmp_path: Path) -> None:
    bundle = tmp_path / "ada.json"
    bundle.write_bytes(PATIENT)
    home = tmp_path / "home"
    assert b"no chart yet" in call("visit", VISIT, "--patient", "ada", home=home).stderr
    assert not home.exists()
    imported = call("import", str(bundle), home=home)
    assert imported.stdout == b"1 bundles, 1 resources.\n", imported.stderr
    as_said = call("visit", VISIT, home=home).stdout
    as_known = call("visit", VISIT, "--patient", "ada", home=home)
    assert as_known.returncode == 0, as_known.stderr
    assert as_known.stdout != as_said  # Mrs. Halloran's note, with the chart's "he"
    unknown = call("visit", VISIT, "--patient", "bea", home=home)
    assert unknown.returncode == 1
    assert b"Patient/bea" in unknown.stderr


def test_output_pipes() -> None:
    done = run("visit", VISIT)
    assert done.stdout == call("visit", VISIT).stdout
    assert b"\x1b[" not in done.stdout
    assert not done.stderr


def test_a_reader_that_has_enough_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "visit", VISIT, "--format", "fhir"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_wrong_usage_has_its_own_exit_code() -> None:
    for arguments in (["visit"], ["vist"], ["visit", VISIT, "--format", "pdf"]):
        done = call(*arguments)
        assert done.returncode == 2
        assert b"Error" in done.stderr


def test_an_unforeseen_error_is_one_line_unless_asked(tmp_path: Path) -> None:
    broken = (
        "import sys, wardround.bootstrap as b\n"
        "def fail(**_): raise RuntimeError('Kowalczyk has a secret')\n"
        "b.load_capabilities = fail\n"
        "from wardround.interfaces.cli import main\n"
        f"sys.argv = ['wardround', *sys.argv[1:], 'visit', {VISIT!r}]\n"
        "main()\n"
    )
    command = [str(COMMAND[0]).replace("wardround", "python"), "-c", broken]
    quiet = subprocess.run(command, check=False, capture_output=True, env=surroundings())
    assert quiet.returncode == 70
    assert quiet.stderr.count(b"\n") == 1
    assert b"RuntimeError" in quiet.stderr
    assert b"Kowalczyk" not in quiet.stderr
    loud = subprocess.run([*command, "--debug"], check=False, capture_output=True)
    assert loud.returncode == 70
    assert b"Traceback" in loud.stderr
