import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.cli.running import COMMAND, VISITS, call, run, surroundings

ONE = ("--workers", "1")
"""Each worker loads the models, which takes longer than a few records do."""
RECORD = VISITS.read_text().splitlines()[0]


def records(number: int) -> bytes:
    record = json.loads(RECORD)
    lines = (json.dumps(record | {"id": place}) for place in range(number))
    return "".join(f"{line}\n" for line in lines).encode()


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def batch(source: Path | str, out: Path | str, *more: str, stdin: bytes | None = None) -> Any:
    return run("batch", "documentation", str(source), str(out), *more, stdin=stdin)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_one_line_out_for_every_line_in_in_order(tmp_path: Path, out: Path) -> None:
    source = tmp_path / "in.jsonl"
    good = json.loads(RECORD)
    turns: list[dict[str, Any]] = [
        {"speaker": "doctor", "text": "What brings you in?", "start": 0, "end": 2},
        {"speaker": "patient", "text": "I've had a cough and a fever for three days."},
        {"speaker": "doctor", "text": "Your lungs are clear. Take ibuprofen twice a day."},
    ]
    lines: list[bytes] = [
        json.dumps(good | {"id": "a"}).encode(),
        b"not json",
        b'{"id": "b"}',
        b'\xff{"id": "c"}',
        b"",
        b"[1, 2]",
        b'{"id": "d", "transcript": "' + b"[doctor] a " * 1_000_000 + b'"}',
        json.dumps({"id": 12345678901234567890123, "turns": turns}).encode(),
        json.dumps({"id": "e", "transcript": ""}).encode(),
        b'{"id": NaN}',
        b'{"id": "f", "transcript": "\\ud800"}',
        b"[" * 100_000,
        json.dumps({"id": None, "turns": turns, "start": "\ud800"}).encode(),
    ]
    source.write_bytes(b"\n".join(lines))
    done = batch(source, out, "--workers", "2")
    assert done.returncode == 0, done.stderr
    answers = read(out)
    assert [answer["status"] for answer in answers] == [
        "drafted",
        "error",
        "error",
        "error",
        "error",
        "error",
        "error",
        "drafted",
        "abstained",
        "error",
        "error",
        "error",
        "drafted",
    ]
    identities = [answer["id"] for answer in answers]
    big = 12345678901234567890123
    assert identities == ["a", None, "b", None, None, None, "d", big, "e", None, "f", None, None]
    assert all(answer["message"] for answer in answers if answer["status"] != "drafted")
    assert "11.0 MB" in answers[6]["message"]
    assert b"13 records: 3 drafted, 1 abstained, 9 error." in done.stderr
    words = [str(turn["text"]) for turn in turns]
    for place, texts in ((0, good["transcript"].splitlines()), (7, words)):
        for section in answers[place]["sections"]:
            for sentence in section["sentences"]:
                assert sentence["evidence"]
                for span in sentence["evidence"]:
                    assert texts[span["turn"]][span["start"] : span["end"]].strip()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_pipes_at_both_ends() -> None:
    done = batch("-", "-", *ONE, stdin=records(3))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0, 1, 2]
    assert batch("-", "-", *ONE, stdin=b"").stdout == b""


def test_a_pipe_into_a_file(out: Path) -> None:
    out.with_name("out.jsonl.part").write_text("left over\n")
    assert batch("-", out, *ONE, stdin=records(2)).returncode == 0
    assert [answer["id"] for answer in read(out)] == [0, 1]


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, out: Path) -> None:
    source, part = tmp_path / "in.jsonl", tmp_path / "out.jsonl.part"
    source.write_bytes(records(160))
    out.write_text("an earlier run\n")
    kills = 0
    for wanted in (1, 20, 40):
        with subprocess.Popen(
            [*COMMAND, "batch", "documentation", str(source), str(out), *ONE],
            stderr=subprocess.DEVNULL,
            env=surroundings(),
        ) as process:
            while process.poll() is None and _lines(part) < wanted:
                time.sleep(0.01)
            process.kill()
        kills += process.returncode == -signal.SIGKILL
        assert out.read_text() == "an earlier run\n"
    assert kills == 3
    before = part.read_bytes()
    assert before.count(b"\n") < 160
    with part.open("ab") as file:
        file.write(b'{"id": 159, "stat')
    done = batch(source, out, "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert b"Taking up behind line" in done.stderr
    assert out.read_bytes().startswith(before[: before.rindex(b"\n") + 1])
    assert [answer["id"] for answer in read(out)] == list(range(160))
    assert not part.exists()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_another_input_is_not_mixed_in(tmp_path: Path, out: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(records(2))
    part, about = tmp_path / "out.jsonl.part", tmp_path / "out.jsonl.part.json"
    part.write_text('{"id": 0, "status": "drafted"}\n')
    about.write_text('{"input": "another"}')
    done = call("batch", "documentation", str(source), str(out))
    assert done.returncode == 1
    assert b"--restart" in done.stderr
    assert part.exists()
    assert not out.exists()
    assert batch(source, out, "--restart", *ONE).returncode == 0
    assert [answer["id"] for answer in read(out)] == [0, 1]


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path, out: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(records(40))
    out.write_text("an earlier run\n")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    full = subprocess.run(
        [*COMMAND, "batch", "documentation", str(source), str(out), *ONE],
        check=False,
        capture_output=True,
        env=surroundings(),
        preexec_fn=little_room,
    )
    assert full.returncode == 1
    assert b"Make room" in full.stderr
    assert b"Traceback" not in full.stderr
    assert out.read_text() == "an earlier run\n"
    assert batch(source, out, *ONE).returncode == 0
    assert [answer["id"] for answer in read(out)] == list(range(40))


def test_an_interrupted_run_says_how_to_go_on(tmp_path: Path, out: Path) -> None:
    source, part = tmp_path / "in.jsonl", tmp_path / "out.jsonl.part"
    source.write_bytes(records(4_000))
    with subprocess.Popen(
        [*COMMAND, "batch", "documentation", str(source), str(out), *ONE],
        stderr=subprocess.PIPE,
        env=surroundings(),
        start_new_session=True,
    ) as process:
        while process.poll() is None and _lines(part) < 1:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 130
    assert b"to go on" in said
    assert b"Traceback" not in said


def test_what_cannot_be_run_is_said(tmp_path: Path, out: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(records(1))
    for arguments, said in (
        (["nothing", str(source), str(out)], b"There is: documentation"),
        (["documentation", str(tmp_path / "no.jsonl"), str(out)], b"no such file"),
        (["documentation", str(source), str(source)], b"one file"),
        (["documentation", str(source), str(tmp_path / "no" / "out.jsonl")], b"No file can be"),
    ):
        done = call("batch", *arguments)
        assert done.returncode == 1
        assert said in done.stderr
        assert not out.exists()
    assert call("batch", "documentation", str(source), str(out), "--engine", "x").returncode == 2
    assert source.read_bytes() == records(1)
