"""The register of breaches: what happened, was it one, who must be told by when (164.400-414)."""

from wardround.privacy.breaches.assessment import (
    Assessment,
    Bearing,
    Conclusion,
    Factor,
    Weighed,
)
from wardround.privacy.breaches.duties import (
    Duty,
    DutyKind,
    Stage,
    duties_of,
    next_duty,
    stage_of,
)
from wardround.privacy.breaches.facts import breach_log, facts_of
from wardround.privacy.breaches.incident import (
    Associate,
    Circumstances,
    Incident,
    Location,
    Named,
    Phi,
    Sort,
    read_circumstances,
)
from wardround.privacy.breaches.letters import Letter, LetterKind, Letters
from wardround.privacy.breaches.papers import (
    HEADINGS,
    TITLES,
    facts_pdf,
    facts_text,
    letter_pdf,
    letter_text,
)
from wardround.privacy.breaches.register import Breaches
from wardround.privacy.breaches.states import STATES, read_residents, write_residents

__all__ = [
    "HEADINGS",
    "STATES",
    "TITLES",
    "Assessment",
    "Associate",
    "Bearing",
    "Breaches",
    "Circumstances",
    "Conclusion",
    "Duty",
    "DutyKind",
    "Factor",
    "Incident",
    "Letter",
    "LetterKind",
    "Letters",
    "Location",
    "Named",
    "Phi",
    "Sort",
    "Stage",
    "Weighed",
    "breach_log",
    "duties_of",
    "facts_of",
    "facts_pdf",
    "facts_text",
    "letter_pdf",
    "letter_text",
    "next_duty",
    "read_circumstances",
    "read_residents",
    "stage_of",
    "write_residents",
]
