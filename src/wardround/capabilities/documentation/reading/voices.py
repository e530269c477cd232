"""Who seems to be speaking: whether the tags of doctor and patient look swapped."""

import re

from wardround.capabilities.documentation.model import Transcript

_DOCTOR = re.compile(
    r"\b(?:any (?:pain|fever|chest|other|history|nausea|trouble|problems?|changes?|allerg|numb)"
    r"|have you (?:had|noticed|tried|been|ever)|do you (?:have|feel|smoke|drink|take)"
    r"|are you (?:taking|having|allergic)|how (?:long|often|bad)|when did (?:it|this|the)"
    r"|what brings you|let me (?:take|have|listen)|let's (?:take|have|do|get|go)"
    r"|(?:i'm|i am) (?:going to|gon ?na)|i(?:'d| would) like (?:to|you)|i want you|milligrams?"
    r"|your (?:blood|heart|lungs?|x-?ray|labs?|results|exam|vital|mri|knee|medical)"
    r"|follow[- ]?up|prescri\w+|refer\w*|on exam\w*|range of motion|tenderness|murmurs?)\b"
)
_PATIENT = re.compile(
    r"\b(?:i(?:'ve| have) been|it hurts?|my (?:wife|husband|mom|mother|dad|father|knee|back|chest|"
    r"head|stomach|doctor|job|daughter|son|legs?|feet|foot|arm|shoulder)|i (?:feel|felt|took|take|"
    r"don't know|do n't know|noticed|can't|ca n't|woke|had|was|got|get|work)|when i|yes,? doctor"
    r"|thank you,? doctor|hi,? doctor)\b"
)
_ENOUGH = 6
_MARGIN = 2.0


def look_swapped(transcript: Transcript) -> bool:
    """Return whether the patient, by the tags, speaks as a doctor and the doctor as a patient."""
    said = {
        speaker: "\n".join(
            turn.text.lower().replace("\u2019", "'")
            for turn in transcript.turns
            if turn.speaker == speaker
        )
        for speaker in ("doctor", "patient")
    }
    clinical = {who: len(_DOCTOR.findall(text)) + text.count("?") for who, text in said.items()}
    personal = {who: len(_PATIENT.findall(text)) for who, text in said.items()}
    right = clinical["doctor"] + personal["patient"]
    wrong = clinical["patient"] + personal["doctor"]
    return wrong >= _ENOUGH and wrong > _MARGIN * right
