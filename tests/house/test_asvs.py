"""The ASVS checklist is whole, and what it names is there."""

import ast
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from tests.house.sources import ROOT, imports, trees
from wardround.settings import Settings

PAGE = ROOT / "docs" / "asvs.md"

LEVELS = {
    "1": ["22", "1111122223", "112222222223", "222", "123"],
    "2": ["122", "112", "12223", "23"],
    "3": ["3", "113", "12223", "11222233", "11122333", "3", "22333"],
    "4": ["12233", "23333", "22", "1222"],
    "5": ["2", "112333", "113", "222"],
    "6": ["122", "111111112222", "11223333", "112233", "22222333", "2223", "33", "2222"],
    "7": ["222", "1111", "22", "11222", "223", "22"],
    "8": ["1233", "1123", "133", "23"],
    "9": ["111", "1222"],
    "10": ["22", "223", "22223", "1111122222233333", "22222", "22", "222"],
    "11": ["2233", "22233", "11233", "1222", "23", "23", "33"],
    "12": ["12233", "11", "22223"],
    "13": ["2333", "222223", "2233", "1222233"],
    "14": ["22", "12223333", "122"],
    "15": ["12233", "12233", "1222222", "3333"],
    "16": ["2", "22222", "2222", "222", "2223"],
    "17": ["23", "22223333", "22"],
}
"""The level of each requirement of ASVS 5.0.0: by chapter, section and number."""

ANSWERS = ("yes", "partly", "no", "not applicable")
GRAVE = re.compile(r"\b(Low|Medium|High)\b")

ALGORITHMS = {
    "AESGCM": "AES-256-GCM",
    "Ed25519PrivateKey": "Ed25519",
    "PasswordHasher": "argon2id",
    "Scrypt": "scrypt",
    "TOTP": "TOTP",
    "blake2b": "BLAKE2b",
    "digest": "HMAC-SHA-256",
    "joserfc": "RS256, PS256, ES256, EdDSA",
    "sha256": "SHA-256",
    "webauthn": "passkeys",
}
"""What the source uses of cryptography, and the words of the inventory for it."""

NONE = {
    "InvalidHashError",
    "InvalidSignature",
    "InvalidTag",
    "VerificationError",
    "compare_digest",
    "file_digest",
    "load_pem_x509_certificates",
    "new",
    "random_base32",
    "utils",
}
"""Errors and helpers, by which nothing is encrypted, hashed or signed that the others do not."""

PARTS = ("argon2", "cryptography", "hashlib", "hmac", "pyotp")
WHOLE = ("joserfc", "webauthn")
"""Packages of cryptography: told by what is taken of them, or as a whole."""


class Row(NamedTuple):
    id: str
    level: str
    asks: str
    answer: str
    evidence: str


@cache
def rows() -> list[Row]:
    lines = PAGE.read_text().splitlines()
    cells = (line.strip("|").split("|") for line in lines if re.match(r"\| \d+\.\d+\.\d+ \|", line))
    return [Row(*(cell.strip() for cell in row)) for row in cells]


def test_every_requirement_of_both_levels_has_its_row() -> None:
    known = [
        (f"{chapter}.{section}.{number}", level)
        for chapter, sections in LEVELS.items()
        for section, levels in enumerate(sections, 1)
        for number, level in enumerate(levels, 1)
    ]
    assert Counter(level for _, level in known) == {"1": 70, "2": 183, "3": 92}
    assert [(row.id, row.level) for row in rows()] == [one for one in known if one[1] != "3"]


def test_every_answer_is_one_and_has_its_reason() -> None:
    for row in rows():
        assert row.answer in ANSWERS, row.id
        assert row.asks, row.id
        assert row.evidence, row.id
        assert bool(GRAVE.search(row.evidence)) is (row.answer in {"partly", "no"}), row.id


def test_the_counts_are_right() -> None:
    found = Counter((row.level, row.answer) for row in rows())
    for level, name in (("1", "1"), ("2", "2"), ("12", "both")):
        counts = [sum(found[one, answer] for one in level) for answer in ANSWERS]
        told = " | ".join(map(str, [name, *counts, sum(counts)]))
        assert f"| {told} |" in PAGE.read_text().splitlines()


def test_what_it_names_is_there() -> None:
    for row in rows():
        named = re.findall(r"`([\w./-]+\.\w+)(?:::(\w+))?`", row.evidence)
        named += [(name, "") for name in re.findall(r"`(tests/[\w/]+|Makefile)`", row.evidence)]
        for name, test in named:
            place = ROOT / name
            assert place.exists(), (row.id, name)
            if test:
                assert re.search(rf"^def {test}\(", place.read_text(), re.MULTILINE), (row.id, test)
        chosen = re.findall(r"`WARDROUND_(\w+)`", row.evidence)
        assert all(name.lower() in Settings.model_fields for name in chosen), row.id
        assert named or chosen or row.answer != "yes", row.id


def test_xml_is_read_in_one_place() -> None:
    readers = ("defusedxml", "lxml", "xml", "xmlschema", "xmltodict")
    reading = {
        (name, module)
        for name, tree in trees().items()
        for module, _, _ in imports(tree)
        if module.split(".")[0] in readers
    }
    assert reading == {("src/wardround/engines/terminology/xml.py", "xml.parsers")}


def test_every_use_of_cryptography_is_in_the_inventory() -> None:
    inventory = (ROOT / "docs" / "security.md").read_text()
    inventory = inventory.partition("## Keys and algorithms")[2].partition("\n## ")[0]
    used = set().union(*map(_cryptography, trees().values()))
    assert used - NONE == ALGORITHMS.keys()
    assert not [words for words in ALGORITHMS.values() if words not in inventory]


def _cryptography(tree: ast.AST) -> set[str]:
    """Return what a module takes of the packages of cryptography."""
    roots = {(module.split(".")[0], taken) for module, taken, _ in imports(tree)}
    taken = {taken or "" for root, taken in roots if root in PARTS}
    whole = {root for root, _ in roots if root in WHOLE}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in PARTS
        ):
            taken.add(node.attr)
    return (taken | whole) - {""}
