"""House rules on the source itself, each with the reason it is there."""

import ast
import re

import pytest

from tests.house.sources import imports, module_of, texts, trees

LONGEST = 300

LONG: dict[str, str] = {
    "src/wardround/capabilities/coding/finding/terms/body.toml": "a dictionary, a line a word",
    "src/wardround/capabilities/coding/finding/terms/hospital.toml": "a dictionary, a line a word",
    "src/wardround/capabilities/coding/finding/terms/internal.toml": "a dictionary, a line a word",
    "src/wardround/capabilities/coding/finding/terms/organs.toml": "a dictionary, a line a word",
    "src/wardround/settings.py": "the one list of settings, each with its words",
    "docs/asvs.md": "a row for each requirement of the standard",
    "docs/cli.md": "most of it is printed by the commands",
    "docs/evaluation.md": "most of it is printed by the commands",
}
"""Files of more than ``LONGEST`` lines, each with the reason it is one file."""

WRITTEN = (".css", ".html", ".js", ".md", ".py", ".sh", ".toml", "Makefile", ".ci/run")
"""What is written by hand and read by people; the rest is data, or generated."""

REACHES_OUT: dict[str, str] = {
    "wardround.interfaces.cli.serving": "listens where the pages are served",
    "wardround.privacy.egress.address": "resolves a recipient's name, once for each call",
    "wardround.privacy.egress.aws_sender": "botocore's calls through the gate",
    "wardround.privacy.egress.gate": "the one factory of clients",
    "wardround.privacy.egress.requests_session": "a session for libraries, through the gate",
    "wardround.privacy.egress.transport": "what the gate's clients send through",
    "wardround.security.keepers": "Vault and AWS KMS, by a session or a sender of the gate",
}
"""Modules that may open a connection, each with what for; all others ask the gate for a client."""

NETWORK = {
    "aiohttp",
    "asyncssh",
    "authlib.integrations",
    "boto3",
    "botocore",
    "ftplib",
    "grpc",
    "hvac",
    "http.client",
    "httpcore",
    "httpx",
    "imaplib",
    "nntplib",
    "paramiko",
    "poplib",
    "pycurl",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "websockets",
    "xmlrpc",
}

CONNECTS = {"create_connection", "create_datagram_endpoint", "open_connection", "connect_tcp"}
"""Functions of event loops that open a connection."""

PROGRAMS = {"curl", "ftp", "nc", "netcat", "rsync", "scp", "sftp", "ssh", "telnet", "wget"}
"""Programs that open one for whoever runs them."""

UNSAFE_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
"""They run what they read."""

UNSAFE_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load"}


def test_a_file_is_short_enough_to_be_one() -> None:
    lengths = {name: texts()[name].count("\n") for name in texts() if name.endswith(WRITTEN)}
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert long.keys() == LONG.keys(), f"is each of them two? {long}"


@pytest.mark.requirement("SEC-07")
def test_nothing_runs_what_it_reads() -> None:
    faults = []
    for name, tree in trees().items():
        for module, _, line in imports(tree):
            if module.split(".")[0] in UNSAFE_MODULES:
                faults.append(f"{name}:{line} imports {module}")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in UNSAFE_CALLS or any(word.arg == "shell" for word in node.keywords):
                    faults.append(f"{name}:{node.lineno} calls {called}")
    assert not faults


def _reaches_out(tree: ast.AST) -> bool:
    for module, taken, _ in imports(tree):
        whole = f"{module}.{taken}." if taken else f"{module}."
        if any(whole.startswith(f"{network}.") for network in NETWORK):
            return True
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            first = node.args[0] if node.args else None
            named = str(first.value) if isinstance(first, ast.Constant) else ""
            if called in CONNECTS or (called == "import_module" and named in NETWORK):
                return True
        elif isinstance(node, ast.List | ast.Tuple) and node.elts:
            first = node.elts[0]
            words = str(first.value) if isinstance(first, ast.Constant) else ""
            if words.rpartition("/")[2] in PROGRAMS:
                return True
    return False


def test_only_listed_modules_reach_out() -> None:
    reaching = {module_of(name) for name, tree in trees().items() if _reaches_out(tree)}
    assert reaching == REACHES_OUT.keys(), "ask wardround.privacy.egress.Gate for a client"


@pytest.mark.parametrize(
    "around",
    [
        "import httpx",
        "from urllib import request",
        "import urllib.request as ask",
        "from requests.sessions import Session",
        "from importlib import import_module\nimport_module('http.client')",
        "def go():\n    import smtplib",
        "from authlib.integrations.httpx_client import OAuth2Client",
        "await asyncio.open_connection('203.0.113.9', 443)",
        "run(['curl', '-d', note, url])",
        "Popen(('/usr/bin/wget', url))",
    ],
)
def test_every_way_around_the_gate_is_seen(around: str) -> None:
    assert _reaches_out(ast.parse(around))


def _joined(*parts: str) -> str:
    return "".join(parts)


FOREIGN = {
    _joined("py", "pi.org"): "a package registry is the reader's to choose",
    _joined("pythonhosted", ".org"): "a package registry is the reader's to choose",
    _joined("npm", "js.org"): "a package registry is the reader's to choose",
    _joined("npm", "js.com"): "a package registry is the reader's to choose",
    _joined("debian", ".org"): "a package registry is the reader's to choose",
    _joined("--find", "-links"): "a package registry is the reader's to choose",
    _joined("extra-index", "-url"): "a package registry is the reader's to choose",
    _joined("field", "-notes"): "it is not part of the project",
    _joined("field", " notes"): "it is not part of the project",
    _joined("../", "shared"): "it is not part of the project",
    _joined("/wo", "rk/"): "it is a path of one machine",
    _joined("/ho", "me/"): "it is a path of one machine",
    _joined("/ro", "ot/"): "it is a path of one machine",
}

KNOWN = {".ci/run": {_joined("../", "shared")}}
"""Where one of them is meant: the tests' data, beside a checkout."""


def test_the_project_names_no_foreign_place() -> None:
    faults = []
    for name, text in texts().items():
        for word, reason in FOREIGN.items():
            if name == "LICENSE" or word in KNOWN.get(name, set()):
                continue
            if re.search(rf"(?<![\w.]){re.escape(word)}", text):
                faults.append(f"{name} names {word}: {reason}")
    assert not faults
