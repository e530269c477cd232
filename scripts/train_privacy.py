"""Train the vocabulary that the PHI detector ships: words that are written in lower case.

    WARDROUND_DATA=… python scripts/train_privacy.py

A word that clinical prose writes in lower case is no name there, however many people bear it. It
counts the words of published notes as they are cased, so only texts with sentence case are read:
notes, not recognised speech, and no part that an evaluation is made of. To them come the words of
the ICD-10-CM's descriptions and of its table of drugs and chemicals, which nobody is named by.
"""

import csv
import gzip
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

OUT = Path("src/wardround/privacy/deid/text/words.txt.gz")
SHORT_OF_SIGNS = re.compile(r"[A-Za-z]{3,}")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
LEAST = {"common": 20, "known": 2}


def texts(data: Path) -> Iterator[str]:
    for name in ("train", "valid"):
        with (data / "aci-bench" / f"{name}.csv").open(newline="") as file:
            yield from (row["note"] for row in csv.DictReader(file))
        with (data / "mts-dialog" / f"{name}.csv").open(newline="") as file:
            yield from (row["section_text"] for row in csv.DictReader(file))
    for path in sorted((data / "codiesp").rglob("*.txt")):
        yield path.read_text("utf-8", errors="replace")
    for path in sorted((data / "primock57" / "notes").rglob("*.json")):
        yield path.read_text("utf-8")
    for path in sorted((data / "icd-10-cm").glob("*.xml")):
        tree = ET.parse(path)  # noqa: S314
        yield from (element.text or "" for element in tree.iter("title"))


def diseases() -> Iterator[str]:
    """Yield the words of the classification of diseases, as they are cased."""
    folder = files("simple_icd_10_cm") / "data"
    tabular = next(path for path in folder.iterdir() if path.name.endswith(".xml"))
    for element in ET.fromstring(tabular.read_text("utf-8")).iter():  # noqa: S314
        if element.tag in {"desc", "note"}:
            yield from SHORT_OF_SIGNS.findall(element.text or "")


def drugs(data: Path) -> Iterator[str]:
    """Yield the words of its table of drugs and chemicals."""
    (table,) = (data / "icd-10-cm").glob("drug-*.xml")
    for title in ET.parse(table).iter("title"):  # noqa: S314
        yield from SHORT_OF_SIGNS.findall("".join(title.itertext()))


def main() -> None:
    if "WARDROUND_DATA" not in os.environ:
        sys.exit("Set WARDROUND_DATA to the folder of published data sets.")
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    data = Path(os.environ["WARDROUND_DATA"])
    for text in texts(data):
        for found in WORD.finditer(text):
            word = found[0].replace("\u2019", "'")
            (lower if word == word.lower() else upper)[word.lower()] += 1
    levels = dict.fromkeys(map(str.lower, diseases()), "d")
    levels |= dict.fromkeys(map(str.lower, drugs(data)), "m")
    levels |= dict.fromkeys(filter(str.islower, diseases()), "1")
    for word, number in sorted(lower.items()):
        if len(word) < 2 or number < LEAST["known"] or number * 3 < upper[word] - number:
            continue
        levels[word] = "2" if number >= LEAST["common"] else "1"
    with OUT.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
        file.write("\n".join(f"{word} {level}" for word, level in sorted(levels.items())).encode())
    print(f"{len(levels)} words, {OUT.stat().st_size} bytes: {OUT}")


if __name__ == "__main__":
    main()
