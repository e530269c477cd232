"""Transcripts: what was handed in, in any of the formats, read into turns.

Plain text, JSON turns, WebVTT and SRT are one file each; Praat TextGrids are a file for each
speaker, named by their endings ``_doctor`` and ``_patient``, or one file with a tier for each.
The format follows from what the file holds where that is plain, and else from its name or media
type. No error quotes what was said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath
from typing import Any

from wardround.capabilities.documentation.formats import cues, plain, textgrid, turns
from wardround.capabilities.documentation.formats.speakers import KNOWN, speaker_of
from wardround.capabilities.documentation.model import Transcript, Turn
from wardround.capabilities.documentation.suitability import unsuitable
from wardround.kernel import InvalidInput, TooLarge

MOST_BYTES = 2_000_000
"""The most that one visit may hold; an hour of speech is about 60,000 bytes as plain text."""
MOST_TURNS = 10_000

_TAGS = "Begin each turn with [doctor] or [patient]."
_SHORTEN = "Hand in one visit at a time."
_KINDS = {
    "json": ("json",),
    "vtt": ("vtt", "webvtt"),
    "srt": ("srt", "subrip", "x-subrip"),
    "textgrid": ("textgrid",),
}
_SIGNS = {
    "vtt": re.compile(r"\s*WEBVTT(?=\s|$)"),
    "textgrid": re.compile(r'\s*(?:File type\s*=\s*)?"oo(?:Text|Binary)File'),
    "json": re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])"),
    "srt": re.compile(r"\s*\d{1,6}[ \t]*\r?\n[ \t]*[\d:]+[.,]\d+[ \t]*-->"),
}


def read_transcript(parts: Sequence[tuple[str, bytes]]) -> Transcript:
    """Return what was said; each part is a file's name (or media type) and its bytes.

    Raise ``TooLarge`` beyond ``MOST_BYTES`` or ``MOST_TURNS``, and ``InvalidInput`` where the
    parts cannot be read, naming file, line and mend.
    """
    if not parts:
        raise InvalidInput("No transcript was handed in.", mend="Name a file.")
    _measure(sum(len(data) for _, data in parts), parts[0][0])
    texts = [(name, _decode(name, data)) for name, data in parts]
    kinds = [_kind(name, text) for name, text in texts]
    if "textgrid" in kinds:
        if set(kinds) != {"textgrid"}:
            raise _too_many(len(parts))
        return _checked(_textgrids(texts), texts[0][0])
    if len(parts) > 1:
        raise _too_many(len(parts))
    name, text = texts[0]
    return _checked(_READERS[kinds[0]](text, name), name, text)


def parse_record(line: Mapping[str, Any]) -> Transcript:
    """Return what was said in one record of a bulk run: its ``transcript`` or its ``turns``."""
    text, listed = line.get("transcript"), line.get("turns")
    if (text is None) == (listed is None):
        lack = "neither a transcript nor turns" if text is None else "a transcript and turns"
        raise InvalidInput(f"This record has {lack}.", mend="Give it one of the two.")
    if text is None:
        said = _checked(turns.parse(listed, "record"), "record")
        _measure(sum(len(turn.source.encode()) for turn in said.turns), "record")
        return said
    if not isinstance(text, str):
        raise InvalidInput("The transcript of this record is not text.", mend=_TAGS)
    try:
        _measure(len(text.encode()), "record")
    except UnicodeEncodeError:
        raise InvalidInput("This transcript is not Unicode.", where="transcript") from None
    return _checked(plain.read(text), "transcript", text)


def _measure(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise TooLarge(
            f"This is {size / 1e6:.1f} MB; a visit may have {MOST_BYTES / 1e6:.0f} MB.",
            where=name,
            mend=_SHORTEN,
        )


def _decode(name: str, data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"Byte {error.start} is no {encoding.removesuffix('-sig').upper()}.",
            where=f"{name}, line {line}",
            mend="Save the file as UTF-8 text.",
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InvalidInput(
            "This is not text.", where=f"{name}, line {line}", mend="Save the file as UTF-8 text."
        )
    return text


def _kind(name: str, text: str) -> str:
    ending = re.split(r"[./;]", PurePath(name.lower()).name.partition(";")[0].strip())[-1]
    named = next((kind for kind, endings in _KINDS.items() if ending in endings), None)
    return named or next((kind for kind, sign in _SIGNS.items() if sign.match(text)), "plain")


_READERS: dict[str, Callable[[str, str], Iterable[Turn]]] = {
    "plain": lambda text, _: plain.read(text),
    "json": turns.read,
    "vtt": cues.read_vtt,
    "srt": cues.read_srt,
}


def _too_many(number: int) -> InvalidInput:
    return InvalidInput(
        f"{number} files are not one visit.",
        mend="Hand in one file, or two TextGrids whose names end in _doctor and _patient.",
    )


def _textgrids(texts: Sequence[tuple[str, str]]) -> Iterator[Turn]:
    if len(texts) == 1:
        spoken = _tiers(*texts[0])
    else:
        spoken = [_whole(name, text) for name, text in _paired(texts)]
    timed = [(interval, speaker) for speaker, tier in spoken for interval in tier]
    for interval, speaker in sorted(timed, key=lambda item: (item[0].start, item[0].end)):
        yield Turn(speaker=speaker, source=interval.text, start=interval.start, end=interval.end)


Spoken = tuple[str, tuple[textgrid.Interval, ...]]


def _tiers(name: str, text: str) -> list[Spoken]:
    """Return a file's tiers by speaker, where one file holds the whole visit."""
    tiers = textgrid.read(text, name)
    speakers = [speaker_of(tier.name) for tier in tiers]
    if not KNOWN.issubset(speakers):
        stem, role = _ending(name)
        other = {"doctor": "patient", "patient": "doctor"}.get(role)
        raise InvalidInput(
            "This TextGrid holds one side of a visit.",
            where=name,
            mend=f"Hand in {stem}_{other}.TextGrid with it."
            if other
            else "Hand in two files whose names end in _doctor and _patient, or name its tiers so.",
        )
    return [(speaker, tier.intervals) for speaker, tier in zip(speakers, tiers, strict=True)]


def _paired(texts: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    endings = [_ending(name) for name, _ in texts]
    if len(texts) != 2 or {role for _, role in endings} != KNOWN:
        raise InvalidInput(
            f"{len(texts)} TextGrids are not the two sides of a visit.",
            where=", ".join(name for name, _ in texts[:3]),
            mend="Hand in two files whose names end in _doctor and _patient.",
        )
    if endings[0][0] != endings[1][0]:
        raise InvalidInput(
            "These TextGrids are of two visits: their names differ before the ending.",
            where=f"{texts[0][0]}, {texts[1][0]}",
            mend="Hand in the two files of one visit.",
        )
    return texts


def _whole(name: str, text: str) -> Spoken:
    """Return the one tier that holds words, where a file holds one speaker."""
    spoken = [tier for tier in textgrid.read(text, name) if tier.intervals]
    if len(spoken) > 1:
        raise InvalidInput(
            f"{len(spoken)} tiers of this TextGrid hold words.",
            where=name,
            mend="Leave one tier with what this speaker said.",
        )
    return _ending(name)[1], spoken[0].intervals if spoken else ()


def _ending(name: str) -> tuple[str, str]:
    """Return a file's name before its ending, and the speaker that the ending names."""
    stem = PurePath(name).name.rsplit(".", 1)[0]
    found = re.fullmatch(r"(.*?)[-_ .]?([^\W_]+)", stem)
    return (found[1], speaker_of(found[2])) if found else (stem, "")


def _checked(said: Iterable[Turn], name: str, text: str = "") -> Transcript:
    """Return the turns as a transcript, where they are not too many and a speaker is known.

    Nobody known is an error only where there is a visit to write of: other talk is read, so that
    the draft can abstain and say why.
    """
    found = tuple(islice(said, MOST_TURNS + 1))
    if len(found) > MOST_TURNS:
        raise TooLarge(f"A visit may have {MOST_TURNS} turns.", where=name, mend=_SHORTEN)
    transcript = Transcript(turns=found)
    if not KNOWN.intersection(turn.speaker for turn in found) and unsuitable(transcript) is None:
        line = text.count("\n", 0, max(0, text.find(found[0].source))) + 1
        raise InvalidInput(
            "Nobody here is called doctor or patient.", where=f"{name}, line {line}", mend=_TAGS
        )
    return transcript
