"""What the Official Guidelines are asked, and what they answer."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeAlias

from wardround.capabilities.coding.found import Found, Span


class Setting(StrEnum):
    """Where the patient was seen: the rules for what is uncertain differ (II.H, IV.H)."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


class Step(StrEnum):
    """A part of the guidelines that can be left out, in the order in which they are applied."""

    ASSERTION = "assertion"
    SPECIFICITY = "specificity"
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
    ``conflict`` or ``hint``; ``codes`` are those it is about, the dropped one first.
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


class Asserted(Protocol):
    """What the text says of one mention: see ``wardround.engines.assertion``."""

    @property
    def polarity(self) -> str: ...
    @property
    def certainty(self) -> str: ...
    @property
    def time(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def hypothetical(self) -> bool: ...
    @property
    def conditional(self) -> bool: ...


class Listed(Protocol):
    """A code of the Tabular List, with the notes that stand at it (not those above it)."""

    @property
    def code(self) -> str: ...
    @property
    def display(self) -> str: ...
    @property
    def billable(self) -> bool: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def children(self) -> Sequence[str]: ...
    @property
    def excludes1(self) -> Iterable[str]: ...
    @property
    def excludes2(self) -> Iterable[str]: ...
    @property
    def code_first(self) -> Iterable[str]: ...
    @property
    def use_additional(self) -> Iterable[str]: ...


class Tabular(Protocol):
    """The Tabular List: see ``wardround.engines.terminology``."""

    def find(self, code: str) -> Listed | None:
        """Return what stands at ``code``, or None."""
        ...


Assertions: TypeAlias = Mapping[Span, Asserted]
