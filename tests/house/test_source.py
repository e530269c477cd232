"""House rules on the source itself, each with the reason it is there."""

import ast
import re

from tests.house.sources import imports, module_of, texts, trees

LONGEST = 300

LONG: dict[str, str] = {}
"""Files of more than ``LONGEST`` lines, each with the reason it is one file."""

WRITTEN = (".css", ".html", ".js", ".md", ".py", ".sh", ".toml", "Makefile", ".ci/run")
"""What is written by hand and read by people; the rest is data, or generated."""

REACHES_OUT: dict[str, str] = {
    "wardround.interfaces.cli.download": "published data sets, when a person asks for one",
    "wardround.interfaces.cli.serving": "listens where the pages are served",
}
"""Modules that may open a connection, each with what for."""

NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
}

UNSAFE_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
"""They run what they read."""

UNSAFE_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load"}


def test_a_file_is_short_enough_to_be_one() -> None:
    lengths = {name: texts()[name].count("\n") for name in texts() if name.endswith(WRITTEN)}
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert long.keys() == LONG.keys(), f"is each of them two? {long}"


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


def test_only_listed_modules_reach_out() -> None:
    reaching = set()
    for name, tree in trees().items():
        for module, taken, _ in imports(tree):
            whole = f"{module}.{taken}." if taken else f"{module}."
            if any(whole.startswith(f"{network}.") for network in NETWORK):
                reaching.add(module_of(name))
    assert reaching == REACHES_OUT.keys()


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
