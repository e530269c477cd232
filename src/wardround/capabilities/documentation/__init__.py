"""Ambient documentation: the transcript of a visit becomes the draft of its note."""

from wardround.capabilities.documentation.bulk import record
from wardround.capabilities.documentation.inputs import TRANSCRIPT, transcript_of
from wardround.capabilities.documentation.model import (
    SECTIONS,
    Note,
    Section,
    Sentence,
    Transcript,
    Turn,
)
from wardround.capabilities.documentation.service import Documentation, load_documentation
from wardround.capabilities.documentation.transcript import parse_record, read_transcript

__all__ = [
    "SECTIONS",
    "TRANSCRIPT",
    "Documentation",
    "Note",
    "Section",
    "Sentence",
    "Transcript",
    "Turn",
    "load_documentation",
    "parse_record",
    "read_transcript",
    "record",
    "transcript_of",
]
