"""What a letter may rest on, in lines: the payer's answer, the claim, and the signed note."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import orjson
from pydantic import TypeAdapter

from wardround.capabilities.appeal.model import Asked, Place
from wardround.kernel import Noun, TextSpan

SOURCES = "sources"
"""The name of the input whose lines the evidence counts; each line is a part of it."""

_ENDS = re.compile(r"(?<=[.!?])\s+")


class Line(Noun):
    """One line: of which source, what it tells (``key``), and where its value begins.

    ``at`` is where a line of the note begins in the note.
    """

    of: Literal["answer", "claim", "note"]
    text: str
    key: str = ""
    begins: int = 0
    at: int = 0

    @property
    def value(self) -> str:
        """What stands behind the label."""
        return self.text[self.begins :]


_LINES = TypeAdapter(tuple[Line, ...])


def lines_of(asked: Asked, note: str) -> tuple[Line, ...]:
    """Return the lines that a letter about this denial may rest on."""
    return (*_answer(asked), *_claim(asked), *_note(note))


def written(lines: Sequence[Line]) -> bytes:
    """Return lines as they are saved with the order."""
    return orjson.dumps([line.model_dump(mode="json") for line in lines])


def read(data: bytes) -> tuple[Line, ...]:
    """Return the lines that were saved."""
    return _LINES.validate_json(data)


def span_of(lines: Sequence[Line], key: str) -> TextSpan | None:
    """Return where the value of a key stands; ``None`` where no line tells it."""
    for number, line in enumerate(lines):
        if line.key == key:
            return TextSpan(input=SOURCES, part=number, start=line.begins, end=len(line.text))
    return None


def quoted(lines: Sequence[Line], places: Sequence[Place]) -> tuple[TextSpan, ...]:
    """Return the sentences of the note that hold some places, each once, in their order."""
    found: dict[tuple[int, int], TextSpan] = {}
    for place in places:
        for number, line in enumerate(lines):
            if line.of != "note" or not _meets(line, place):
                continue
            for start, end in _sentences(line.text):
                if line.at + start < place.end and place.start < line.at + end:
                    span = TextSpan(input=SOURCES, part=number, start=start, end=end)
                    found[number, start] = span
    return tuple(found[key] for key in sorted(found))


def words(lines: Sequence[Line], span: TextSpan) -> str:
    """Return what stands at a place."""
    return lines[span.part].text[span.start : span.end]


def day(when: date) -> str:
    """Return a day as letters write it: ``November 2, 2026``."""
    return f"{when:%B} {when.day}, {when.year}"


def dollars(amount: Decimal) -> str:
    """Return an amount as letters write it: ``$1,204.50``."""
    return f"${amount:,.2f}"


def _answer(asked: Asked) -> Iterator[Line]:
    denial = asked.denial
    whose = "the payer's contract may say another" if denial.assumed else "as it is known"
    yield _told("answer", "payer", "Payer", asked.payer)
    yield from _if("answer", "payer_control", "Payer's number of the claim", asked.payer_control)
    yield _told("answer", "trace", "Payment", denial.trace)
    yield _told("answer", "decided", "Decided on", day(denial.decided))
    yield _told("answer", "charge", "Charge as decided", dollars(denial.charge))
    yield _told("answer", "paid", "Paid", dollars(denial.paid))
    yield _told("answer", "amount", "Refused", dollars(denial.amount))
    yield _told("answer", "code", "Reason code", f"{denial.group}-{denial.reason}")
    yield _told("answer", "says", "Reason in our words", denial.says)
    for remark in denial.remarks:
        yield _told("answer", f"remark {remark.code}", "Remark", remark.code)
        if remark.says:
            yield _told("answer", f"remark {remark.code} says", "In our words", remark.says)
    yield _told("answer", "due", f"Last day to appeal ({whose})", day(denial.due))


def _claim(asked: Asked) -> Iterator[Line]:
    service, sender = asked.service, asked.sender
    yield _told("claim", "claim", "Claim", asked.claim)
    yield _told("claim", "patient", "Patient", asked.patient.name)
    if asked.patient.born:
        yield _told("claim", "born", "Born", day(asked.patient.born))
    yield from _if("claim", "member", "Member number", asked.patient.member)
    yield from _if("claim", "service", "Service", " ".join((service.code, *service.modifiers)))
    yield from _if("claim", "modifiers", "Modifiers", ", ".join(service.modifiers))
    if service.day:
        yield _told("claim", "day", "Day of service", day(service.day))
    for place, one in enumerate(asked.diagnoses):
        yield _told("claim", f"diagnosis {place}", f"Diagnosis {place + 1}", one.code)
    yield from _if("claim", "authorization", "Authorization", asked.authorization)
    for place, sent in enumerate(asked.sent):
        yield _told("claim", f"sent {place}", "Sent on", day(sent.day))
        yield _told("claim", f"file {place}", "In the file with control number", sent.file)
        if sent.accepted:
            label = "Acknowledgment that took it up, read on"
            yield _told("claim", f"accepted {place}", label, day(sent.accepted))
    yield from _if("claim", "note_by", "Note signed by", asked.note_by)
    if asked.note_on:
        yield _told("claim", "note_on", "Note signed on", day(asked.note_on))
    yield _told("claim", "sender", "Billing provider", sender.name)
    yield from _if("claim", "npi", "NPI", sender.npi)
    yield from _if("claim", "address", "Address", ", ".join(sender.address))
    yield from _if("claim", "phone", "Telephone", sender.phone)


def _note(note: str) -> Iterator[Line]:
    at = 0
    for line in note.splitlines(keepends=True):
        text = line.strip()
        if text:
            yield Line(of="note", text=text, at=at + line.index(text))
        at += len(line)


def _told(of: Literal["answer", "claim"], key: str, label: str, value: str) -> Line:
    return Line(of=of, text=f"{label}: {value}", key=key, begins=len(label) + 2)


def _if(of: Literal["answer", "claim"], key: str, label: str, value: str) -> Iterator[Line]:
    if value.strip():
        yield _told(of, key, label, value)


def _meets(line: Line, place: Place) -> bool:
    return line.at < place.end and place.start < line.at + len(line.text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a line begins and ends."""
    start = 0
    for gap in _ENDS.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)
