"""A visit, said line by line."""

from functools import cache

from wardround.capabilities.documentation.benchmark import turns
from wardround.capabilities.documentation.model import Note, Transcript
from wardround.capabilities.documentation.writer import Writer
from wardround.engines.text import load
from wardround.kernel import Evidence


@cache
def writer() -> Writer:
    return Writer(load())


def said(*lines: str) -> Transcript:
    """Return a transcript of ``d: …`` and ``p: …`` lines."""
    speakers = {"d": "[doctor]", "p": "[patient]", "g": "[guest]"}
    return turns("\n".join(f"{speakers[line[0]]} {line[3:]}" for line in lines))


def note_of(*lines: str, sex: str | None = None) -> tuple[Note, tuple[Evidence, ...]]:
    return writer().write(said(*lines), sex=sex)


def text_of(*lines: str, sex: str | None = None) -> str:
    return note_of(*lines, sex=sex)[0].text
