"""What the Official Guidelines are asked, and what they answer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from wardround.capabilities.coding.found import Found, Span
from wardround.engines.assertion import Assertion


class Setting(StrEnum):
    """Where the patient was seen: the rules for what is uncertain differ (II.H, IV.H)."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


class Step(StrEnum):
    """A part of the guidelines that can be left out, in the order in which they are applied."""

    ASSERTION = "assertion"
    SPECIFICITY = "specificity"
    COMPLETENESS = "completeness"
    COMBINATION = "combination"
    SYMPTOMS = "symptoms"
    COMPANIONS = "companions"
    CONFLICTS = "conflicts"
    SEQUENCE = "sequence"
    QUERIES = "queries"


EVERY_STEP = frozenset(Step)


class Remark(NamedTuple):
    """What a coder should know: a code left out, a conflict, a hint.

    ``section`` is that of the ICD-10-CM Official Guidelines FY 2026. ``kind`` is ``dropped``,
    ``conflict`` (of codes), ``contradiction`` (of the note's own words) or ``hint``; ``codes`` are
    those it is about, the dropped one first.
    """

    kind: str
    codes: tuple[str, ...]
    text: str
    section: str
    spans: tuple[Span, ...] = ()


class Query(NamedTuple):
    """A draft of a question to the clinician, as AHIMA and ACDIS ask (2022): it does not lead.

    ``about`` is the code that the note supports so far; ``spans`` are the words of the note that
    are quoted as clinical indicators; ``why`` is for the coder, and is not sent.
    """

    about: str
    question: str
    options: tuple[str, ...]
    spans: tuple[Span, ...]
    why: str


class Guided(NamedTuple):
    """Codes in the order of a claim, questions that are worth asking, and remarks."""

    codes: tuple[Found, ...]
    queries: tuple[Query, ...] = ()
    remarks: tuple[Remark, ...] = ()


Assertions: TypeAlias = Mapping[Span, Assertion]
"""What the note says of each span: see ``wardround.engines.assertion``."""
