"""How a drafted note is printed: text to read, JSON as in a bulk run, or FHIR R4."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wardround.capabilities.documentation import Note, Transcript, record, transcript_of
from wardround.interfaces.cli.console import write, write_json
from wardround.interfaces.cli.preliminary import bundle
from wardround.kernel import (
    Capability,
    Context,
    Drafted,
    InMemory,
    Json,
    Order,
    Part,
    Severity,
    TextSpan,
)


@dataclass(frozen=True)
class Said:
    """One visit, drafted: what was handed in and what came of it."""

    capability: Capability
    parts: list[Part]
    order: Order
    drafted: Drafted
    name: str
    chart: Context | None

    @property
    def context(self) -> InMemory:
        """What the capability may reach."""
        return InMemory(self.parts, self.chart)

    @property
    def transcript(self) -> Transcript:
        """What was said, turn by turn."""
        return transcript_of(self.order.inputs, self.context)


def text(said: Said) -> None:
    """Print the note, and under each sentence the words it stands on; turns count from 0."""
    if said.drafted.abstained is not None:
        write(f"No note was drafted: {said.drafted.abstained}")
        return
    note = Note.model_validate(said.drafted.content)
    for place, section in enumerate(note.sections):
        write(f"{section.title.upper()}\n")
        for number, sentence in enumerate(section.sentences):
            write(sentence.text)
            for line in _quotes(said, f"/sections/{place}/sentences/{number}"):
                write(f"    {line}")
        write("")
    for line in _findings(said):
        write(line)
    model = said.drafted.model
    write(f"Drafted by {model.name} {model.version}; not signed by anybody.")


def json(said: Said) -> None:
    """Print the record that a bulk run writes for this visit, with the turns it counts in."""
    answer: dict[str, Json] = record(said.name, said.drafted)
    answer["turns"] = [turn.model_dump(exclude_none=True) for turn in said.transcript.turns]
    write_json(answer)


def fhir(said: Said) -> None:
    """Print the resources of the note, unsigned and preliminary, as a Bundle."""
    if said.drafted.abstained is None:
        write_json(bundle(said.capability, said.order, said.drafted, said.context))
        return
    issue: dict[str, Json] = {
        "severity": "information",
        "code": "not-supported",
        "diagnostics": f"No note was drafted: {said.drafted.abstained}",
    }
    write_json({"resourceType": "OperationOutcome", "issue": [issue]})


def _quotes(said: Said, claim: str) -> Iterator[str]:
    turns = said.transcript.turns
    for item in said.drafted.evidence:
        for source in item.sources if item.claim == claim else ():
            if isinstance(source, TextSpan):
                turn = turns[source.part]
                words = " ".join(turn.source[source.start : source.end].split())
                yield f"{source.part} {turn.speaker}: {words}"


def _findings(said: Said) -> Iterator[str]:
    labels: dict[Any, str] = {Severity.BLOCK: "BLOCKS", Severity.WARN: "WARNING"}
    found = said.drafted.findings
    if found:
        yield "FINDINGS\n"
    for finding in found:
        mend = f" {finding.mend}" if finding.mend else ""
        yield f"{labels.get(finding.severity, 'NOTE')} {finding.message}{mend}"
    if found:
        yield ""
