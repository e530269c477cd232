"""Measure how often drafting abstains from visits, and how often it does not from other talk.

    python scripts/measure_suitability.py DATA

Visits are those of ACI-Bench, PriMock57, MTS-Dialog (150 words and more) and the sample clinic;
other talk is what tests/capabilities/documentation/other_talk holds, spoken as doctor and patient.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from wardround.capabilities.documentation import Transcript, Turn, read_transcript
from wardround.capabilities.documentation.suitability import unsuitable

ROOT = Path(__file__).resolve().parents[1]
TALK = ROOT / "tests" / "capabilities" / "documentation" / "other_talk"
CLINIC = ROOT / "src" / "wardround" / "clinic" / "visits"


def dialogues(path: Path, least: int = 0) -> Iterator[Transcript]:
    """Yield the dialogues of a published CSV file that have at least ``least`` words."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if len(row["dialogue"].split()) >= least:
                yield read_transcript([("visit.txt", row["dialogue"].encode())])


def recordings(folder: Path) -> Iterator[Transcript]:
    """Yield the visits of a folder: two TextGrids are one."""
    for path in sorted(folder.iterdir()):
        if path.stem.endswith("_patient"):
            continue
        other = path.with_name(path.name.replace("_doctor", "_patient"))
        files = [path] if other == path else [path, other]
        yield read_transcript([(file.name, file.read_bytes()) for file in files])


def talks(name: str) -> Iterator[Transcript]:
    """Yield the talks of a file, each line a turn of doctor and patient in turn."""
    for talk in (TALK / name).read_text(encoding="utf-8").split("=== ")[1:]:
        turns = talk.strip().splitlines()[1:]
        yield Transcript(
            turns=tuple(
                Turn(speaker=("doctor", "patient")[number % 2], source=words)
                for number, words in enumerate(turns)
            )
        )


def sets(data: Path) -> Iterator[tuple[str, Iterable[Transcript]]]:
    """Yield the name of each set and what it holds."""
    aci = data / "aci-bench"
    for name in ("train", "valid", "test1"):
        yield f"ACI-Bench {name}", dialogues(aci / f"{name}.csv")
    for path in sorted((aci / "asr").glob("*.csv")):
        yield f"ACI-Bench asr/{path.stem}", dialogues(path)
    yield "PriMock57 day 1", recordings(data / "primock57" / "transcripts")
    yield "MTS-Dialog train, 150 words and more", dialogues(data / "mts-dialog" / "train.csv", 150)
    yield "MTS-Dialog valid, 150 words and more", dialogues(data / "mts-dialog" / "valid.csv", 150)
    yield "sample clinic", recordings(CLINIC)
    for name in ("short_visits", "tuning", "held_back", "fresh"):
        yield name, talks(f"{name}.txt")


def main() -> int:
    if len(sys.argv) != 2:
        print("Name the folder of the published data sets.", file=sys.stderr)
        return 2
    print(f"{'':40}{'all':>6}{'drafted':>9}{'abstained':>11}")
    for name, found in sets(Path(sys.argv[1])):
        reasons = [unsuitable(transcript) for transcript in found]
        drafted = reasons.count(None)
        print(f"{name:40}{len(reasons):6}{drafted:9}{len(reasons) - drafted:11}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
