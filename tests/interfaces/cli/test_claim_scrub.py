"""claim scrub reads claims as JSON, FHIR and X12, and ends with 1 where one is stopped."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.capabilities.billing.scrubbing.made import PLAIN, STAY, changed, lined
from tests.interfaces.cli.running import call
from wardround.capabilities.billing import Claim
from wardround.capabilities.billing.fhir import claim_to_fhir

TODAY = ("--today", "2026-06-30")
BROKEN = changed(PLAIN, id="C9", billing=PLAIN.billing.model_dump() | {"npi": "1234567890"})


class Done(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


def run(*arguments: str) -> Done:
    done = call(*arguments)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _written(path: Path, *claims: Claim) -> str:
    path.write_text("\n".join(one.model_dump_json() for one in claims) + "\n", "utf-8")
    return str(path)


def _records(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_claims_without_a_fault_end_with_nothing_but_notes(tmp_path: Path) -> None:
    done = run(
        "claim", "scrub", _written(tmp_path / "a.jsonl", PLAIN, changed(STAY, id="C2")), *TODAY
    )
    assert done.exit_code == 0
    assert {line.split("\t")[1] for line in done.stdout.splitlines()} == {"note"}
    assert "2 claims, 0 blocked." in done.stderr


def test_a_claim_that_is_stopped_is_told_where_and_ends_with_1(tmp_path: Path) -> None:
    done = run("claim", "scrub", _written(tmp_path / "a.jsonl", BROKEN), *TODAY)
    assert done.exit_code == 1
    first = done.stdout.splitlines()[0].split("\t")
    assert first[:4] == ["C9", "block", "npi-form", "/billing/npi 2010AA NM109"]


def test_json_has_a_record_for_each_claim(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.jsonl", PLAIN, BROKEN)
    done = run("claim", "scrub", path, *TODAY, "--format", "json")
    first, second = _records(done.stdout)
    assert (first["id"], first["status"], first["on"]) == ("C000001", "edits", "2026-06-30")
    assert (second["id"], second["status"]) == ("C9", "blocked")


@pytest.mark.parametrize("form", ["one", "list", "lines", "fhir", "bundle"])
def test_every_form_of_json_is_read(tmp_path: Path, form: str) -> None:
    ours = json.loads(BROKEN.model_dump_json())
    resource = claim_to_fhir(BROKEN)
    text = {
        "one": json.dumps(ours, indent=2),
        "list": json.dumps([ours]),
        "lines": "\ufeff" + json.dumps(ours) + "\n\n",
        "fhir": json.dumps(resource),
        "bundle": json.dumps({"resourceType": "Bundle", "entry": [{"resource": resource}]}),
    }[form]
    path = tmp_path / "claims"
    path.write_text(text, "utf-8")
    done = run("claim", "scrub", str(path), *TODAY, "--format", "json")
    (record,) = _records(done.stdout)
    assert (record["id"], record["status"]) == ("C9", "blocked")


def test_an_837_is_read(tmp_path: Path) -> None:
    traders = tmp_path / "traders.toml"
    traders.write_text('[sender]\nid="A1"\nname="Clinic"\ncontact="Desk"\nphone="2125550100"\n'
                       '[receiver]\nid="B1"\nname="House"\n')  # fmt: skip
    claims, out = _written(tmp_path / "a.jsonl", PLAIN), tmp_path / "out.837"
    done = run("claim", "export", claims, str(out), "--traders", str(traders), "--control", "9")
    assert done.exit_code == 0, done.stderr
    done = run("claim", "scrub", str(out), *TODAY, "--format", "json")
    (record,) = _records(done.stdout)
    assert (record["id"], record["status"]) == ("C000001", "edits")


def test_claims_of_one_patient_are_held_beside_those_before(tmp_path: Path) -> None:
    again = changed(PLAIN, id="C2")
    path = _written(tmp_path / "a.jsonl", PLAIN, again)
    done = run("claim", "scrub", path, *TODAY)
    assert done.exit_code == 1
    assert "C2\tblock\tduplicate-claim" in done.stdout
    known = _written(tmp_path / "known.jsonl", PLAIN)
    alone = _written(tmp_path / "b.jsonl", again)
    done = run("claim", "scrub", alone, *TODAY, "--known", known)
    assert "C2\tblock\tduplicate-claim" in done.stdout


def test_a_number_is_given_to_one_patient(tmp_path: Path) -> None:
    other = changed(PLAIN, patient=PLAIN.patient.model_dump() | {"first": "Inge"})
    done = run("claim", "scrub", _written(tmp_path / "a.jsonl", PLAIN, other), *TODAY)
    assert done.stdout.count("control-twice") == 1


def test_payers_limits_are_the_sites(tmp_path: Path) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text('"60054" = 10\n')
    path = _written(tmp_path / "a.jsonl", PLAIN)
    done = run("claim", "scrub", path, *TODAY, "--limits", str(limits))
    assert "filing-late-payer" in done.stdout
    limits.write_text('"60054" = "soon"\n')
    done = run("claim", "scrub", path, *TODAY, "--limits", str(limits))
    assert done.exit_code == 1
    assert "60054 is no number of days" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no claim"),
        ("{not json", "line 1"),
        ('{"id": "C1", "lines": [{"number": 0}]}', "lines.0.number"),
        ('{"id": "C1", "surprise": 1}', "surprise"),
        ('{"resourceType": "Patient"}', "no FHIR Claim"),
        ("[1]", "claim 1"),
    ],
)
def test_what_is_no_claim_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(text, "utf-8")
    done = run("claim", "scrub", str(path), *TODAY)
    assert done.exit_code == 1
    assert said in done.stderr


def test_an_error_names_no_patient(tmp_path: Path) -> None:
    ours = json.loads(PLAIN.model_dump_json())
    ours["patient"]["birth_date"] = "Marsh, the third of February"
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(ours), "utf-8")
    done = run("claim", "scrub", str(path), *TODAY)
    assert "patient.birth_date" in done.stderr
    assert "Marsh" not in done.stderr


def test_other_tables_may_be_named(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.jsonl", lined(PLAIN, {}))
    done = run("claim", "scrub", path, *TODAY, "--terms", str(tmp_path / "none"))
    assert done.exit_code == 0
    assert "tables-missing" in done.stdout


def test_the_rules_are_told_as_a_page() -> None:
    done = run("claim", "rules")
    assert done.exit_code == 0
    assert "| `npi-form` | block |" in done.stdout
