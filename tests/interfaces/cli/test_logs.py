"""No name, date, number or note of a patient gets into a log, whoever writes it."""

import ast
import json
import logging
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.house.sources import trees
from wardround.interfaces.cli.logs import MASK, Line, safe_record

PLANTED = ("Marisol", "Vega", "1961-04-12", "MRN-4471", "555-0142", "denies chest pain")

WRITER = """
import logging, sys, threading, warnings
logging.getLogger("early").addHandler(logging.StreamHandler(sys.stdout))
from wardround.interfaces.cli.logs import set_up_logs
set_up_logs()
own, foreign = logging.getLogger("wardround.rounds.drafting"), logging.getLogger("uvicorn.error")
name = "Marisol Vega"
own.error("drafting failed: %s", "Marisol")
own.warning("%(who)s", {"who": name})
own.info("%d drafts in %.1f s, %s at %s:%s", 3, 0.25, "KeyError", "wardround/a.py", 12)
foreign.error("GET /patients?name=Marisol%20Vega denies chest pain")
foreign.warning("born %s", "1961-04-12")
logging.getLogger("early").error(f"MRN-4471 of {name}")
try:
    {}[name + " 555-0142"]
except KeyError:
    own.exception("a step of a workflow failed")
    foreign.exception("failed for %s", name)
warnings.warn(name)
def fall(): raise ValueError(name)
thread = threading.Thread(target=fall, name=name); thread.start(); thread.join()
logging.getLogger("wardround.x").error("with more", extra={"patient": name}, stack_info=True)
raise ValueError(name)
"""


@pytest.fixture(scope="module")
def written() -> tuple[str, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "-c", WRITER], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    everything = done.stdout + done.stderr
    return everything, [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.requirement("SEC-06")
@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_in_no_log(written: tuple[str, Any], planted: str) -> None:
    assert planted not in written[0]


def test_what_may_be_said_is_said(written: tuple[str, list[dict[str, Any]]]) -> None:
    lines = written[1]
    assert len(lines) == 12
    assert lines[2]["message"] == "3 drafts in 0.25 s, KeyError at wardround/a.py:12"
    assert lines[6]["error"] == "KeyError"
    assert re.fullmatch(r".*:\d+", lines[6]["trace"][-1])
    assert {line["logger"] for line in lines} >= {"uvicorn.error", "early", "wardround"}
    assert all({"at", "level", "logger", "place"} <= line.keys() for line in lines)
    assert lines[-1]["error"] == "ValueError"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, "7"),
        (None, "None"),
        ("Hall", MASK),
        ("hall", MASK),
        ("1961-04-12", MASK),
        ("4471", MASK),
        ("KeyError", "KeyError"),
        ("Unavailable", "Unavailable"),
        ("wardround/rounds/desk.py", "wardround/rounds/desk.py"),
        ("/charts/Marisol Vega.py", MASK),
        ("0b9b6ff6-7a6c-4f0e-9a51-0a8d7b3f2c11", "0b9b6ff6-7a6c-4f0e-9a51-0a8d7b3f2c11"),
        (["Marisol"], MASK),
        (b"Marisol", MASK),
        (ValueError("Marisol"), MASK),
    ],
)
def test_what_is_put_into_words(value: object, shown: str) -> None:
    record = safe_record("wardround.x", 40, "a.py", 1, "%s", (value,), None)
    assert json.loads(Line().format(record))["message"] == shown


def test_the_words_of_every_log_are_literals_of_the_source() -> None:
    faults = []
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in levels and ast.unparse(node.func.value) in {"log", "logger"}:
                first = node.args[0]
                if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    faults.append(f"{name}:{node.lineno}")
    assert not faults


def test_a_handler_of_anybody_prints_what_is_safe() -> None:
    record = safe_record("dbos", logging.ERROR, "a.py", 1, "for %s", ("Marisol",), None)
    assert "Marisol" not in logging.Formatter("%(message)s %(args)s").format(record)
