"""Train the vocabulary that the PHI detector ships: words that are written in lower case.

    WARDROUND_DATA=… python scripts/train_privacy.py

A word that clinical prose writes in lower case is no name there, however many people bear it. It
counts the words of published notes as they are cased, so only texts with sentence case are read:
notes, not recognised speech, and no part that an evaluation is made of.
"""

import csv
import gzip
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

OUT = Path("src/wardround/privacy/deid/text/words.txt.gz")
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


def main() -> None:
    if "WARDROUND_DATA" not in os.environ:
        sys.exit("Set WARDROUND_DATA to the folder of published data sets.")
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts(Path(os.environ["WARDROUND_DATA"])):
        for found in WORD.finditer(text):
            word = found[0].replace("\u2019", "'")
            (lower if word == word.lower() else upper)[word.lower()] += 1
    lines = []
    for word, number in sorted(lower.items()):
        if len(word) < 2 or number < LEAST["known"] or number * 3 < upper[word] - number:
            continue
        lines.append(f"{word} {2 if number >= LEAST['common'] else 1}")
    with OUT.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
        file.write("\n".join(lines).encode())
    print(f"{len(lines)} words, {OUT.stat().st_size} bytes: {OUT}")


if __name__ == "__main__":
    main()
