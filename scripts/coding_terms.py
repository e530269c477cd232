"""The terms of the coder's dictionary: the tabular list, everyday names, the neoplasm table.

A term is the sorted tuple of its words' forms, so that "pain in right knee" and "right knee pain"
are one. Each is told with its code and its kind; see ``KINDS``.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from wardround.capabilities.coding.finding.lexicon import LONGEST
from wardround.capabilities.coding.finding.words import forms_of

KINDS = ("title", "inclusion", "everyday", "part", "aligned", "piece")
"""A code's title; a term below it; a name of ``finding/terms``; a title without its "other"; words
that a coder's evidence was aligned with, and parts of these."""
_VAGUE = re.compile(
    r",? (unspecified|not elsewhere classified|NOS|NEC|not otherwise specified)\b"
    r"|\bunspecified\b|\bmellitus\b|,? without (mention of )?complications?\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"^(Other specified|Other|Unspecified) ")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")

Term = tuple[str, ...]


class Entry(NamedTuple):
    """A code of the tabular list."""

    code: str
    title: str
    inclusions: tuple[str, ...]
    children: tuple[str, ...]


def tabular() -> dict[str, Entry]:
    """Return the codes of the tabular list that the package simple_icd_10_cm carries."""
    folder = files("simple_icd_10_cm") / "data"
    path = next(one for one in folder.iterdir() if one.name.endswith(".xml"))
    found: dict[str, Entry] = {}
    # The file is our own dependency's, pinned by hash in the lock file.
    root = ET.fromstring(path.read_text("utf-8"))  # noqa: S314
    for section in root.iter("section"):
        for item in section.findall("diag"):
            _read(item, found)
    return found


def _read(item: ET.Element, found: dict[str, Entry]) -> None:
    children = item.findall("diag")
    inclusions = [
        note.text for group in item.findall("inclusionTerm") for note in group if note.text
    ]
    names = tuple(str(child.findtext("name")) for child in children)
    code = str(item.findtext("name"))
    found[code] = Entry(code, str(item.findtext("desc")), tuple(inclusions), names)
    for child in children:
        _read(child, found)


def billable() -> dict[str, str]:
    """Return every complete code, seventh characters included, with its title."""
    folder = files("simple_icd_10_cm") / "data"
    path = next(one for one in folder.iterdir() if one.name.startswith("code-list"))
    return {line.strip(): "" for line in path.read_text("utf-8").splitlines()}


def terms_of(codes: dict[str, Entry]) -> Iterator[tuple[Term, str, str]]:
    """Yield each term of the complete codes, its code and its kind."""
    for entry in codes.values():
        if entry.children:
            continue
        for kind, texts in (("title", [entry.title]), ("inclusion", entry.inclusions)):
            for text in texts:
                for variant in _variants(text):
                    partly = bool(_OTHER.match(text)) and not _OTHER.match(variant)
                    term = term_of(variant)
                    if 0 < len(term) <= LONGEST:
                        yield term, entry.code, "part" if partly else kind


def everyday() -> Iterator[tuple[Term, str, str]]:
    """Yield the names that this project wrote down, each with its code."""
    folder = files("wardround.capabilities.coding.finding") / "terms"
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        for group in tomllib.loads(path.read_text("utf-8")).values():
            for code, names in group.items():
                for name in names.split("|"):
                    yield term_of(name), code, "everyday"


_GROWTHS = {
    0: ("cancer", "carcinoma", "malignant neoplasm", "malignant tumor", "adenocarcinoma"),
    1: ("metastasis", "metastatic", "secondary malignant neoplasm"),
    2: ("carcinoma in situ",),
    3: ("benign neoplasm", "benign tumor"),
    4: ("neoplasm uncertain behavior",),
    5: ("neoplasm", "tumor"),
}
"""The columns of the neoplasm table, and how notes say them."""


def neoplasms(data: Path) -> Iterator[tuple[Term, str, str]]:
    """Yield the sites of the neoplasm table as notes name growths, where the table is there."""
    for path in sorted((data / "icd-10-cm").glob("neoplasm-*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314 - the CDC's file, from the user's own folder
        for main in root.iter("mainTerm"):
            yield from _sites(main, ())


def _sites(item: ET.Element, above: tuple[str, ...]) -> Iterator[tuple[Term, str, str]]:
    title = item.find("title")
    said = "" if title is None else "".join(title.itertext())
    path = (*above, re.sub(r"[*#\u25ca]", "", _BRACKETS.sub("", said)).strip())
    cells = {int(cell.get("col", "0")) - 2: (cell.text or "").strip() for cell in item.iter("cell")}
    own = {
        int(cell.get("col", "0")) - 2: (cell.text or "").strip() for cell in item.findall("cell")
    } or cells
    site = " ".join(part for part in path if not part.startswith("Neoplasm"))
    for column, code in own.items():
        if not re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]+)?", code) or column not in _GROWTHS:
            continue
        for growth, name in product(_GROWTHS[column], (site,)):
            term = term_of(f"{growth} {name}")
            if 1 < len(term) <= LONGEST:
                yield term, code, "inclusion"
    for child in item.findall("term"):
        yield from _sites(child, path)


def term_of(text: str) -> Term:
    """Return the words of a text as a term."""
    return tuple(sorted(forms_of(text)))


def _variants(text: str) -> set[str]:
    found = set()
    for whole in (text, _BRACKETS.sub("", text)):
        plain = _VAGUE.sub("", whole)
        found |= {whole, plain, _OTHER.sub("", plain)}
    return found


def successor(code: str, codes: dict[str, Entry]) -> str:
    """Return the complete code that says what an incomplete one said, or nothing.

    Where a code has since been divided, that is the unspecified one of its parts.
    """
    entry = codes.get(code)
    while entry is not None and entry.children:
        parts = [codes[child] for child in entry.children]
        vague = [part for part in parts if "unspecified" in part.title.lower()]
        if not vague:
            return ""
        entry = vague[-1]
    return "" if entry is None or entry.code == code else entry.code
