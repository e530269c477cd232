"""Cues: WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip (SRT).

Who speaks is a WebVTT voice (``<v Dr Smith>``), or a label as in a plain transcript; a cue without
either goes on with the speaker before it. Libraries exist for both formats, but webvtt-py leaves
out the cues it cannot read without a word, and srt takes time without bound over long digits.
Here words that were said are read or named as unreadable, never passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wardround.capabilities.documentation.formats.plain import Labels, labels_of
from wardround.capabilities.documentation.formats.speakers import UNKNOWN, speaker_of
from wardround.capabilities.documentation.model import Turn
from wardround.kernel import InvalidInput

_NEWLINE = re.compile(r"\r\n|\n|\r")
_STAMP = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMING = re.compile(rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}(?:[ \t].*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\n]{1,80})>", re.IGNORECASE)
_CLOSED = re.compile(r"</v>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines that were shown together, from ``start`` to ``end`` seconds."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def read_vtt(text: str, name: str) -> Iterator[Turn]:
    """Yield the turns of a WebVTT file; ``name`` is the file's, for errors."""
    lines = _NEWLINE.split(text)
    if not re.match(r"WEBVTT(?=[ \t]|$)", lines[0]):
        raise InvalidInput(
            "This WebVTT file does not begin with WEBVTT.",
            where=f"{name}, line 1",
            mend="Export it again as WebVTT.",
        )
    return _turns(list(_vtt(lines, name)))


def read_srt(text: str, name: str) -> Iterator[Turn]:
    """Yield the turns of an SRT file; ``name`` is the file's, for errors."""
    return _turns(list(_srt(_NEWLINE.split(text), name)))


def _vtt(lines: Sequence[str], name: str) -> Iterator[Cue]:
    for number, block in _blocks(lines):
        timed = next((i for i, line in enumerate(block) if "-->" in line), None)
        comment = re.match(r"(?:NOTE|STYLE|REGION)(?=\s|$)", block[0])
        if number == 0 and timed is None:
            continue
        if timed is None and comment is None:
            raise _malformed("This block has no line with times.", number, name)
        if timed in {0, 1} and (number or timed == 0):
            payload = block[timed + 1 :]
            if any("-->" in line for line in payload):
                raise _malformed("Two cues have no empty line between them.", number, name)
            yield _cue(block[timed], number + timed, name, payload)
        elif comment is None:
            raise _malformed("The times of this cue are not where they belong.", number, name)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the runs of lines that are not blank, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _srt(lines: Sequence[str], name: str) -> Iterator[Cue]:
    current: Cue | None = None
    for number, line in enumerate(lines):
        if "-->" in line:
            if current is not None:
                yield current
            current = _cue(line, number, name, [])
        elif line.strip().isdigit() and number + 1 < len(lines) and "-->" in lines[number + 1]:
            continue
        elif current is not None:
            current.lines.append(line)
        elif line.strip():
            raise _malformed("This line stands before the first cue.", number, name)
    if current is not None:
        yield current


def _cue(line: str, number: int, name: str, payload: list[str]) -> Cue:
    found = _TIMING.fullmatch(line)
    if found is None:
        raise _malformed("The times of this cue cannot be read.", number, name)
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end < start:
        raise _malformed("This cue ends before it starts.", number, name)
    return Cue(start, end, payload)


def _seconds(stamp: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = stamp
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return (whole * 1000 + int((fraction or "0").ljust(3, "0"))) / 1000


def _malformed(what: str, number: int, name: str) -> InvalidInput:
    return InvalidInput(
        what,
        where=f"{name}, line {number + 1}",
        mend="A cue is a line 00:00:01.000 --> 00:00:02.000 and then its words.",
    )


def _turns(cues: Sequence[Cue]) -> Iterator[Turn]:
    labels = labels_of([line for cue in cues for line in cue.lines])
    speaker = UNKNOWN
    for cue in cues:
        for said in _spoken("\n".join(cue.lines), labels):
            speaker = said[0] or speaker
            if said[1].strip():
                yield Turn(
                    speaker=speaker, source=said[1], offset=said[2], start=cue.start, end=cue.end
                )


def _spoken(payload: str, labels: Labels) -> Iterator[tuple[str | None, str, int]]:
    """Yield speaker, source and offset of each part of a cue; no speaker where none is named."""
    voices = list(_VOICE.finditer(payload))
    yield from _labelled(payload[: voices[0].start()] if voices else payload, labels)
    for voice, after in zip(voices, [*voices[1:], None], strict=False):
        end = after.start() if after else len(payload)
        source = payload[voice.start() : end]
        closed = _CLOSED.search(source)
        rest = source[closed.end() :] if closed else ""
        source = (source[: closed.start()] if closed else source).rstrip()
        yield speaker_of(voice[1]), source, min(voice.end() - voice.start(), len(source))
        yield from _labelled(rest, labels)


def _labelled(text: str, labels: Labels) -> Iterator[tuple[str | None, str, int]]:
    part: list[str] = []
    speaker, offset = None, 0
    for line in text.split("\n"):
        found = labels.find(line)
        if found and part:
            yield speaker, "\n".join(part), offset
            part = []
        if found:
            speaker, offset = found
        if found or part or line.strip():
            part.append(line)
    if part:
        yield speaker, "\n".join(part).rstrip(), min(offset, len("\n".join(part).rstrip()))
