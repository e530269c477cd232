"""``wardround claim``: claims to files, and files read."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.capabilities.billing.x12.texts import (
    ACCEPTED,
    CLAIMS,
    FOREIGN,
    REJECTED,
    REMITTANCE,
    file,
    group,
    interchange,
    transaction,
)
from tests.interfaces.cli.running import EXAMPLES, call, run
from wardround.capabilities.billing.x12 import check

TRADERS = ("--traders", str(EXAMPLES / "traders.toml"), "--today", "2026-11-28")
MADE = [json.loads(line) for line in (EXAMPLES / "claims.jsonl").read_text().splitlines()]


def _twice(old: str, new: str) -> str:
    """Return a file of two remittances, the second of which is wrong."""
    sets = [
        transaction("835", REMITTANCE.splitlines(), "0001"),
        transaction("835", REMITTANCE.replace(old, new).splitlines(), "0002"),
    ]
    return interchange([group("835", sets)])


def _of_another(claim: dict[str, Any], at: int) -> dict[str, Any]:
    """Return the claim as another patient's: of the same it would be billed before."""
    patient = claim["patient"] | {"first": f"{claim['patient']['first']} {'ABCDEF'[at]}"}
    return claim | {"id": f"{claim['id']}-{at}", "patient": patient}


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    made = [_of_another(one, at) for at in range(6) for one in MADE]
    path.write_text("\n".join(json.dumps(one) for one in made) + "\n")
    return path


def given(tmp_path: Path, text: str, name: str = "file") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_examples_are_exported_and_read_back(tmp_path: Path) -> None:
    out = tmp_path / "out.837"
    examples = str(EXAMPLES / "claims.jsonl")
    done = run("claim", "export", examples, str(out), *TRADERS, "--control", "905")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b"2 claims, test, control 000000905.\n"
    text = out.read_text(encoding="ascii")
    assert check(text) == []
    assert "*000000905*0*T*:~" in text
    back = call("claim", "read", str(out))
    assert back.returncode == 0
    assert back.stderr == b""
    read = [json.loads(line) for line in back.stdout.splitlines()]
    assert [one["id"] for one in read] == ["WR-2026-0001", "WR-2026-0002"]
    again = given(tmp_path, back.stdout.decode(), "back.jsonl")
    second = call("claim", "export", again, "-", *TRADERS, "--control", "905")
    assert _body(second.stdout.decode()) == _body(text)


def _body(text: str) -> list[str]:
    """Return the segments that do not tell the time."""
    return [one for one in text.splitlines() if not one.startswith(("ISA*", "GS*", "BHT*"))]


def test_one_form_alone_may_be_exported_in_production(claims: Path, tmp_path: Path) -> None:
    traders = given(tmp_path, 'usage = "P"\n' + Path(TRADERS[1]).read_text(), "traders.toml")
    done = call(
        "claim", "export", str(claims), "-", "--traders", traders, *TRADERS[2:], "--control", "7",
        "--kind", "institutional",
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b"6 claims, production, control 000000007.\n"
    text = done.stdout.decode()
    assert "005010X223A2" in text
    assert "005010X222A1" not in text
    assert "*000000007*0*P*:~" in text


def test_claims_may_be_a_list(claims: Path, tmp_path: Path) -> None:
    listed = [json.loads(line) for line in claims.read_text().splitlines()]
    path = given(tmp_path, json.dumps(listed, indent=1), "claims.json")
    one = given(tmp_path, json.dumps(listed[0], indent=1), "claim.json")
    for given_, count in ((path, 12), (one, 1)):
        done = call("claim", "export", given_, "-", *TRADERS, "--control", "1")
        assert done.stdout.decode().count("\nCLM*") == count


@pytest.mark.requirement("BILL-02", "BILL-04")
def test_an_unfinished_claim_is_named_and_nothing_is_written(claims: Path, tmp_path: Path) -> None:
    lines = claims.read_text().splitlines()
    lacking = json.loads(lines[3]) | {"id": "WR-LACKS", "lines": []}
    path = given(tmp_path, "\n".join([*lines[:3], json.dumps(lacking)]), "some.jsonl")
    out = tmp_path / "out.837"
    done = call("claim", "export", path, str(out), *TRADERS, "--control", "1")
    assert done.returncode == 1
    assert b"1 of 4 claims cannot be sent. WR-LACKS: no service line" in done.stderr
    assert not out.exists()
    assert list(tmp_path.glob(".out*")) == []


@pytest.mark.requirement("BILL-02")
def test_a_claim_that_the_scrubber_blocks_is_named(claims: Path, tmp_path: Path) -> None:
    wrong = json.loads(claims.read_text().splitlines()[0])
    wrong["lines"][0]["units"] = "0.5"
    path = given(tmp_path, json.dumps(wrong), "wrong.json")
    done = call("claim", "export", path, "-", *TRADERS, "--control", "1")
    assert done.returncode == 1
    assert b"WR-2026-0001-0: Line 1 has a part of a unit" in done.stderr
    assert b"[units-part]" in done.stderr
    assert done.stdout == b""


def test_a_file_that_is_there_is_not_written_over(claims: Path, tmp_path: Path) -> None:
    out = given(tmp_path, "mine", "out.837")
    done = call("claim", "export", str(claims), out, *TRADERS, "--control", "1")
    assert done.returncode == 1
    assert b"There is a file of this name" in done.stderr
    assert Path(out).read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"id": "A"}\n{"id": "B", "patient": {"sex": 4}}',
            "line 2: This is no claim: patient.sex",
        ),
        ('{"id": "A"}\nnothing', "line 2: This is no JSON"),
        ('[{"id": "A"}, {"name": "Doe"}]', "claim 2: This is no claim: id"),
        ("[1,", "line 1: This is no JSON"),
        ("", "There is no claim in it"),
    ],
)
def test_what_is_no_claim_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = given(tmp_path, text)
    done = call("claim", "export", path, "-", *TRADERS, "--control", "1")
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert "Doe" not in done.stderr.decode()
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sender]\nid = 'A'", "sender"),
        ("[sender\n", "This is no TOML"),
        ("", "sender: Field required"),
    ],
)
def test_traders_that_are_not_whole_are_told(
    tmp_path: Path, claims: Path, text: str, said: str
) -> None:
    traders = given(tmp_path, text, "traders.toml")
    done = call("claim", "export", str(claims), "-", "--traders", traders, "--control", "1")
    assert done.returncode == 1
    assert said in done.stderr.decode()


def test_what_a_claim_does_not_keep_is_told_beside(tmp_path: Path) -> None:
    done = call("claim", "read", given(tmp_path, file("837P", FOREIGN)))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert b"claim 26463774, segment 31: PWK OZ is not kept." in done.stderr


def test_a_remittance_is_read_as_json_and_as_a_table(tmp_path: Path) -> None:
    path = given(tmp_path, file("835", REMITTANCE))
    (read,) = [json.loads(line) for line in call("claim", "read", path).stdout.splitlines()]
    assert read["amount"] == "132.50"
    table = call("claim", "read", path, "--format", "table").stdout.decode().splitlines()
    assert table == [
        "payment\tCHK123\tACME HEALTH\t132.50\t2026-03-01",
        "WR1\t1\t200.00\t140.00\tCO-45 30.00, PR-3 20.00, CO-45 10.00",
    ]


def test_a_remittance_that_does_not_balance_ends_with_one(tmp_path: Path) -> None:
    wrong = file("835", REMITTANCE.replace("*132.5*", "*132.51*"))
    done = call("claim", "read", given(tmp_path, wrong))
    assert done.returncode == 1
    assert b"payment CHK123: The claims' payments (CLP04)" in done.stderr
    assert b"It should be 132.50, and is 132.51." in done.stderr


def test_answers_are_read(tmp_path: Path) -> None:
    for kind, text, first in (
        ("999", ACCEPTED, "999\t77\taccepted"),
        ("999", REJECTED, "999\t77\taccepted with errors"),
        ("277", CLAIMS, "277CA\t000000905-77-0001\taccepted with errors"),
    ):
        path = given(tmp_path, file(kind, text))
        table = call("claim", "read", path, "--format", "table").stdout.decode().splitlines()
        assert table[0] == first
        assert json.loads(call("claim", "read", path).stdout)["answer"] == first.split("\t")[2]
    assert table[2].startswith("WR2\trejected\tA7:562 A7:21\tRejected: information is invalid")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (file("835", REMITTANCE).replace("IEA*1", "IEA*2"), "segment 30, IEA01: The count"),
        (_twice("AMT*B6*120", "AMT*B6*12O"), "AMT02: This is no number"),
        (file("835", REMITTANCE)[:-30], "The file stops within a segment"),
        (
            file("835", REMITTANCE).replace("DOE*JANE", "D\u00d6E*JANE"),
            "NM103: It holds the byte C3",
        ),
        (file("835", REMITTANCE).replace("ST*835", "ST*834"), "Transaction sets 834 are not read"),
        ("Dear payer", "An X12 file begins with ISA"),
    ],
)
def test_nothing_of_a_broken_file_is_printed(tmp_path: Path, text: str, said: str) -> None:
    done = call("claim", "read", given(tmp_path, text))
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert done.stdout == b""
