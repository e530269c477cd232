"""JSON transcripts: a list of turns, or an object that has one under ``turns``.

A turn is ``{"speaker": …, "text": …, "start": …, "end": …}``; the times are seconds and may be
absent. What else a turn holds is left aside.
"""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

import orjson

from wardround.capabilities.documentation.formats.speakers import speaker_of
from wardround.capabilities.documentation.model import Turn
from wardround.kernel import InvalidInput

SHAPE = (
    'A turn is {"speaker": "doctor", "text": "…", "start": 1.5, "end": 3.0}; times may be absent.'
)


def read(text: str, name: str) -> Iterator[Turn]:
    """Yield the turns of a JSON transcript; ``name`` is the file's, for errors."""
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(
            f"This is not JSON: {error.msg}.",
            where=f"{name}, line {error.lineno}, column {error.colno}",
            mend="Mend the file there, or export it again.",
        ) from None
    if isinstance(document, dict):
        if "turns" not in document:
            raise InvalidInput("This JSON has no turns.", where=name, mend=f'Give "turns". {SHAPE}')
        document = document["turns"]
    return parse(document, name)


def parse(document: object, name: str) -> Iterator[Turn]:
    """Yield the turns of a parsed list; raise ``InvalidInput`` where one is not a turn."""
    if not isinstance(document, list):
        raise InvalidInput("The turns are no list.", where=f"{name}, turns", mend=SHAPE)
    for number, item in enumerate(document):
        where = f"{name}, turns[{number}]"
        if not isinstance(item, Mapping):
            raise InvalidInput("This is no turn.", where=where, mend=SHAPE)
        speaker, words = _string(item, "speaker", where), _string(item, "text", where)
        start, end = _seconds(item, "start", where), _seconds(item, "end", where)
        if start is not None and end is not None and end < start:
            raise InvalidInput("This turn ends before it starts.", where=where, mend=SHAPE)
        yield Turn(speaker=speaker_of(speaker), source=words, start=start, end=end)


def _string(item: Mapping[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if not isinstance(value, str):
        lack = "has no" if value is None else "has something other than text as"
        raise InvalidInput(f"This turn {lack} {key}.", where=where, mend=SHAPE)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidInput(f"The {key} is not Unicode.", where=where, mend=SHAPE) from None
    return value


def _seconds(item: Mapping[str, Any], key: str, where: str) -> float | None:
    value = item.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInput(f"The {key} is not a number of seconds.", where=where, mend=SHAPE)
    if not isfinite(value) or value < 0:
        raise InvalidInput(f"The {key} is before the recording.", where=where, mend=SHAPE)
    return float(value)
