"""Who speaks: the labels that transcripts carry, as speaker words."""

import re
from collections.abc import Sequence

UNKNOWN = "unknown"
"""The speaker of words that no label goes before."""

KNOWN = frozenset({"doctor", "patient"})

_DOCTOR = frozenset({"doctor", "dr", "doc", "clinician", "physician", "provider", "gp", "md"})
_PATIENT = frozenset({"patient", "pt", "client"})
_OTHERS = frozenset(
    {
        "nurse", "guest", "family", "mother", "mom", "mum", "father", "dad", "parent", "daughter",
        "son", "wife", "husband", "spouse", "partner", "sister", "brother", "caregiver", "carer",
        "interpreter", "translator", "assistant", "student", "pharmacist", "receptionist",
        "therapist", "relative", "grandmother", "grandfather", "friend", "speaker",
    }
)  # fmt: skip
_SOUNDS = frozenset(
    {
        "applause", "background", "beep", "breathing", "clears", "cough", "coughing", "coughs",
        "cross", "crosstalk", "cry", "crying", "door", "foreign", "inaudible", "indiscernible",
        "keyboard", "laugh", "laughing", "laughs", "laughter", "loud", "music", "noise", "noises",
        "overlapping", "pause", "phone", "ringing", "rustling", "sigh", "sighs", "silence",
        "sneeze", "sneezes", "sniff", "sniffles", "sobbing", "sound", "sounds", "static", "throat",
        "typing", "unclear", "unintelligible",
    }
)  # fmt: skip


def speaker_of(label: str) -> str:
    """Return the speaker word of a label: ``doctor``, ``patient``, or the label in lower case.

    ``Dr. Smith`` is a doctor, ``Patient 2`` a patient, ``patient_guest`` neither.
    """
    words = re.sub(r"[\W_]+", "_", label.lower()).strip("_")[:60].split("_")
    first, rest = words[0], words[1:]
    numbered = all(word.isdigit() for word in rest)
    if first in _DOCTOR and (numbered or (first in {"dr", "doctor"} and _is_name(rest))):
        return "doctor"
    if first in _PATIENT and numbered:
        return "patient"
    return "_".join(words) or UNKNOWN


def is_role(label: str) -> bool:
    """Return whether a label names somebody who can be in a consulting room."""
    speaker = speaker_of(label)
    return speaker in KNOWN or bool(_OTHERS.intersection(speaker.split("_")))


def is_sound(label: str) -> bool:
    """Return whether a bracketed label is no speaker but something heard, such as ``[silence]``."""
    return bool(_SOUNDS.intersection(speaker_of(label).split("_")))


def _is_name(words: Sequence[str]) -> bool:
    """Return whether what follows a title is a name, not another role (``doctor_assistant``)."""
    return len(words) <= 4 and not _OTHERS.union(_PATIENT).intersection(words)
