"""The published visits that documentation is measured on, as their publishers lay them out."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wardround.capabilities.documentation.model import Transcript, Turn
from wardround.kernel import InvalidInput

_TAG = re.compile(r"\[(\w+)\]\s*")
_INLINE = re.compile(r"\s(?=\[(?:doctor|patient|guest_\w+)\] )")


class Visit(NamedTuple):
    """One published visit: what was said, and the note that its publisher holds for right."""

    identifier: str
    transcript: Transcript
    note: str

    @property
    def words(self) -> str:
        """What was said, one turn a line, without speakers."""
        return "\n".join(turn.text for turn in self.transcript.turns)


def read_visits(path: Path) -> list[Visit]:
    """Return the visits of an ACI-Bench CSV file."""
    return [
        Visit(row.get("encounter_id") or row["id"], turns(row["dialogue"]), row["note"])
        for row in rows(path)
    ]


def read_snippets(path: Path) -> list[Visit]:
    """Return the short dialogues of an MTS-Dialog CSV file, each with the text of its section."""
    return [Visit(row["ID"], turns(row["dialogue"]), row["section_text"]) for row in rows(path)]


def turns(dialogue: str) -> Transcript:
    """Return a dialogue of ``[speaker] words`` or ``Speaker: words`` lines as a transcript."""
    found = []
    for line in _INLINE.sub("\n", dialogue).splitlines():
        tag = _TAG.match(line) or re.match(r"(Doctor|Patient|Guest\w*):\s*", line)
        if tag:
            found.append(Turn(speaker=tag[1].lower(), source=line, offset=tag.end()))
        elif line.strip():
            speaker = found[-1].speaker if found else "doctor"
            found.append(Turn(speaker=speaker, source=line))
    return Transcript(turns=tuple(found))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file; raise ``InvalidInput`` if it is missing or lacks notes."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            found = list(csv.DictReader(file))
    except OSError as error:
        raise InvalidInput(
            "The published data set is not there.",
            where="/".join(path.parts[-2:]),
            mend="Name the folder that holds aci-bench/ with --data, or set WARDROUND_DATA.",
        ) from error
    if not found or not {"dialogue", "note", "section_text"} & set(found[0]):
        raise InvalidInput("This file holds no notes.", where="/".join(path.parts[-2:]))
    return found


def peers(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name and the notes, by visit, of each system whose notes are published."""
    for path in sorted(folder.glob("*_test1.csv")):
        yield (
            path.name.removesuffix("_test1.csv"),
            {row["encounter_id"]: row["note"] for row in rows(path)},
        )
